import Newsroom
import Locks

/// A store that keeps everything in memory, and resolves references as a real one does. Only what imports and exports call is there.
final class MemoryStore: NewsroomStore {
    struct Shelves {
        var articles: [Article] = []
        var people: [Person] = []
        var organizations: [Organization] = []
        var events: [Event] = []
        var statements: [Statement] = []
        var randomness = SeededRandomSource(seed: 1)
        var clock = Instant(milliseconds: 1_711_562_700_000)
        var batches: [Int] = []
        var failsAfter: (batches: Int, error: StoreError)?
    }

    let shelves = Lock(Shelves())

    var articles: any ResourceStore<Article> { MemoryShelf(store: self) { $0.articles } }
    var people: any ResourceStore<Person> { MemoryShelf(store: self) { $0.people } }
    var organizations: any ResourceStore<Organization> { MemoryShelf(store: self) { $0.organizations } }
    var events: any ResourceStore<Event> { MemoryShelf(store: self) { $0.events } }
    var statements: any ResourceStore<Statement> { MemoryShelf(store: self) { $0.statements } }

    var sources: any SourceStore { MemorySources() }

    private struct MemorySources: SourceStore {
        func find(_ id: SourceID) async throws(StoreError) -> SourceFile { throw .notFound }
        func keep(note: String?, of id: SourceID) async throws(StoreError) -> SourceFile { throw .notFound }
        func reveal(
            _ id: SourceID, as person: Reference<Person>, by actor: Actor, isRehearsal: Bool, receipt: ReceiptTerms<SourceFile>?
        ) async throws(StoreError) -> Revealed { throw .notFound }
    }

    var conflicts: any ConflictStore { NoConflicts() }

    private struct NoConflicts: ConflictStore {
        func page(_ query: ConflictQuery, as viewer: Viewer) async throws(StoreError) -> ConflictPage { throw .notFound }
        func find(_ id: ConflictID, knownBy instant: Instant?, as viewer: Viewer) async throws(StoreError) -> Conflict { throw .notFound }
        func resolve(
            _ id: ConflictID, _ proposal: Proposal<ConflictResolution.Draft>, by actor: Actor, isRehearsal: Bool,
            receipt: ReceiptTerms<Conflict>?
        ) async throws(StoreError) -> ResolvedConflict { throw .notFound }
    }

    func quotes(of key: ResourceKey<Article>, as viewer: Viewer) async throws(StoreError) -> ArticleQuotes { throw .notFound }
    var tokens: any TokenStore { NoTokens() }
    var webhooks: any WebhookStore { NoWebhooks() }

    func backUp(to path: String) async throws(BackupError) -> BackupSummary { throw .failed("memory alone") }

    var statistics: StoreStatistics {
        StoreStatistics(writeQueueDepth: 0, databaseByteCount: 0, walByteCount: 0, sequence: 0, isSound: true, acceptsWrites: true)
    }

    var edition: Edition { Edition(number: UInt64(shelves.withLock { $0.batches.count })) }

    func close() async {}

