import Newsroom
import SQLite

/// Fills the tables of past versions from a log that is older than they are, when the file is opened.
///
/// In transactions of bounded size, each of which says how far it has come: whatever ends the process, the next opening goes on there.
struct PastFilling {
    let database: Database

    private static let batchCount = 1_000

    func run() throws(SQLiteError) {
        // A store can be opened with other migrations than the program's own.
        guard try database.first(.pastTable) != nil else { return }
        while try fillBatch() {}
    }

    /// Whether there is more to do.
    private func fillBatch() throws(SQLiteError) -> Bool {
        guard let known = try database.first(.pastState), !known.isDone else { return false }
        try database.beginWriting()
        do throws(SQLiteError) {
            // Another process that opens the file may have done it meanwhile.
            guard let state = try database.first(.pastState), !state.isDone else {
                try database.commit()
                return false
            }
            let ends = try database.all(.endsOfVersions) {
                $0.add(state.filled)
                $0.add(state.wanted)
                $0.add(PastFilling.batchCount)
            }
            for end in ends { try keep(end) }
            try database.run(.setPastState) { $0.add(ends.count < PastFilling.batchCount ? state.wanted : ends.last?.sequence ?? 0) }
            try database.commit()
            return true
        } catch {
            database.rollback()
            throw error
        }
    }

    private func keep(_ end: VersionEnd) throws(SQLiteError) {
        switch end.kind {
        case .article: try keep(end, Article.self)
        case .person: try keep(end, Person.self)
        case .organization: try keep(end, Organization.self)
        case .event: try keep(end, Event.self)
        case .statement: try keep(end, Statement.self)
        }
    }

    private func keep<R: HistoricResource>(_ end: VersionEnd, _: R.Type) throws(SQLiteError) {
        let version: LoggedVersion<R>? = try database.first(LoggedVersion<R>.query) {
            $0.add(end.id)
            $0.add(end.version)
        }
        // A resource that was brought back follows its deletion, which was no version of it.
        guard let version, let resource = version.resource else { return }
        try R.keepPast(resource, key: version.row.key, until: end.sequence, in: database)
    }
}

private struct PastState: Sendable {
    let filled: Int64
    let wanted: Int64

    var isDone: Bool { filled >= wanted }
}

/// A row of the log that ended a version of a resource.
private struct VersionEnd: Sendable {
    let sequence: Int64
    let kind: Kind
    let id: String
    let version: Int64
}

extension Query<String> {
    fileprivate static let pastTable = Query("SELECT name FROM sqlite_schema WHERE name = 'past_state'") { row throws(SQLiteError) in
        row.text(0)
    }
}

extension Query<PastState> {
    fileprivate static let pastState = Query("SELECT filled_seq, wanted_seq FROM past_state") { row throws(SQLiteError) in
        PastState(filled: row.integer(0), wanted: row.integer(1))
    }
}

extension Query<VersionEnd> {
    fileprivate static let endsOfVersions = Query(
        """
        SELECT seq, kind, id, version - 1
        FROM log
        WHERE seq > $1 AND seq <= $2 AND version > 1
        ORDER BY seq
        LIMIT $3
        """
    ) { row throws(SQLiteError) in
        VersionEnd(sequence: row.integer(0), kind: try row.word(1, "log.kind"), id: row.text(2), version: row.integer(3))
    }
}

extension SQL {
    fileprivate static let setPastState = SQL(
        """
        UPDATE past_state
        SET filled_seq = $1
        """)
}
