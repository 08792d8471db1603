internal import HTTP

/// One client's connection: read a head, respond, write, again (RFC 9112 §9).
///
/// It is served by one task on its loop, in straight-line code. Everything that it waits for has a deadline, and everything that it keeps a
/// bound; while it is idle it keeps no buffer.
///
/// - Invariant: touched on its loop's thread alone. That is what makes `@unchecked Sendable` sound.
final class Connection: @unchecked Sendable {
    let channel: Channel
    let loop: EventLoop
    let service: Service

    /// What has arrived beyond what was used.
    var arrived = InputBuffer()
    /// How much of it was looked through for the end of a head.
    var searchedByteCount = 0
    /// Whether nothing has been read yet.
    var isFresh = true
    /// When what has arrived in one go has had its share of the loop, so that the others come first.
    var turnEnd = Moment.never
    /// What the kernel did not take yet; empty but for slow readers.
    var unsent = Unsent()
    /// As much of it as the service's tally holds.
    private var tallied = 0
    /// Whether something of this connection's waits in the loop's outbox.
    var isInOutbox = false
    /// Whether the client has gone, or takes nothing: there is nobody to write to.
    var isLost = false

    /// Who is at the other end; the system is asked when somebody wants to know.
    private(set) lazy var peerAddress = SocketAddress(ofPeerOf: channel.number)?.client

    init(_ channel: Channel, service: Service) {
        self.channel = channel
        loop = channel.loop
        self.service = service
    }

    /// Serves the connection to its end, and closes it.
    nonisolated(nonsending) func serve() async {
        await serveRequests()
        close()
    }

    nonisolated(nonsending) private func serveRequests() async {
        while true {
            let exchange: Exchange
            let response: Response
            switch await nextHead() {
            case .request(let head, let byteCount):
                exchange = begin(head, byteCount: byteCount)
                if let ready = service.responder.responseAtOnce(to: exchange.request) {
                    response = ready
                } else {
                    // What others were answered does not wait for a handler that may take its time.
                    if !loop.outbox.isEmpty { loop.sendOutbox() }
                    arrived.trim()
                    response = await service.responder.respond(to: exchange.request)
                }
            case .faulty(let head, let problem, let byteCount):
                exchange = begin(head, byteCount: byteCount)
                response = await service.responder.refuse(exchange.request, with: problem)
            case .refusal(let problem):
                return await refuse(with: problem)
            case .end:
                // A client that has ended its half may still read what it was answered.
                _ = await flush()
                return
            }
            loop.counters.inFlight.add(-1)
            assert(loop.isOnThread, "a connection's task stays on its loop")
            let affordable = service.unsent.isExceeded ? affordable(response, exchange) : response
            if !answerAtOnce(affordable, exchange) {
                guard await answer(affordable, exchange) else { return }
            }
            if !arrived.isEmpty, loop.now >= turnEnd {
                guard await giveWay() else { return }
            }
        }
    }

    /// Tells the service how much waits here now.
    func tallyUnsent() {
        let count = unsent.byteCount
        guard count != tallied else { return }
        service.unsent.add(count - tallied)
        tallied = count
    }

    /// Leaves the loop to the others for a round: one read may hold a thousand requests. What was put out is sent meanwhile. Returns false
    /// when the connection was cut in between.
    nonisolated(nonsending) private func giveWay() async -> Bool {
        await Task.yield()
        beginTurn()
        return !channel.isCut
    }

    func beginTurn() { turnEnd = loop.now + Self.turnSpan }

    /// How long a connection may go on without waiting, in the time of one handler more or less. To give way costs about a microsecond.
    private static let turnSpan: Nanoseconds = 500_000

    func close() {
        _ = sendAtOnce()
        unsent = Unsent()
        tallyUnsent()
        channel.close()
    }
}
