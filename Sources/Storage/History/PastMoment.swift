import Newsroom
import SQLite

/// A place in the log: all that was written up to there is so, nothing of what came later is.
///
/// What has not changed since is read from the tables, where there are indexes; what has is found among the newer rows of the log: the
/// row before the first newer one of an id says what it was. So a question costs the more the more has changed since.
struct PastMoment {
    let database: Database
    /// The number of the last row that counts; 0: before the first.
    let sequence: Int64

    init(sequence: Int64, in database: Database) {
        self.database = database
        self.sequence = sequence
    }

    /// Behind the last row that was recorded by an instant. The log has no gaps and its clock never steps back: halving finds it.
    init(at instant: Instant, in database: Database) throws(SQLiteError) {
        var known: Int64 = 0
        var open = (try database.first(.newestLogRow)?.sequence ?? 0) + 1
        while open - known > 1 {
            let middle = known + (open - known) / 2
            let recordedAt = try database.first(.recordedAt) { $0.add(middle) } ?? .max
            if recordedAt <= instant.milliseconds { known = middle } else { open = middle }
        }
        self.init(sequence: known, in: database)
    }

    /// What the log said of a resource; nil where it was not there yet.
    func row(of id: String) throws(SQLiteError) -> LogRow? {
        try database.first(.newestOfIDUpTo) {
            $0.add(id)
            $0.add(sequence)
        }
    }

    /// What had an address, or had it last before it was deleted.
    func row<R: StoredResource>(of slug: Slug, _: R.Type) throws(SQLiteError) -> LogRow? {
        if let holder = try database.first(R.queries.targetBySlug, { $0.add(slug.text) }),
            let row = try database.first(.newestOfID, { $0.add(holder.id.text) }), row.sequence <= sequence
        {
            return row
        }
        let holder = try database.first(.changedOfSlug) {
            $0.add(R.kind.rawValue)
            $0.add(sequence)
            $0.add(slug.text)
        }
        if let holder { return holder }
        return try database.first(.deletionOfSlug) {
            $0.add(R.kind.rawValue)
            $0.add(slug.text)
            $0.add(sequence)
        }
    }

    private func row<R: StoredResource>(of id: ExternalID, _: R.Type) throws(SQLiteError) -> LogRow? {
        let holder = try database.first(R.queries.targetByExternalID) {
            $0.add(id.source)
            $0.add(id.value)
        }
        if let holder, let row = try database.first(.newestOfID, { $0.add(holder.id.text) }), row.sequence <= sequence { return row }
        return try database.first(.changedOfExternalID) {
            $0.add(R.kind.rawValue)
            $0.add(sequence)
            // Sources hold nothing that would have to be escaped in a path.
            $0.add("$.external_ids.\"\(id.source)\"")
            $0.add(id.value)
        }
    }

    /// The id of what a filter's value named; nil where it named nothing.
    func id<R: StoredResource>(of value: FilterValue, _: R.Type) throws(SQLiteError) -> String? {
        switch value {
        case .id(let id): return id
        case .slug(let slug):
            guard let row = try row(of: slug, R.self), !row.isDeletion else { return nil }
            return row.id
        case .externalID(let id): return try row(of: id, R.self)?.id
        case .text, .integer, .instant, .window: return nil
        }
    }
}

extension Query<Int64> {
    fileprivate static let recordedAt = Query("SELECT recorded_at_ms FROM log WHERE seq = $1") { row throws(SQLiteError) in row.integer(0) }
}

extension Query<LogRow> {
    /// What has changed since, and had an address.
    fileprivate static let changedOfSlug = Query(
        """
        SELECT \(LogRow.columns(of: "past"))
        FROM log AS later
        CROSS JOIN log AS past ON past.id = later.id AND past.version = later.version - 1
        WHERE later.kind = $1 AND later.seq > $2 AND past.seq <= $2 AND past.operation <> 'deleted' AND past.slug = $3
        """, decode: LogRow.init)

    /// What has changed since, and had an external id: the path to its source in a document, and its value.
    fileprivate static let changedOfExternalID = Query(
        """
        SELECT \(LogRow.columns(of: "past"))
        FROM log AS later
        CROSS JOIN log AS past ON past.id = later.id AND past.version = later.version - 1
        WHERE later.kind = $1 AND later.seq > $2 AND past.seq <= $2 AND past.operation <> 'deleted'
            AND json_extract(past.document, $3) = $4
        """, decode: LogRow.init)
}
