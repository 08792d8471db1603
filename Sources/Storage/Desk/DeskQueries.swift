package import Newsroom
import SQLite

/// What is on the desk at a moment. Each section's query finds the keys of its first few by an index, and one more.
struct DeskReading {
    private let now: Instant
    private let viewer: Viewer
    private let database: Database
    private var limit: Int { DeskSummary.sectionCountMax + 1 }

    init(for viewer: Viewer, at now: Instant, from database: Database) {
        self.now = now
        self.viewer = viewer
        self.database = database
    }

    func summary() throws(SQLiteError) -> DeskSummary {
        let horizon = now.milliseconds + DeskSummary.horizonMilliseconds
        return DeskSummary(
            now: now, due: try section(.due, now.milliseconds, horizon), overdue: try section(.overdue, now.milliseconds),
            embargoes: try section(.embargoes, now.milliseconds, horizon), needsReview: try needsReview(),
            singleSource: try section(.singleSource))
    }

    private func section<R: StoredResource>(_ keys: Query<Int64>, _ bounds: Int64...) throws(SQLiteError) -> DeskSummary.Section<R> {
        let found = try database.all(keys) { values in
            for bound in bounds { values.add(bound) }
            values.add(limit)
        }
        var items: [R] = []
        for key in found.prefix(DeskSummary.sectionCountMax) {
            if let stored = try R.stored(key: key, in: database) { items.append(try shown(stored.resource)) }
        }
        return DeskSummary.Section(items: items, hasMore: found.count > DeskSummary.sectionCountMax)
    }

    private func shown<R: StoredResource>(_ resource: R) throws(SQLiteError) -> R {
        let view = try R.view(by: [], at: now, in: database)
        return try Reviews(for: viewer, in: database).added(to: view(resource).seen(by: viewer, at: now))
    }

    private func needsReview() throws(SQLiteError) -> DeskSummary.Section<DeskSummary.Reviewed> {
        let found = try database.all(.needsReview) { $0.add(limit) }
        var items: [DeskSummary.Reviewed] = []
        for subject in found.prefix(DeskSummary.sectionCountMax) {
            if let id = ID<Article>(subject), let stored = try Article.stored(.id(id), in: database) {
                items.append(.article(try shown(stored.resource)))
            } else if let id = ID<Event>(subject), let stored = try Event.stored(.id(id), in: database) {
                items.append(.event(try shown(stored.resource)))
            }
        }
        return DeskSummary.Section(items: items, hasMore: found.count > DeskSummary.sectionCountMax)
    }
}

extension Query<Int64> {
    /// Of what is still expected, which is never much: what may begin within the span and is not overdue.
    static let due = Query(
        """
        SELECT key
        FROM event
        WHERE status IN ('scheduled', 'postponed') AND +due_ms >= $1 AND coalesce(+earliest_ms, latest_ms) < $2
        ORDER BY window_order, key
        LIMIT $3
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    static let overdue = Query(
        """
        SELECT key
        FROM event
        WHERE due_ms < $1
        ORDER BY due_ms DESC, key DESC
        LIMIT $2
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    static let embargoes = Query(
        """
        SELECT key
        FROM article
        WHERE embargoed_until_ms > $1 AND embargoed_until_ms < $2 AND +status <> 'retracted'
        ORDER BY embargoed_until_ms, key
        LIMIT $3
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    /// The newest live statement of each claim that has no live statement of another speaker: along the statements as they were made, with
    /// a look at those of the same claim for each.
    static let singleSource = Query(
        """
        SELECT statement.key
        FROM statement
        WHERE +statement.status = 'live' AND +statement.claim_about_key IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM statement AS other
                WHERE other.claim_about_key = statement.claim_about_key AND other.claim_property = statement.claim_property
                    AND +other.claim_value = statement.claim_value AND +other.status = 'live'
                    AND (
                        other.key > statement.key OR other.person_key IS NOT statement.person_key
                        OR other.organization_key IS NOT statement.organization_key OR other.source_key IS NOT statement.source_key
                    )
            )
        ORDER BY statement.created_at_ms DESC, statement.key DESC
        LIMIT $1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension Query<String> {
    /// Marks outlive what they are about.
    static let needsReview = Query(
        """
        SELECT subject
        FROM review
        WHERE cleared_seq IS NULL
            AND (EXISTS (SELECT 1 FROM article WHERE id = subject) OR EXISTS (SELECT 1 FROM event WHERE id = subject))
        GROUP BY subject
        ORDER BY max(seq) DESC
        LIMIT $1
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension SQLiteNewsroomStore {
    package func desk(as viewer: Viewer) async throws(StoreError) -> DeskSummary {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            try DeskReading(for: viewer, at: now, from: database).summary()
        }
    }
}
