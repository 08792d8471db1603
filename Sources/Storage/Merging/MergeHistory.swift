import Newsroom
import SQLite

/// What one merge did, as the log has it.
struct MergeHistory {
    private let database: Database
    private let from: String
    private let into: String
    /// The row with which what was merged ended …
    private let end: Int64
    /// … and the one with which it had begun, or come back: what the merge did stands between them.
    private let begin: Int64

    init<R: HistoricResource>(of from: ID<R>, into survivor: ID<R>, endedBy end: Int64, in database: Database) throws(SQLiteError) {
        self.database = database
        (self.from, self.into, self.end) = (from.text, survivor.text, end)
        begin =
            try database.first(.newestBeginning) {
                $0.add(from.text)
                $0.add(end)
            } ?? 0
    }

    /// The survivor before and after it was merged into; nil where that was not here: what was merged came with an import.
    func survivor<R: HistoricResource>(_: R.Type) throws(SQLiteError) -> (before: R, after: R)? {
        // The newest: an earlier one of the same two was undone.
        let version = try database.first(.versionOfSurvivor) {
            $0.add(from)
            $0.add(begin)
            $0.add(end)
            $0.add(into)
        }
        guard let version, let id = ID<R>(into) else { return nil }
        return try versions(version, of: id)
    }

    /// Some of those whose references it moved and that have not been looked at since, in the order in which it moved them.
    func moved(after sequence: Int64, countMax: Int) throws(SQLiteError) -> [MovedReference] {
        try database.all(.movedReferences) {
            $0.add(from)
            $0.add(max(begin, sequence))
            $0.add(end)
            $0.add(into)
            $0.add(countMax)
        }
    }

    /// A version and the one before it.
    func versions<R: HistoricResource>(_ version: Int, of id: ID<R>) throws(SQLiteError) -> (before: R, after: R)? {
        func read(_ version: Int) throws(SQLiteError) -> R? {
            let logged: LoggedVersion<R>? = try database.first(LoggedVersion<R>.query) {
                $0.add(id.text)
                $0.add(version)
            }
            return logged?.resource
        }
        guard let after = try read(version), let before = try read(version - 1) else { return nil }
        return (before, after)
    }
}

/// A version that came about because a reference moved.
struct MovedReference: Sendable {
    let sequence: Int64
    let kind: Kind
    let id: String
    let version: Int
}

extension Query<Int64> {
    fileprivate static let newestBeginning = Query(
        """
        SELECT seq
        FROM log
        WHERE id = $1 AND operation = 'created' AND seq < $2
        ORDER BY version DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension Query<Int> {
    fileprivate static let versionOfSurvivor = Query(
        """
        SELECT version
        FROM log INDEXED BY log_by_merged
        WHERE from_id = $1 AND judgement = 'merged' AND seq > $2 AND seq < $3 AND id = $4
        ORDER BY seq DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }
}

extension Query<MovedReference> {
    fileprivate static let movedReferences = Query(
        """
        SELECT seq, kind, id, version
        FROM log INDEXED BY log_by_merged
        WHERE from_id = $1 AND judgement = 'merged' AND seq > $2 AND seq < $3 AND into_id = $4 AND id <> into_id
            AND NOT EXISTS (
                SELECT 1
                FROM log AS later
                WHERE later.id = log.id AND later.version > log.version AND later.judgement = 'split' AND +later.from_id = $1
            )
        ORDER BY seq
        LIMIT $5
        """
    ) { row throws(SQLiteError) in
        MovedReference(
            sequence: row.integer(0), kind: try row.word(1, "log.kind"), id: row.text(2), version: Int(row.integer(3)))
    }
}
