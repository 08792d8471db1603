internal import Documents
internal import HTTP
internal import JSON
internal import Locks
internal import Newsroom

/// The newest part of the change feed as events, for all who listen with the same eyes: each row of the log is read and rendered once,
/// whoever comes first, and every listener is given the same bytes.
///
/// It is the queue of each of them at once: bounded in bytes, and a listener that is behind its beginning has lost its place.
final class ChangeWindow: Sendable {
    /// What there is behind a place.
    enum Outcome {
        /// Events up to a place, as many as fit into one piece. Without any where none of what comes up to there is wanted.
        case events([UInt8], through: Int64)
        /// The window begins later.
        case behind
    }

    fileprivate struct Event {
        let sequence: Int64
        let kind: Kind
        let bytes: [UInt8]
    }

    fileprivate struct Contents {
        /// Events behind `start`, up to `end`; those before `first` are forgotten.
        var events: [Event] = []
        var first = 0
        var start: Int64 = 0
        var end: Int64 = 0
        var byteCount = 0
        /// What all who are at the same place were given last.
        var piece: (after: Int64, through: Int64, bytes: [UInt8])?
    }

    private let contents = Lock(Contents())
    private let newsroom: any NewsroomStore
    private let viewer: Viewer
    private let byteCountMax: Int

    /// How many rows are read at a time: as many as an event loop reads itself.
    static let pageCount = 200
    /// Who is farther behind begins anew: nobody has listened for long.
    private static let distanceMax: Int64 = 10_000
    /// About how much a listener is given at a time.
    private static let pieceByteCountMax = 65_536

    init(_ newsroom: any NewsroomStore, for viewer: Viewer, byteCountMax: Int) {
        self.newsroom = newsroom
        self.viewer = viewer
        self.byteCountMax = byteCountMax
    }

    /// Reads what the log has got, up to a row that is in it.
    ///
    /// - Throws: what the store throws.
    func advance(to newest: Int64) async throws(StoreError) {
        while true {
            let end = contents.withLock { contents in
                if newest - contents.end > ChangeWindow.distanceMax { contents.begin(at: newest) }
                return contents.end
            }
            guard end < newest else { return }
            let page = try await newsroom.changes(ChangeQuery(after: end, limit: ChangeWindow.pageCount), as: viewer)
            // Another process's rows may not be in this reader's snapshot yet; who asks again finds them.
            guard page.next > end else { return }
            let events = page.changes.map { Event(sequence: $0.sequence, kind: $0.kind, bytes: ChangeWindow.event(of: $0, for: viewer)) }
            contents.withLock { contents in
                // Somebody on another loop may have read the same.
                guard contents.end == end else { return }
                contents.add(events, upTo: page.next, byteCountMax: byteCountMax)
            }
        }
    }

    /// What there is behind a place, of some kinds or of all.
    func events(after place: Int64, of kinds: Set<Kind>?) -> Outcome {
        contents.withLock { contents in
            guard place >= contents.start else { return .behind }
            guard place < contents.end else { return .events([], through: place) }
            if kinds == nil, let piece = contents.piece, piece.after == place { return .events(piece.bytes, through: piece.through) }
            let (bytes, through) = contents.events(after: place, of: kinds, byteCountMax: ChangeWindow.pieceByteCountMax)
            if kinds == nil { contents.piece = (place, through, bytes) }
            return .events(bytes, through: through)
        }
    }

    /// A change as an event whose id is its number.
    static func event(of change: Change, for viewer: Viewer) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        change.write(to: &writer, for: viewer)
        var bytes: [UInt8] = []
        EventStream.append("change", id: change.sequence, data: writer.finish(), to: &bytes)
        return bytes
    }
}

extension ChangeWindow.Contents {
    fileprivate mutating func begin(at place: Int64) {
        self = ChangeWindow.Contents(start: place, end: place)
    }

    fileprivate mutating func add(_ events: [ChangeWindow.Event], upTo end: Int64, byteCountMax: Int) {
        self.events += events
        byteCount += events.reduce(0) { $0 + $1.bytes.count }
        self.end = end
        piece = nil
        while byteCount > byteCountMax, first < self.events.count {
            start = self.events[first].sequence
            byteCount -= self.events[first].bytes.count
            first += 1
        }
        // Each is moved once for as many that are forgotten.
        guard first > self.events.count / 2 else { return }
        self.events.removeFirst(first)
        first = 0
    }

    fileprivate func events(after place: Int64, of kinds: Set<Kind>?, byteCountMax: Int) -> (bytes: [UInt8], through: Int64) {
        var (low, high) = (first, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].sequence <= place { low = middle + 1 } else { high = middle }
        }
        var bytes: [UInt8] = []
        for event in events[low...] where kinds?.contains(event.kind) ?? true {
            bytes += event.bytes
            if bytes.count >= byteCountMax { return (bytes, event.sequence) }
        }
        return (bytes, end)
    }
}
