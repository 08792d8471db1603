package import Newsroom
import SQLite

/// A page of a timeline: at most three walks, merged.
struct TimelineReading {
    let query: TimelineQuery
    let viewer: Viewer
    let now: Instant
    let database: Database
    /// Events whose moves are on the page, each read once.
    private var events: [Int64: Event] = [:]

    init(_ query: TimelineQuery, for viewer: Viewer, at now: Instant, from database: Database) {
        self.query = query
        self.viewer = viewer
        self.now = now
        self.database = database
    }

    /// - Throws: why its subject is not there; SQLite's errors.
    mutating func page() throws -> TimelinePage {
        let scope = try scope()
        var places: [TimelinePosition] = []
        for kind in TimelineKind.allCases {
            guard let walk = TimelineWalk(kind, query, in: scope, for: viewer, at: now) else { continue }
            try database.each(walk.statement.sql) {
                $0.add(walk.statement.values)
            } _: { row throws(SQLiteError) in
                places.append(TimelinePosition(at: row.instant(0), kind: kind, key: row.integer(1)))
            }
        }
        places.sort(by: query.isDescending ? { $0 > $1 } : { $0 < $1 })
        let wanted = places.prefix(query.limit)
        var entries: [TimelineEntry] = []
        for place in wanted { entries.append(try entry(at: place)) }
        return TimelinePage(entries: entries, next: places.count > wanted.count ? wanted.last : nil)
    }

    private func scope() throws -> TimelineScope {
        switch query.subject {
        case .all: .all
        case .event(let key): .event(try self.key(of: key))
        case .person(let key): .person(try self.key(of: key))
        }
    }

    private func key<R: StoredResource>(of key: ResourceKey<R>) throws -> Int64 {
        let found =
            switch key {
            case .id(let id): try database.first(R.queries.keyByID) { $0.add(id.text) }
            case .slug(let slug): try database.first(R.queries.targetBySlug) { $0.add(slug.text) }?.key
            }
        guard let found else { throw try R.absence(of: key, to: viewer, at: now, in: database) }
        return found
    }

    private mutating func entry(at place: TimelinePosition) throws(SQLiteError) -> TimelineEntry {
        switch place.kind {
        case .transition: try transition(at: place)
        case .statement: try statement(at: place)
        case .publication: try publication(at: place)
        }
    }

    private mutating func transition(at place: TimelinePosition) throws(SQLiteError) -> TimelineEntry {
        let event = try event(place.key / TimelineWalk.transitionCountMax)
        let index = Int(place.key % TimelineWalk.transitionCountMax)
        guard event.draft.transitions.indices.contains(index) else { throw .undecodable("event_transition.position") }
        let transition = event.draft.transitions[index]
        return TimelineEntry(
            at: place.at, clocks: TimelineClocks(occurred: transition.effectiveAt, recorded: transition.recordedAt),
            content: .transition(transition, of: event.record.id, event.captions))
    }

    /// As the viewer may see it, with a caption of its own.
    private mutating func event(_ key: Int64) throws(SQLiteError) -> Event {
        if let known = events[key] { return known }
        guard let stored = try Event.stored(key: key, in: database) else { throw .undecodable("event_transition.event_key") }
        var event = stored.resource.seen(by: viewer, at: now)
        event.captions[event.record.id] = Caption(
            name: event.draft.title, status: event.draft.status, earliest: event.draft.window?.earliest)
        events[key] = event
        return event
    }

    private func statement(at place: TimelinePosition) throws(SQLiteError) -> TimelineEntry {
        guard let stored = try Statement.stored(key: place.key, in: database) else { throw .undecodable("statement.key") }
        let statement = stored.resource.seen(by: viewer, at: now)
        let said = statement.draft.saidAt?.first
        let published = try database.first(.firstPublicationOfStatement) { $0.add(place.key) } ?? nil
        return TimelineEntry(
            at: place.at,
            clocks: TimelineClocks(occurred: said, said: said, published: published, recorded: statement.record.createdAt),
            content: .statement(statement))
    }

    private func publication(at place: TimelinePosition) throws(SQLiteError) -> TimelineEntry {
        guard let publication = try database.first(.publication, { $0.add(place.key) }) else { throw .undecodable("article.key") }
        let first = publication.firstPublishedAt
        return TimelineEntry(
            at: place.at, clocks: TimelineClocks(occurred: first, published: first, recorded: publication.createdAt),
            content: .publication(publication))
    }
}

extension Query<Instant?> {
    fileprivate static let firstPublicationOfStatement = Query(
        """
        SELECT article.first_published_at_ms
        FROM statement
        CROSS JOIN article ON article.key = statement.article_key
        WHERE statement.key = $1
        """
    ) { row throws(SQLiteError) in row.instantOrNil(0) }
}

extension Query<Publication> {
    fileprivate static let publication = Query(
        """
        SELECT id, slug, headline, type, section, status, first_published_at_ms, published_at_ms, created_at_ms
        FROM article
        WHERE key = $1
        """
    ) { row throws(SQLiteError) in
        Publication(
            article: try row.id(0, "article.id"), slug: try row.slug(1, "article.slug"), headline: row.text(2),
            type: try row.word(3, "article.type"), section: row.textOrNil(4), status: try row.word(5, "article.status"),
            firstPublishedAt: row.instant(6), publishedAt: row.instantOrNil(7), createdAt: row.instant(8))
    }
}

extension SQLiteNewsroomStore {
    package func timeline(_ query: TimelineQuery, as viewer: Viewer) async throws(StoreError) -> TimelinePage {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            var reading = TimelineReading(query, for: viewer, at: now, from: database)
            return try reading.page()
        }
    }
}
