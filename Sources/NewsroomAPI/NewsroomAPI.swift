package import HTTP
package import Newsroom
package import Routing

/// The REST API of a newsroom: from a request to its answer, over any store.
///
/// Made once and shared by all loops. What the routes are stands in `Routes.swift`.
package final class NewsroomAPI: Responder {
    /// What has been counted; the server's observer is to record each request here.
    package let counts: RequestCounts
    let router: Router
    private let access: Access
    private let responder: CrossOriginResponder<RateResponder<CodingResponder<MergedResponder<Router>>>>

    /// - Parameters:
    ///   - newsroom: where resources are kept. Its own clock decides what embargoes hide.
    ///   - access: who may write.
    ///   - program: what the program knows of itself, for probes and metrics.
    ///   - origins: whose scripts may read answers; nil: CORS is not spoken of.
    ///   - backupFolder: where backups that are asked for over HTTP go; nil: there are none.
    ///   - destinations: where webhooks may lead.
    ///   - report: told, for the log, what made the store fail; clients never see it.
    package init(
        _ newsroom: any NewsroomStore, access: Access, program: ProgramState, limits: APILimits = APILimits(),
        origins: AllowedOrigins? = nil, backupFolder: String? = nil, destinations: DestinationRule = DestinationRule(),
        report: @escaping FailureReport
    ) {
        let access = access.with(newsroom.tokens)
        let metrics = Metrics()
        let coder = ContentCoder(byteCountMin: limits.gzipByteCountMin)
        let streams = StreamPlaces(
            countMax: limits.streamCountMax, "Too many lists are streamed at once.", hint: "Try again in a moment, or ask for pages.")
        let context = HandlerContext(newsroom: newsroom, access: access, limits: limits, streams: streams, report: report)
        let feed = ChangeFeed(newsroom, program: program, limits: limits)
        let router = Router.newsroom(
            context, keeping: Keeping(newsroom, access: access, coder: coder, byteCountMax: limits.keptByteCountMax),
            changes: ChangeHandlers(context: context, feed: feed),
            admin: AdminHandlers(context: context, backupFolder: backupFolder),
            webhooks: WebhookHandlers(context: context, destinations: destinations),
            meta: Meta(version: program.version, access: access, limits: limits),
            probes: Probes(newsroom, program: program, metrics: metrics, feed: feed))
        counts = RequestCounts(of: router.routes)
        metrics.show(counts)
        self.router = router
        self.access = access
        let coding = CodingResponder(inner: MergedResponder(inner: router), coder: coder)
        responder = CrossOriginResponder(inner: RateResponder(inner: coding, access: access), origins: origins)
    }

    /// The API of a program that starts: every route, over no store, so that the process lives, is not ready, and has 503 for everything
    /// else. For a server that listens before its store is open, as a long migration asks for.
    package static func starting(
        access: Access, program: ProgramState, limits: APILimits = APILimits(), origins: AllowedOrigins? = nil
    ) -> NewsroomAPI {
        NewsroomAPI(ClosedNewsroom(), access: access, program: program, limits: limits, origins: origins, report: { _ in })
    }

    /// Takes down in the store when its tokens were shown last; to be called each minute or so, and at the end.
    ///
    /// - Throws: what the store throws; then those uses are not known any more.
    package func noteTokenUses() async throws(StoreError) { try await access.noteUses() }

    /// The patterns of the routes, by `Response.route`.
    package var patterns: [String] { router.patterns }

    /// Every route, in the order of the list.
    package var routes: [Route] { router.routes }

    package func responseAtOnce(to request: Request) -> Response? { responder.responseAtOnce(to: request) }

    package func respond(to request: Request) async -> Response { await responder.respond(to: request) }

    package func refuse(_ request: Request, with problem: Problem) async -> Response { await responder.refuse(request, with: problem) }
}
