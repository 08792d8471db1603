internal import HTTP

/// What the connections of a loop have put out since it last sent: sent together, at the end of a round or before.
///
/// To send right behind each answer would wake a client that serves many connections once for each of them; sent together they wake it
/// once. Heads and small bodies stand one after the other in one buffer; a large body is lent by whoever keeps it, and not copied.
struct Outbox {
    /// What one connection has put out in one go.
    private struct Parcel {
        let connection: Connection
        /// Where in `bytes` it ends; it begins where the one before ends.
        var end: Int
        /// What follows.
        var body: [UInt8]
    }

    private var bytes: [UInt8] = []
    private var parcels: [Parcel] = []
    private var lentByteCount = 0
    /// Since when something is in it.
    private var since = Moment.never

    init() {
        bytes.reserveCapacity(Self.byteCountKept / 2)
    }

    var isEmpty: Bool { parcels.isEmpty }
    /// How much is in it, lent bodies included.
    var byteCount: Int { bytes.count + lentByteCount }

    /// Whether it is to be sent though the round goes on: no answer waits long for others, and memory is bounded.
    func isDue(at now: Moment, byteCountMax: Int) -> Bool {
        byteCount >= byteCountMax || !isEmpty && now - since >= Self.waitMax
    }

    /// Puts in what `write` appends, and then `body`. Returns how many bytes that is.
    @inline(__always)
    mutating func put(
        for connection: Connection, at now: Moment, body: [UInt8] = [], isMoreToCome: Bool = false, _ write: (inout [UInt8]) -> Void
    ) -> Int {
        let before = byteCount
        if parcels.isEmpty { since = now }
        write(&bytes)
        // Behind a large body everything needs a call of its own; so with more to come it is better copied.
        let isLent = body.count >= (isMoreToCome ? Self.lentByteCountMin * 16 : Self.lentByteCountMin)
        if !isLent { bytes.append(contentsOf: body) }
        if let last = parcels.last, last.connection === connection, last.body.isEmpty {
            parcels[parcels.count - 1].end = bytes.count
        } else {
            parcels.append(Parcel(connection: connection, end: bytes.count, body: []))
        }
        if isLent {
            parcels[parcels.count - 1].body = body
            lentByteCount += body.count
        }
        return byteCount - before
    }

    /// Sends everything as far as the kernel takes it at once; each connection keeps its rest.
    func send() {
        var start = 0
        for parcel in parcels {
            parcel.connection.sendFromOutbox(bytes, start..<parcel.end, parcel.body)
            start = parcel.end
        }
    }

    /// Empties it. The memory is kept, unless it is much: one huge answer must not hold it for ever.
    mutating func settle() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.byteCountKept)
        if bytes.capacity == 0 { bytes.reserveCapacity(Self.byteCountKept / 2) }
        parcels.removeAll(keepingCapacity: true)
        lentByteCount = 0
        since = .never
    }

    /// From how many bytes on a body is lent: below that copying costs less than a second piece does.
    private static let lentByteCountMin = 2_048
    private static let byteCountKept = 262_144
    /// How long an answer may wait for others.
    private static let waitMax: Nanoseconds = 200_000
}
