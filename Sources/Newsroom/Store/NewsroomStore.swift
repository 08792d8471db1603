/// THE storage protocol: what the rest of the program knows of storage. One contract suite passes over every engine behind it.
package protocol NewsroomStore: Sendable {
    var articles: any ResourceStore<Article> { get }
    var people: any ResourceStore<Person> { get }
    var organizations: any ResourceStore<Organization> { get }
    var events: any ResourceStore<Event> { get }
    var statements: any ResourceStore<Statement> { get }
    var sources: any SourceStore { get }
    var conflicts: any ConflictStore { get }
    var tokens: any TokenStore { get }
    var webhooks: any WebhookStore { get }

    /// Writes some rows of an import in one transaction, each as if alone: one that is refused leaves its neighbours as they are.
    ///
    /// A row whose id or external id is known changes that resource, or is `unchanged` if nothing differs. The rows are on disk on return.
    /// - Throws: `queueFull`, `locked`, `diskFull`, `unavailable`; then none of the rows is kept.
    func importRows(_ rows: [ImportRow], by actor: Actor, _ rules: ImportRules) async throws(StoreError) -> [ImportOutcome]

    /// Several writes that stand or fall together: `body` does them, on the writer's thread, so it must be quick. All of them are on disk
    /// on return, or none where it throws.
    ///
    /// - Returns: what `body` returned or threw.
    /// - Throws: `keyReused`, `keysFull` for the terms; `queueFull`, `locked`, `diskFull`, `unavailable`; then nothing is kept.
    func transaction<Answer: Sendable, Failure: Error>(
        by actor: Actor, on terms: TransactionTerms<Answer>,
        _ body: @escaping @Sendable (any NewsroomTransaction) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Transacted<Answer>, Failure>

    /// Whole resources of several kinds, read at one moment: those that there are and that the viewer may see.
    ///
    /// - Parameters:
    ///   - instant: as of which they are read: those that there were then, that could be seen then and may be seen now. Nil: now.
    ///   - byteCountMax: at about how many bytes of resources it ends before it has all; it has one at the least, if there is any.
    /// - Throws: `aheadOfTime`; `overloaded`, `deadline`, `unavailable`.
    func related(_ ids: RelatedIDs, asOf instant: Instant?, as viewer: Viewer, byteCountMax: Int) async throws(StoreError) -> Related

    /// What led to an event, or what came of it, as far as the viewer may see: each edge of the graph of causes once, the nearer first.
    ///
    /// - Throws: as `ResourceStore.find`; `deadline`, `overloaded`.
    func causes(
        _ direction: CauseChain.Direction, of key: ResourceKey<Event>, as viewer: Viewer
    ) async throws(StoreError) -> CauseChain

    /// What readers were told of articles after their publication, as far as the viewer may see those, the newest first.
    ///
    /// - Throws: `notFound`, `gone` for the article that it is `of`; `overloaded`, `deadline`, `unavailable`.
    func corrections(_ query: CorrectionQuery, as viewer: Viewer) async throws(StoreError) -> CorrectionPage

    /// Moves of events, statements and publications in one order, as far as the viewer may see them.
    ///
    /// - Throws: `notFound`, `gone`, `merged` for the event or person that it is of; `overloaded`, `deadline`, `unavailable`.
    func timeline(_ query: TimelineQuery, as viewer: Viewer) async throws(StoreError) -> TimelinePage

    /// What is on the desk now.
    ///
    /// - Parameter viewer: one of the newsroom.
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func desk(as viewer: Viewer) async throws(StoreError) -> DeskSummary

    /// What an article reports, and whether its body still says so.
    ///
    /// - Throws: as `ResourceStore.find`; `deadline`, `overloaded`.
    func quotes(of key: ResourceKey<Article>, as viewer: Viewer) async throws(StoreError) -> ArticleQuotes

    /// What matches, of all kinds. Whoever has an answer to a write finds it, but where `isIndexComplete` says that the index is behind.
    ///
    /// - Throws: `invalid` for a filter that means nothing; `overloaded`, `deadline`, `unavailable`.
    func search(_ query: SearchQuery, as viewer: Viewer) async throws(StoreError) -> SearchPage

    /// Names, and behind them headlines, with the words of a text of which the last is a beginning.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func suggestions(_ text: String, limit: Int, as viewer: Viewer) async throws(StoreError) -> [Suggestion]

    /// One page of the change feed. Read page after page it tells a viewer of each change once, whatever is written, published or restarted
    /// meanwhile: what a change is to whom is settled when it is written. Whoever has an answer to a write finds it.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func changes(_ query: ChangeQuery, as viewer: Viewer) async throws(StoreError) -> ChangePage

    /// Waits until the log has a row behind a number, other processes' included, or for as long as `duration`; it may take some tens of
    /// milliseconds more, so that many who wait are told together. Takes neither a thread nor a connection meanwhile.
    ///
    /// - Returns: the number of the newest row that is known.
    /// - Throws: `unavailable` when the store is closed, or closes.
    func waitForChanges(after sequence: Int64, within duration: Duration) async throws(StoreError) -> Int64

    /// The number of the newest row in the log, other processes' included, which may be some milliseconds old.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func newestSequence() async throws(StoreError) -> Int64

    /// Lends one moment of everything, on a thread that may wait: what is written meanwhile is not seen. For what reads all and has the
    /// time that it takes, such as an export; the store cannot shorten its write-ahead log before `body` ends.
    /// - Returns: what `body` returned or threw.
    /// - Throws: `overloaded`, `unavailable`, when no moment is to be had.
    func snapshot<Answer: Sendable, Failure: Error>(
        _ body: @escaping @Sendable (any NewsroomSnapshot) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Answer, Failure>

    /// Copies all that the store holds into a new file, while reads and writes go on. The file holds every write that was answered before,
    /// is whole and on disk on return, and can be restored; until then, and where it fails, there is none of that name.
    func backUp(to path: String) async throws(BackupError) -> BackupSummary

    /// Which edition it is now. Asked before a read, it holds for the answer: that is as new or newer. Costs a fraction of a microsecond.
    var edition: Edition { get }

    /// Figures for metrics and readiness. Touches no disk beyond file sizes.
    var statistics: StoreStatistics { get }

    /// Stops taking writes, finishes those that are queued, checkpoints, and closes every connection. Later calls throw `unavailable`.
    func close() async
}

extension NewsroomStore {
    /// Writes some rows of an import, all of them whatever becomes of one.
    package func importRows(_ rows: [ImportRow], by actor: Actor) async throws(StoreError) -> [ImportOutcome] {
        try await importRows(rows, by: actor, ImportRules())
    }
}

/// The resources of one kind.
package protocol ResourceStore<R>: ResourceHistory, ResourceJudgements {
    /// One resource.
    ///
    /// - Throws: `notFound` also where the viewer may not see it; `gone` when it was deleted.
    func find(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> R

    /// One resource as it is shown.
    ///
    /// - Throws: as `find`.
    func rendering(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> Rendering

    /// The same, if it can be given in a matter of microseconds, without a suspension. Nil: ask `rendering`, which also says why there is
    /// none.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func renderingAtOnce(_ key: ResourceKey<R>, as viewer: Viewer) throws(StoreError) -> Rendering?

    /// One page of a list, of now or as of an instant.
    ///
    /// - Throws: `deadline` when the query takes longer than the limit; `aheadOfTime`.
    func page(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> Page<R>

    /// One page of a list as it is shown; `isWhole` and `namesExternalIDs` ask for nothing here.
    ///
    /// - Throws: as `page`.
    func renderedPage(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> RenderedPage

    /// How often values occur among what the filters leave and the viewer may see. It ends within the query's time, with what it has
    /// by then.
    ///
    /// - Throws: `invalid` for a filter that means nothing; `aheadOfTime`; `overloaded`, `unavailable`.
    func facets(_ query: FacetQuery<R>, as viewer: Viewer) async throws(StoreError) -> [Facet<R>]

    /// Writes one resource.
    ///
    /// - Throws: what the write fails with (`ResourceWrite`); `keyReused`, `keysFull` for its terms; `queueFull`, `locked`, `diskFull`,
    ///   `unavailable`.
    func write(_ write: ResourceWrite<R>, by actor: Actor, on terms: WriteTerms<R>) async throws(StoreError) -> Written<R>
}

extension ResourceStore {
    package func renderingAtOnce(_ key: ResourceKey<R>, as viewer: Viewer) throws(StoreError) -> Rendering? { nil }
}

/// How a request names one resource.
package enum ResourceKey<R: Resource>: Sendable, Hashable {
    case id(ID<R>)
    case slug(Slug)
}

/// What `If-Match` and `If-None-Match` ask (RFC 9110 §13.1.1, §13.1.2), as far as storage cares: versions alone.
package enum Precondition: Sendable, Equatable {
    case none
    /// The stored version is one of these.
    case versions([Int])
    /// The stored version is none of these.
    case otherVersions([Int])

    package func holds(for version: Int) -> Bool {
        switch self {
        case .none: true
        case .versions(let versions): versions.contains(version)
        case .otherVersions(let versions): !versions.contains(version)
        }
    }
}

/// Who writes, for the log.
package struct Actor: Sendable, Equatable {
    package var name: String

    package init(name: String) {
        self.name = name
    }
}