    func snapshot<Answer: Sendable, Failure: Error>(
        _ body: @escaping @Sendable (any NewsroomSnapshot) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Answer, Failure> {
        let snapshot = shelves.withLock { MemorySnapshot(shelves: $0) }
        do throws(Failure) { return .success(try body(snapshot)) } catch { return .failure(error) }
    }

    func search(_ query: SearchQuery, as viewer: Viewer) async throws(StoreError) -> SearchPage { SearchPage() }

    func suggestions(_ text: String, limit: Int, as viewer: Viewer) async throws(StoreError) -> [Suggestion] { [] }

    func changes(_ query: ChangeQuery, as viewer: Viewer) async throws(StoreError) -> ChangePage { throw .overloaded }
    func waitForChanges(after sequence: Int64, within duration: Duration) async throws(StoreError) -> Int64 { throw .overloaded }
    func newestSequence() async throws(StoreError) -> Int64 { 0 }

    func timeline(_ query: TimelineQuery, as viewer: Viewer) async throws(StoreError) -> TimelinePage { throw .notFound }
    func desk(as viewer: Viewer) async throws(StoreError) -> DeskSummary { throw .notFound }

    func corrections(_ query: CorrectionQuery, as viewer: Viewer) async throws(StoreError) -> CorrectionPage { throw .notFound }

    func causes(
        _ direction: CauseChain.Direction, of key: ResourceKey<Event>, as viewer: Viewer
    ) async throws(StoreError) -> CauseChain { throw .notFound }

    func related(
        _ ids: RelatedIDs, asOf instant: Instant?, as viewer: Viewer, byteCountMax: Int
    ) async throws(StoreError) -> Related { throw .notFound }

    func importRows(_ rows: [ImportRow], by actor: Actor, _ rules: ImportRules) async throws(StoreError) -> [ImportOutcome] {
        let result: Result<[ImportOutcome], StoreError> = shelves.withLock { shelves in
            if let fails = shelves.failsAfter, shelves.batches.count >= fails.batches { return .failure(fails.error) }
            shelves.batches.append(rows.count)
            var outcomes: [ImportOutcome] = []
            var waiting = rules.waiting
            for row in rows where !(rules.stopsAtRefusal && outcomes.last?.endsImport == true) {
                outcomes.append(shelves.write(row, &waiting))
            }
            return .success(outcomes)
        }
        return try result.get()
    }
}

extension MemoryStore.Shelves {
    mutating func write(_ row: ImportRow, _ waiting: inout Set<ImportName>?) -> ImportOutcome {
        switch row {
        case .article(let entry): write(entry, \.articles, &waiting) { $0.resolve(&$1) }
        case .person(let entry): write(entry, \.people, &waiting) { $0.resolve(&$1) }
        case .organization(let entry): write(entry, \.organizations, &waiting) { $0.resolve(&$1) }
        case .event(let entry): write(entry, \.events, &waiting) { $0.resolve(&$1) }
        case .statement(let entry): write(entry, \.statements, &waiting) { _, _ in }
        case .sourceNote, .resolution, .review: .refused(.notFound)
        }
    }

    private mutating func write<R>(
        _ entry: ImportEntry<R>, _ shelf: WritableKeyPath<Self, [R]>, _ waiting: inout Set<ImportName>?,
        _ resolve: (Self, inout Proposal<R.Draft>) -> Void
    ) -> ImportOutcome {
        let index = self[keyPath: shelf].firstIndex { stored in
            stored.record.id == entry.id || entry.externalIDs.all.contains { stored.draft.externalIDs[$0.source] == $0.value }
        }
        let stored = index.map { self[keyPath: shelf][$0] }
        let ids = [entry.id, stored?.record.id].compactMap { $0 }
        let externalIDs = entry.externalIDs.all + (stored?.draft.externalIDs.all ?? [])
        let names = Set(ids.map { ImportName($0) } + externalIDs.map { ImportName($0, of: R.kind) })
        if waiting?.isDisjoint(with: names) == false {
            waiting?.formUnion(names)
            return .waits(nil, names: names)
        }
        var proposal = entry.change(stored?.draft)
        resolve(self, &proposal)
        proposal = proposal.settled(after: stored?.draft, at: clock)
        let failure = ValidationFailure(proposal.failures)
        if failure.lacksReferencesAlone, waiting != nil {
            waiting?.formUnion(names)
            return .waits(failure, names: names)
        }
        guard proposal.failures.isEmpty else { return .refused(.invalid(failure)) }
        if let stored, stored.draft == proposal.draft { return .unchanged(id: stored.record.id.text) }
        clock = Instant(milliseconds: clock.milliseconds + 1)
        var slug = proposal.draft.slug ?? Slug.from(caption: proposal.draft.caption, kind: R.kind)
        var number = 1
        while self[keyPath: shelf].contains(where: { $0.record.slug == slug && $0.record.id != stored?.record.id }) {
            number += 1
            slug = Slug.from(caption: proposal.draft.caption, kind: R.kind).numbered(number)
        }
        proposal.draft.slug = slug
        let id = stored?.record.id ?? entry.id ?? ID.make(at: clock, randomness: &randomness)
        let record = Record(
            id: id, slug: slug, version: (stored?.record.version ?? 0) + 1, createdAt: stored?.record.createdAt ?? clock, updatedAt: clock)
        let resource = R(record: record, draft: proposal.draft, captions: Captions())
        if let index {
            self[keyPath: shelf][index] = resource
            return .updated(id: id.text)
        }
        self[keyPath: shelf].append(resource)
        return .created(id: id.text)
    }

