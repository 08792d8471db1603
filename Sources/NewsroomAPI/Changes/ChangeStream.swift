internal import HTTP
internal import Newsroom

/// One listener: the change feed as server-sent events, from a place on, until the client goes, its token no longer holds, or the server
/// drains.
///
/// Until it has come to the window it reads pages of its own; then it is given what all are given. A listener that takes its events so
/// slowly that the window has moved on is told to come back (`resync`), and finds what it missed by its last id: nobody waits for it.
struct ChangeStream: Sendable {
    let feed: ChangeFeed
    let viewer: Viewer
    let kinds: Set<Kind>?
    /// Behind which number it begins.
    let start: Int64
    /// Held as long as the stream is.
    let place: StreamPlaces.Place
    /// Whether whoever asked may still see what they see.
    let isAllowed: @Sendable () -> Bool

    /// After how long a client that lost the connection is to come back.
    private static let retryMilliseconds = 2_000

    func run(to sink: any ResponseBodySink) async throws {
        defer { withExtendedLifetime(place) {} }
        var listener = Listener(place: start, sink: sink)
        try await listener.greet(retryMilliseconds: ChangeStream.retryMilliseconds)
        var (isLive, looksAt) = (false, ContinuousClock.now)
        while true {
            if ContinuousClock.now >= looksAt {
                guard !feed.isEnding, isAllowed() else { return }
                looksAt = ContinuousClock.now + ChangeFeed.lookEvery
            }
            let place = listener.place
            switch window.events(after: place, of: kinds) {
            case .behind where isLive:
                return try await listener.resync()
            case .behind:
                try await listener.catchUp(on: page(after: place), for: viewer)
            case .events(let bytes, let end):
                isLive = true
                try await listener.give(bytes, through: end)
            }
            // The others on the event loop have their turn between two pieces.
            if listener.place == place { try await wait(&listener) } else { await Task.yield() }
        }
    }

    private var window: ChangeWindow { feed.window(for: viewer) }

    private func page(after place: Int64) async throws(StoreError) -> ChangePage {
        try await feed.newsroom.changes(ChangeQuery(after: place, limit: ChangeWindow.pageCount, kinds: kinds), as: viewer)
    }

    private func wait(_ listener: inout Listener) async throws {
        let newest = try await feed.newsroom.waitForChanges(after: listener.place, within: min(ChangeFeed.lookEvery, feed.limits.heartbeat))
        if newest > listener.place { try await window.advance(to: newest) }
        if listener.hasBeenQuiet(for: feed.limits.heartbeat) { try await listener.beat() }
    }
}

/// How far a listener has been told, and where it is told.
private struct Listener {
    private(set) var place: Int64
    private let sink: any ResponseBodySink
    /// The place that the client knows, by the newest id.
    private var knownPlace: Int64
    private var heardAt = ContinuousClock.now

    init(place: Int64, sink: any ResponseBodySink) {
        self.place = place
        self.sink = sink
        knownPlace = place
    }

    /// The first thing: where it begins, so that whoever is cut off at once comes back there.
    mutating func greet(retryMilliseconds: Int) async throws {
        var bytes: [UInt8] = []
        EventStream.appendComment(" the change feed", to: &bytes)
        EventStream.appendRetry(milliseconds: retryMilliseconds, to: &bytes)
        EventStream.appendPlace(place, to: &bytes)
        try await send(bytes)
    }

    mutating func give(_ events: [UInt8], through place: Int64) async throws {
        self.place = place
        guard !events.isEmpty else { return }
        try await send(events)
        // Its last event may lie before; that is said with the next sign of life.
        knownPlace = -1
    }

    mutating func catchUp(on page: ChangePage, for viewer: Viewer) async throws {
        var bytes: [UInt8] = []
        for change in page.changes { bytes += ChangeWindow.event(of: change, for: viewer) }
        try await give(bytes, through: page.next)
    }

    func hasBeenQuiet(for duration: Duration) -> Bool { heardAt.duration(to: .now) >= duration }

    /// A sign of life, with the place if the client does not know it: what it was not told of is not read again.
    mutating func beat() async throws {
        var bytes: [UInt8] = []
        EventStream.appendComment(to: &bytes)
        if knownPlace != place { EventStream.appendPlace(place, to: &bytes) }
        try await send(bytes)
        knownPlace = place
    }

    mutating func resync() async throws {
        var bytes: [UInt8] = []
        EventStream.append("resync", id: place, data: Array("{\"after\":\(place)}".utf8), to: &bytes)
        try await send(bytes)
    }

    private mutating func send(_ bytes: [UInt8]) async throws {
        try await sink.write(bytes)
        try await sink.flush()
        heardAt = .now
    }
}
