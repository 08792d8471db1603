package import Newsroom

/// A newsroom whose store is not open: every call throws `unavailable`. What the API stands on while the program starts, and where only
/// its routes are asked for.
package struct ClosedNewsroom: NewsroomStore {
    private struct Shelves<R: Resource>: ResourceStore {
        func find(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> R { throw .notOpen }
        func rendering(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> Rendering { throw .notOpen }
        func page(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> Page<R> { throw .notOpen }
        func renderedPage(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> RenderedPage { throw .notOpen }
        func facets(_ query: FacetQuery<R>, as viewer: Viewer) async throws(StoreError) -> [Facet<R>] { throw .notOpen }
        func write(
            _ write: ResourceWrite<R>, by actor: Actor, on terms: WriteTerms<R>
        ) async throws(StoreError) -> Written<R> { throw .notOpen }
        func revisions(
            of key: ResourceKey<R>, _ query: RevisionQuery, as viewer: Viewer
        ) async throws(StoreError) -> RevisionPage<R> { throw .notOpen }
        func versions(
            _ versions: [Int], of key: ResourceKey<R>, as viewer: Viewer
        ) async throws(StoreError) -> [PastVersion<R>?] { throw .notOpen }
        func find(_ key: ResourceKey<R>, as viewer: Viewer, asOf instant: Instant) async throws(StoreError) -> R { throw .notOpen }
    }

    private struct ClosedSources: SourceStore {
        func find(_ id: SourceID) async throws(StoreError) -> SourceFile { throw .notOpen }
        func keep(note: String?, of id: SourceID) async throws(StoreError) -> SourceFile { throw .notOpen }
        func reveal(
            _ id: SourceID, as person: Reference<Person>, by actor: Actor, isRehearsal: Bool, receipt: ReceiptTerms<SourceFile>?
        ) async throws(StoreError) -> Revealed { throw .notOpen }
    }

    private struct ClosedConflicts: ConflictStore {
        func page(_ query: ConflictQuery, as viewer: Viewer) async throws(StoreError) -> ConflictPage { throw .notOpen }
        func find(_ id: ConflictID, knownBy instant: Instant?, as viewer: Viewer) async throws(StoreError) -> Conflict { throw .notOpen }
        func resolve(
            _ id: ConflictID, _ proposal: Proposal<ConflictResolution.Draft>, by actor: Actor, isRehearsal: Bool,
            receipt: ReceiptTerms<Conflict>?
        ) async throws(StoreError) -> ResolvedConflict { throw .notOpen }
    }

    private struct NoTokens: TokenStore {
        var now: Instant { .distantPast }
        func hash(of secret: [UInt8]) -> TokenHash { TokenHash(bytes: []) }
        func add(_ token: AccessToken, _ hash: TokenHash) async throws(StoreError) -> Bool { throw .notOpen }
        func revoke(named name: String) async throws(StoreError) -> Bool { throw .notOpen }
        func all() async throws(StoreError) -> [KeptToken] { throw .notOpen }
        func note(_ uses: [TokenHash: Instant]) async throws(StoreError) {}
        func directory() throws(StoreError) -> TokenDirectory { throw .notOpen }
    }

    private struct ClosedWebhooks: WebhookStore {
        func create(
            _ proposal: Proposal<Webhook.Draft>, secret: WebhookSecret, by actor: Actor
        ) async throws(StoreError) -> Webhook { throw .notOpen }
        func all() async throws(StoreError) -> [Webhook] { throw .notOpen }
        func find(_ id: WebhookID) async throws(StoreError) -> Webhook { throw .notOpen }
        func revise(
            _ id: WebhookID, if precondition: Precondition, _ change: @escaping @Sendable (Webhook) -> Proposal<Webhook.Draft>
        ) async throws(StoreError) -> Webhook { throw .notOpen }
        func delete(_ id: WebhookID, if precondition: Precondition) async throws(StoreError) { throw .notOpen }
        func enable(_ id: WebhookID, after sequence: Int64?) async throws(StoreError) -> Webhook { throw .notOpen }
        func disable(_ id: WebhookID) async throws(StoreError) -> Webhook { throw .notOpen }
        func askForTest(of id: WebhookID) async throws(StoreError) -> Webhook { throw .notOpen }
        func deliveries(
            of id: WebhookID, before place: Int64?, limit: Int
        ) async throws(StoreError) -> WebhookDeliveryPage { throw .notOpen }
        func atWork() async throws(StoreError) -> [WebhookID: Int64] { throw .notOpen }
        func work(of id: WebhookID) async throws(StoreError) -> WebhookWork? { throw .notOpen }
        func keep(
            _ step: WebhookStep?, _ delivery: WebhookDelivery, after work: WebhookWork
        ) async throws(StoreError) -> WebhookWork? { throw .notOpen }
        func pass(to sequence: Int64, after work: WebhookWork) async throws(StoreError) -> WebhookWork? { throw .notOpen }
        func observe(_ tell: @escaping @Sendable () -> Void) {}
    }

    package init() {}

    package var articles: any ResourceStore<Article> { Shelves<Article>() }
    package var people: any ResourceStore<Person> { Shelves<Person>() }
    package var organizations: any ResourceStore<Organization> { Shelves<Organization>() }
    package var events: any ResourceStore<Event> { Shelves<Event>() }
    package var statements: any ResourceStore<Statement> { Shelves<Statement>() }
    package var sources: any SourceStore { ClosedSources() }
    package var conflicts: any ConflictStore { ClosedConflicts() }
    package var tokens: any TokenStore { NoTokens() }
    package var webhooks: any WebhookStore { ClosedWebhooks() }

    package func importRows(
        _ rows: [ImportRow], by actor: Actor, _ rules: ImportRules
    ) async throws(StoreError) -> [ImportOutcome] { throw .notOpen }

    package func transaction<Answer: Sendable, Failure: Error>(
        by actor: Actor, on terms: TransactionTerms<Answer>,
        _ body: @escaping @Sendable (any NewsroomTransaction) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Transacted<Answer>, Failure> { throw .notOpen }

    package func related(
        _ ids: RelatedIDs, asOf instant: Instant?, as viewer: Viewer, byteCountMax: Int
    ) async throws(StoreError) -> Related { throw .notOpen }

    package func causes(
        _ direction: CauseChain.Direction, of key: ResourceKey<Event>, as viewer: Viewer
    ) async throws(StoreError) -> CauseChain { throw .notOpen }

    package func corrections(
        _ query: CorrectionQuery, as viewer: Viewer
    ) async throws(StoreError) -> CorrectionPage { throw .notOpen }

    package func timeline(_ query: TimelineQuery, as viewer: Viewer) async throws(StoreError) -> TimelinePage { throw .notOpen }
    package func desk(as viewer: Viewer) async throws(StoreError) -> DeskSummary { throw .notOpen }

    package func quotes(of key: ResourceKey<Article>, as viewer: Viewer) async throws(StoreError) -> ArticleQuotes { throw .notOpen }

    package func search(_ query: SearchQuery, as viewer: Viewer) async throws(StoreError) -> SearchPage { throw .notOpen }

    package func suggestions(
        _ text: String, limit: Int, as viewer: Viewer
    ) async throws(StoreError) -> [Suggestion] { throw .notOpen }

    package func changes(_ query: ChangeQuery, as viewer: Viewer) async throws(StoreError) -> ChangePage { throw .notOpen }
    package func waitForChanges(after sequence: Int64, within duration: Duration) async throws(StoreError) -> Int64 { throw .notOpen }

    package func newestSequence() async throws(StoreError) -> Int64 { throw .notOpen }

    package func snapshot<Answer: Sendable, Failure: Error>(
        _ body: @escaping @Sendable (any NewsroomSnapshot) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Answer, Failure> { throw .notOpen }

    package func backUp(to path: String) async throws(BackupError) -> BackupSummary { throw .failed("the store is not open yet") }

    package var edition: Edition { Edition(number: 0) }

    package var statistics: StoreStatistics {
        StoreStatistics(writeQueueDepth: 0, databaseByteCount: 0, walByteCount: 0, sequence: 0, isSound: true, acceptsWrites: false)
    }

    package func close() async {}
}

extension StoreError {
    fileprivate static let notOpen = StoreError.unavailable("the store is not open yet")
}
