import Newsroom
import SQLite

/// A page of the change feed: a walk along the log, or along what it is to everybody.
struct ChangeReading {
    let query: ChangeQuery
    let viewer: Viewer

    /// How many rows an event loop may read itself, a microsecond or two each.
    static let cheapCountMax = 200

    /// The rows behind a number, as many as a limit: of the log, or of what it is to everybody.
    var rows: Query<Change> { viewer.isOfNewsroom ? .logged(query.kinds) : .told(query.kinds) }

    func page(from database: Database) throws(SQLiteError) -> ChangePage {
        let newest = try database.first(.newestLogRow)?.sequence ?? 0
        guard query.after < newest, query.kinds?.isEmpty != true else {
            return ChangePage(changes: [], next: max(query.after, newest), newest: newest)
        }
        let changes = try database.all(rows) {
            $0.add(query.after)
            $0.add(query.limit)
        }
        let end = changes.count < query.limit ? nil : changes.last?.sequence
        return ChangePage(changes: changes, next: end ?? newest, newest: newest)
    }
}

extension Query<Change> {
    /// As the newsroom reads it: every version of a resource. Further columns of the log lie behind its documents, and are read where they
    /// are needed alone.
    fileprivate static func logged(_ kinds: Set<Kind>?) -> Query<Change> {
        let source = """
            SELECT log.seq, log.operation, log.kind, log.id, log.version, log.recorded_at_ms, \(mergedInto), log.actor, log.note
            FROM log
            """
        return Query(SQL(assembled: source + "\n" + rows(of: "log", kinds))) { row throws(SQLiteError) in
            try Change(row, operation: row.word(1, "log.operation"), actor: Actor(name: row.text(7)), note: row.textOrNil(8))
        }
    }

    /// As everybody reads it.
    fileprivate static func told(_ kinds: Set<Kind>?) -> Query<Change> {
        let source = """
            SELECT public_change.seq, public_change.change, public_change.kind, public_change.id, public_change.version, log.recorded_at_ms,
                \(mergedInto)
            FROM public_change
            CROSS JOIN log ON log.seq = public_change.seq
            """
        return Query(SQL(assembled: source + "\n" + rows(of: "public_change", kinds))) { row throws(SQLiteError) in
            let change: PublicChange = try row.word(1, "public_change.change")
            return try Change(row, operation: change.operation)
        }
    }

    private static let mergedInto = """
        CASE WHEN log.operation = 'deleted' AND log.kind IN ('organization', 'person', 'event') AND log.judgement = 'merged'
        THEN log.into_id END
        """

    /// Some kinds are walked each along its own rows.
    private static func rows(of table: String, _ kinds: Set<Kind>?) -> String {
        guard let kinds else {
            return """
                WHERE \(table).seq > $1 AND +\(table).kind IN ('organization', 'person', 'event', 'article', 'statement')
                ORDER BY \(table).seq
                LIMIT $2
                """
        }
        let walks = Kind.allCases.filter(kinds.contains).map { kind in
            """
            SELECT seq
            FROM (
                SELECT seq
                FROM \(table) INDEXED BY \(table)_by_kind
                WHERE kind = '\(kind.rawValue)' AND seq > $1
                ORDER BY seq
                LIMIT $2
            )
            """
        }
        return """
            WHERE \(table).seq IN (
                SELECT seq
                FROM (
                    \(walks.joined(separator: "\nUNION ALL\n"))
                )
                ORDER BY seq
                LIMIT $2
            )
            ORDER BY \(table).seq
            """
    }
}

extension Change {
    fileprivate init(
        _ row: borrowing Row, operation: LogOperation, actor: Actor? = nil, note: String? = nil
    ) throws(SQLiteError) {
        self.init(
            sequence: row.integer(0), operation: operation, kind: try row.word(2, "log.kind"), id: row.text(3),
            version: Int(row.integer(4)), recordedAt: row.instant(5), actor: actor, note: note, mergedInto: row.textOrNil(6))
    }
}
