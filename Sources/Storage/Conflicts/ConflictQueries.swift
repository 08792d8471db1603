import Newsroom
import SQLite

// What conflicts are read by: the statements with a claim on one question, and the records of how it was settled.
extension Query<Int64> {
    /// The newest first. The values are the key of the event, the property, and how many.
    static let liveStatementsOfClaim = Query(
        """
        SELECT key
        FROM statement INDEXED BY statement_by_claim
        WHERE claim_about_key = $1 AND claim_property = $2 AND +status = 'live'
        ORDER BY window_order DESC, key DESC
        LIMIT $3
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    /// Whether there are two values on a question: one look at each end of an index.
    static let isContested = Query(
        """
        SELECT (
            SELECT claim_value
            FROM statement INDEXED BY statement_by_live_claim
            WHERE status = 'live' AND claim_about_key = $1 AND claim_property = $2
            ORDER BY claim_value
            LIMIT 1
        ) <> (
            SELECT claim_value
            FROM statement INDEXED BY statement_by_live_claim
            WHERE status = 'live' AND claim_about_key = $1 AND claim_property = $2
            ORDER BY claim_value DESC
            LIMIT 1
        )
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    /// The event after another in a list, the newer first.
    static let nextClaimedEvent = Query(
        """
        SELECT claim_about_key
        FROM statement INDEXED BY statement_by_live_claim
        WHERE status = 'live' AND claim_about_key < $1
        ORDER BY claim_about_key DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    /// The same of those that something of one property is claimed of.
    static let nextEventWithProperty = Query(
        """
        SELECT claim_about_key
        FROM statement INDEXED BY statement_by_live_property
        WHERE status = 'live' AND claim_property = $1 AND claim_about_key < $2
        ORDER BY claim_about_key DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension Query<String> {
    /// The property after another of what is claimed of an event.
    static let nextClaimedProperty = Query(
        """
        SELECT claim_property
        FROM statement INDEXED BY statement_by_live_claim
        WHERE status = 'live' AND claim_about_key = $1 AND claim_property > $2
        ORDER BY claim_property
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.text(0) }

    static let idOfClaimedEvent = Query("SELECT id FROM event WHERE key = $1") { row throws(SQLiteError) in row.text(0) }
}

/// A resolution with the number of its row, without what stands in other tables.
struct StoredResolution: Sendable {
    let key: Int64
    let about: ID<Event>
    let property: String
    var resolution: ConflictResolution

    init(_ row: borrowing Row) throws(SQLiteError) {
        guard let id = ResolutionID(row.text(1)) else { throw .undecodable("conflict_resolution.id") }
        key = row.integer(0)
        about = try row.id(2, "conflict_resolution.about")
        property = row.text(3)
        resolution = ConflictResolution(
            id: id, value: row.textOrNil(4), how: row.text(5), basis: [], actor: row.text(6), resolvedAt: row.instant(7), settled: [:])
    }

    /// Reads what stands in other tables.
    mutating func addParts(from database: Database) throws(SQLiteError) {
        let key = key
        resolution.basis = try database.all(.resolutionBasis) { $0.add(key) }
        for settled in try database.all(.settledByResolution, { $0.add(key) }) { resolution.settled[settled.statement] = settled.value }
    }
}

struct SettledClaim: Sendable {
    let statement: ID<Statement>
    let value: String
}

extension Query<StoredResolution> {
    /// Those of a question, the newest first; recorded under the event's id, or that of another which was merged into it since.
    static let resolutionsOfQuestion = Query(
        """
        SELECT seq, id, about, property, value, how, actor, resolved_at_ms
        FROM conflict_resolution
        WHERE about IN (SELECT id FROM event WHERE key = $1 UNION ALL SELECT id FROM event_merged WHERE event_key = $1) AND property = $2
        ORDER BY seq DESC
        LIMIT $3
        """, decode: StoredResolution.init)

    static let allResolutions = Query(
        "SELECT seq, id, about, property, value, how, actor, resolved_at_ms FROM conflict_resolution ORDER BY seq",
        decode: StoredResolution.init)
}

extension Query<ID<Statement>> {
    fileprivate static let resolutionBasis = Query(
        "SELECT statement FROM conflict_resolution_basis WHERE seq = $1 ORDER BY position"
    ) { row throws(SQLiteError) in try row.id(0, "conflict_resolution_basis.statement") }
}

extension Query<SettledClaim> {
    fileprivate static let settledByResolution = Query(
        "SELECT statement, value FROM conflict_resolution_settled WHERE seq = $1"
    ) { row throws(SQLiteError) in
        SettledClaim(statement: try row.id(0, "conflict_resolution_settled.statement"), value: row.text(1))
    }
}
