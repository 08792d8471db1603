internal import HTTP
internal import HTTPTypes
internal import Newsroom
internal import Routing

/// What orchestrators and monitors ask. Nothing here needs a token, and no answer may be stored.
struct Probes: Sendable {
    private let newsroom: any NewsroomStore
    private let program: ProgramState
    private let metrics: Metrics
    private let feed: ChangeFeed

    init(_ newsroom: any NewsroomStore, program: ProgramState, metrics: Metrics, feed: ChangeFeed) {
        self.newsroom = newsroom
        self.program = program
        self.metrics = metrics
        self.feed = feed
    }

    /// Whether the process answers at all: from memory, whatever the disk and the load are like. A restart mends what this finds.
    func live() -> Answering {
        Answering({ _, _ in Probes.fine }, atOnce: { _, _ in Probes.fine })
    }

    /// Whether requests should be sent here: not while the program starts, migrates or drains, nor while its store takes no writes.
    ///
    /// - Throws: 503 `unavailable`.
    func ready(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        switch program.phase {
        case .serving: break
        case .starting: throw .unavailable("The server is starting.")
        case .migrating: throw .unavailable("The server is migrating its database.")
        case .draining: throw .unavailable("The server is draining: it will end.")
        }
        guard newsroom.statistics.acceptsWrites else { throw .unavailable("The store takes no writes.") }
        return Probes.prepared
    }

    /// All figures, for Prometheus.
    func figures(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let store = newsroom.statistics
        // Another process may have written: `dateline import` beside a running server.
        let sequence = (try? await newsroom.newestSequence()) ?? store.sequence
        let webhooks = try? await newsroom.webhooks.all()
        let page = MetricsPage(
            metrics: metrics, store: store, sequence: sequence, listenerCount: feed.listenerCount,
            webhooks: webhooks.map { WebhookFigures($0, at: newsroom.tokens.now) }, program: program, process: .current())
        let fields: HTTPFields = [
            .contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store",
        ]
        return Response(status: .ok, fields: fields, body: .bytes(page.bytes()))
    }

    static let fine = response("ok")
    private static let prepared = response("ready")

    /// Made once, so that a probe costs no rendering.
    private static func response(_ status: String) -> Response {
        let fields: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        var response = Response(status: .ok, fields: fields, body: .bytes(Array("{\"status\":\"\(status)\"}".utf8)))
        response.isCodingSettled = true
        return response.prepared()
    }
}