    private func find<R>(_ reference: Reference<R>, in shelf: [R]) -> Reference<R>? {
        let found = shelf.first { resource in
            switch reference {
            case .id(let id): resource.record.id == id
            case .slug(let slug): resource.record.slug == slug
            case .externalID(let id): resource.draft.externalIDs[id.source] == id.value
            }
        }
        return found.map { .id($0.record.id) }
    }

    private func resolve<R, Draft: ResourceDraft>(
        _ reference: inout Reference<R>, in shelf: [R], at path: String, _ proposal: inout Proposal<Draft>
    ) {
        if let found = find(reference, in: shelf) {
            reference = found
        } else {
            proposal.add(MemberFailure(path: path, rule: .unknownReference, message: "names nothing that is here"))
        }
    }

    private func resolve<R, Draft: ResourceDraft>(
        _ references: WritableKeyPath<Draft, [RoleReference<R>]>, in shelf: [R], at path: String, _ proposal: inout Proposal<Draft>
    ) {
        for index in proposal.draft[keyPath: references].indices {
            var target = proposal.draft[keyPath: references][index].target
            resolve(&target, in: shelf, at: "\(path)/\(index)", &proposal)
            proposal.draft[keyPath: references][index].target = target
        }
    }

    func resolve(_ proposal: inout Proposal<Article.Draft>) {
        resolve(\.authors, in: people, at: "/authors", &proposal)
        resolve(\.people, in: people, at: "/people", &proposal)
        resolve(\.organizations, in: organizations, at: "/organizations", &proposal)
        resolve(\.events, in: events, at: "/events", &proposal)
    }

    func resolve(_ proposal: inout Proposal<Person.Draft>) {
        for index in proposal.draft.roles.indices {
            guard var target = proposal.draft.roles[index].organization else { continue }
            resolve(&target, in: organizations, at: "/roles/\(index)/organization", &proposal)
            proposal.draft.roles[index].organization = target
        }
    }

    func resolve(_ proposal: inout Proposal<Organization.Draft>) {
        guard var parent = proposal.draft.parent else { return }
        resolve(&parent, in: organizations, at: "/parent", &proposal)
        proposal.draft.parent = parent
    }

    func resolve(_ proposal: inout Proposal<Event.Draft>) {
        for index in proposal.draft.participants.indices {
            switch proposal.draft.participants[index].target {
            case .person(var target):
                resolve(&target, in: people, at: "/participants/\(index)/person", &proposal)
                proposal.draft.participants[index].target = .person(target)
            case .organization(var target):
                resolve(&target, in: organizations, at: "/participants/\(index)/organization", &proposal)
                proposal.draft.participants[index].target = .organization(target)
            }
        }
        guard var whole = proposal.draft.partOf else { return }
        resolve(&whole, in: events, at: "/part_of", &proposal)
        proposal.draft.partOf = whole
    }

    /// Captions of everything: more than asked for does no harm here.
    func captions() -> Captions {
        var captions = Captions()
        func add<R: Resource>(_ shelf: [R]) {
            for resource in shelf {
                captions[resource.record.id] = Caption(name: resource.draft.caption, externalID: resource.draft.externalIDs.all.first)
            }
        }
        add(people)
        add(organizations)
        add(events)
        return captions
    }
}

struct MemorySnapshot: NewsroomSnapshot {
    let shelves: MemoryStore.Shelves

    func page(_ query: ListQuery<Article>) -> Page<Article> { page(query, of: shelves.articles) }
    func page(_ query: ListQuery<Person>) -> Page<Person> { page(query, of: shelves.people) }
    func page(_ query: ListQuery<Organization>) -> Page<Organization> { page(query, of: shelves.organizations) }
    func page(_ query: ListQuery<Event>) -> Page<Event> { page(query, of: shelves.events) }
    func page(_ query: ListQuery<Statement>) -> Page<Statement> { page(query, of: shelves.statements) }

