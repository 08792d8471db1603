import Newsroom
import SQLite

/// A place in the log: all that was written up to there is so, nothing of what came later is.
///
/// What has not changed since is read from the kinds' own tables, what has from those of past versions.
struct PastMoment {
    let database: Database
    /// The number of the last row that counts; 0: before the first.
    let sequence: Int64
    /// What the clock said at the moment.
    let instant: Instant

    init(sequence: Int64, at instant: Instant, in database: Database) {
        self.database = database
        self.sequence = sequence
        self.instant = instant
    }

    /// When a row was written.
    init(of row: LogRow, in database: Database) {
        self.init(sequence: row.sequence, at: row.recordedAt, in: database)
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
        self.init(sequence: known, at: instant, in: database)
    }

    /// What the log said of a resource; nil where it was not there yet.
    func row(of id: String) throws(SQLiteError) -> LogRow? {
        try database.first(.newestOfIDUpTo) {
            $0.add(id)
            $0.add(sequence)
        }
    }

    /// Whether everybody could see a version then, which was the newest.
    func couldSee<R: StoredResource>(_ row: LogRow, of _: R.Type) throws(SQLiteError) -> Bool {
        guard !R.hasOwnPublication else { return row.isPublic(at: instant) }
        // For the sake of others it may be seen by now, and could not be then: that is what everybody was told.
        return try database.first(.wasPublic) {
            $0.add(row.id)
            $0.add(sequence)
        } ?? false
    }

    /// What had an address, or had it last before it was deleted.
    func row<R: StoredResource>(of slug: Slug, _: R.Type) throws(SQLiteError) -> LogRow? {
        // Addresses seldom move: who has it now is asked first whether it had it then.
        if let holder = try database.first(R.queries.targetBySlug, { $0.add(slug.text) }),
            let row = try row(of: holder.id.text), !row.isDeletion,
            try database.first(.slugOfRow, { $0.add(row.sequence) }) == slug.text
        {
            return row
        }
        let holder = try database.first(R.queries.pastBySlug) {
            $0.add(sequence)
            $0.add(slug.text)
        }
        if let holder { return holder }
        return try R.deletion(at: slug, upTo: sequence, publicBy: nil, in: database)
    }

    private func row<R: StoredResource>(of id: ExternalID, _: R.Type) throws(SQLiteError) -> LogRow? {
        let holder = try database.first(R.queries.targetByExternalID) {
            $0.add(id.source)
            $0.add(id.value)
        }
        if let holder, let row = try row(of: holder.id.text), !row.isDeletion {
            let version: LoggedVersion<R>? = try database.first(LoggedVersion<R>.bySequence) { $0.add(row.sequence) }
            if version?.resource?.draft.externalIDs[id.source] == id.value { return row }
        }
        return try database.first(R.queries.pastByExternalID) {
            $0.add(sequence)
            $0.add(id.value)
            // Sources hold nothing that would have to be escaped in a path.
            $0.add("$.external_ids.\"\(id.source)\"")
        }
    }

    /// The row itself, or that of what stood for it at the moment; nil for a deletion.
    private func survivor(of row: LogRow) throws(SQLiteError) -> LogRow? {
        var row = row
        while row.isDeletion {
            guard let next = row.mergedInto, let survivor = try self.row(of: next) else { return nil }
            row = survivor
        }
        return row
    }

    /// The id of what a filter's value named; nil where it named nothing.
    func id<R: StoredResource>(of value: FilterValue, _: R.Type) throws(SQLiteError) -> String? {
        switch value {
        case .id(let id): return try row(of: id).map { row throws(SQLiteError) in try survivor(of: row)?.id ?? id } ?? id
        case .slug(let slug): return try row(of: slug, R.self).flatMap { row throws(SQLiteError) in try survivor(of: row)?.id }
        case .externalID(let id): return try row(of: id, R.self)?.id
        case .text, .integer, .instant, .window, .office: return nil
        }
    }
}

extension Query<Int64> {
    fileprivate static let recordedAt = Query("SELECT recorded_at_ms FROM log WHERE seq = $1") { row throws(SQLiteError) in row.integer(0) }
}

extension Query<Bool> {
    fileprivate static let wasPublic = Query("SELECT \(PublicChange.wasPublic("$1", by: "$2"))") { row throws(SQLiteError) in
        !row.isNull(0) && row.integer(0) != 0
    }
}

extension Query<String> {
    fileprivate static let slugOfRow = Query("SELECT slug FROM log WHERE seq = $1") { row throws(SQLiteError) in row.text(0) }
}