    private func page<R>(_ query: ListQuery<R>, of all: [R]) -> Page<R> {
        let captions = shelves.captions()
        let start = query.after.map { Int($0.tieBreaker) } ?? 0
        let end = min(start + query.limit, all.count)
        let items = all[start..<end].map { R(record: $0.record, draft: $0.draft, captions: captions) }
        return Page(items: items, next: end < all.count ? Position(sortKey: .null, tieBreaker: Int64(end)) : nil)
    }
}

struct MemoryShelf<R: Resource>: ResourceStore {
    let store: MemoryStore
    let read: @Sendable (MemoryStore.Shelves) -> [R]

    func page(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> Page<R> { throw .overloaded }
    func rendering(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> Rendering { throw .notFound }
    func renderedPage(_ query: ListQuery<R>, as viewer: Viewer) async throws(StoreError) -> RenderedPage { throw .overloaded }
    func find(_ key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> R { throw .notFound }
    func facets(_ query: FacetQuery<R>, as viewer: Viewer) async throws(StoreError) -> [Facet<R>] { throw .overloaded }
    func write(_ write: ResourceWrite<R>, by actor: Actor, on terms: WriteTerms<R>) async throws(StoreError) -> Written<R> {
        throw .overloaded
    }
    func revisions(
        of key: ResourceKey<R>, _ query: RevisionQuery, as viewer: Viewer
    ) async throws(StoreError) -> RevisionPage<R> { throw .overloaded }
    func versions(_ versions: [Int], of key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> [PastVersion<R>?] {
        throw .overloaded
    }
    func find(_ key: ResourceKey<R>, as viewer: Viewer, asOf instant: Instant) async throws(StoreError) -> R { throw .overloaded }
}

/// Nobody has a token for what is in memory.
private struct NoTokens: TokenStore {
    var now: Instant { .distantPast }
    func hash(of secret: [UInt8]) -> TokenHash { TokenHash(bytes: []) }
    func add(_ token: AccessToken, _ hash: TokenHash) async throws(StoreError) -> Bool { throw .unavailable("memory alone") }
    func revoke(named name: String) async throws(StoreError) -> Bool { throw .unavailable("memory alone") }
    func all() async throws(StoreError) -> [KeptToken] { [] }
    func note(_ uses: [TokenHash: Instant]) async throws(StoreError) {}
    func directory() throws(StoreError) -> TokenDirectory { .empty }
}

/// Nobody is told of what is in memory.
private struct NoWebhooks: WebhookStore {
    func create(
        _ proposal: Proposal<Webhook.Draft>, secret: WebhookSecret, by actor: Actor
    ) async throws(StoreError) -> Webhook { throw .overloaded }
    func all() async throws(StoreError) -> [Webhook] { throw .overloaded }
    func find(_ id: WebhookID) async throws(StoreError) -> Webhook { throw .overloaded }
    func revise(
        _ id: WebhookID, if precondition: Precondition, _ change: @escaping @Sendable (Webhook) -> Proposal<Webhook.Draft>
    ) async throws(StoreError) -> Webhook { throw .overloaded }
    func delete(_ id: WebhookID, if precondition: Precondition) async throws(StoreError) { throw .overloaded }
    func enable(_ id: WebhookID, after sequence: Int64?) async throws(StoreError) -> Webhook { throw .overloaded }
    func disable(_ id: WebhookID) async throws(StoreError) -> Webhook { throw .overloaded }
    func askForTest(of id: WebhookID) async throws(StoreError) -> Webhook { throw .overloaded }
    func deliveries(
        of id: WebhookID, before place: Int64?, limit: Int
    ) async throws(StoreError) -> WebhookDeliveryPage { throw .overloaded }
    func atWork() async throws(StoreError) -> [WebhookID: Int64] { throw .overloaded }
    func work(of id: WebhookID) async throws(StoreError) -> WebhookWork? { throw .overloaded }
    func keep(
        _ step: WebhookStep?, _ delivery: WebhookDelivery, after work: WebhookWork
    ) async throws(StoreError) -> WebhookWork? { throw .overloaded }
    func pass(to sequence: Int64, after work: WebhookWork) async throws(StoreError) -> WebhookWork? { throw .overloaded }
    func observe(_ tell: @escaping @Sendable () -> Void) {}
}
