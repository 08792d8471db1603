import Newsroom
import SQLite

// By which blocks resources are found that look alike: rows that follow from what a resource says.
extension HistoricResource {
    /// Keeps the blocks of a draft, where they are others than those of the one before.
    static func keepLikeness(of draft: Draft, after former: Draft?, key: Int64, in database: Database) throws(SQLiteError) {
        guard isMergeable, let blocks = draft.likeness?.blocks else { return }
        if let former {
            if former.likeness?.blocks == blocks { return }
            try database.run(queries.judged.deleteLikeness) { $0.add(key) }
        }
        for block in blocks {
            try database.run(queries.judged.insertLikeness) {
                $0.add(block.text)
                $0.add(block.detail)
                $0.add(key)
            }
        }
    }

    static func likenessFollows(from draft: Draft, _ key: Int64, in database: Database) throws(SQLiteError) -> Bool {
        guard isMergeable, let blocks = draft.likeness?.blocks else { return true }
        // A store that was never opened by a program with these rules has others.
        guard try database.first(.likenessState(kind))?.isCurrent == true else { return true }
        return try Set(database.all(queries.judged.likeness) { $0.add(key) }) == Set(blocks)
    }
}

/// Makes the blocks of resources that have none yet, or those of other rules, when the file is opened: in transactions of bounded size,
/// each of which says how far it has come.
struct LikenessFilling {
    let database: Database

    private static let batchCount = 500

    func run() throws(SQLiteError) {
        // A store can be opened with other migrations than the program's own.
        guard try database.first(.likenessTable) != nil else { return }
        while try fillBatch(Organization.self) {}
        while try fillBatch(Person.self) {}
        while try fillBatch(Event.self) {}
    }

    /// Whether there is more to do.
    private func fillBatch<R: HistoricResource>(_: R.Type) throws(SQLiteError) -> Bool {
        guard let known = try database.first(.likenessState(R.kind)), !known.isCurrent else { return false }
        try database.beginWriting()
        do throws(SQLiteError) {
            // Another process that opens the file may have done it meanwhile.
            guard var state = try database.first(.likenessState(R.kind)), !state.isCurrent else {
                try database.commit()
                return false
            }
            if state.form != LikenessBlock.form {
                try database.run(SQL(assembled: "DELETE FROM \(R.table)_likeness"))
                state = LikenessState(key: 0, form: LikenessBlock.form, isWhole: false)
            }
            let keys = try database.all(Query(SQL(assembled: keysAfter(R.table))) { row throws(SQLiteError) in row.integer(0) }) {
                $0.add(state.key)
                $0.add(LikenessFilling.batchCount)
            }
            for key in keys {
                guard let stored = try R.stored(key: key, in: database) else { continue }
                try R.keepLikeness(of: stored.resource.draft, after: nil, key: key, in: database)
            }
            state.key = keys.last ?? state.key
            state.isWhole = keys.count < LikenessFilling.batchCount
            try database.run(.keepLikenessState) {
                $0.add(state.key)
                $0.add(state.form)
                $0.add(state.isWhole)
                $0.add(R.kind.rawValue)
            }
            try database.commit()
            return !state.isWhole
        } catch {
            database.rollback()
            throw error
        }
    }

    private func keysAfter(_ table: String) -> String { "SELECT key FROM \(table) WHERE key > $1 ORDER BY key LIMIT $2" }
}

struct LikenessState: Sendable {
    var key: Int64
    var form: Int64
    var isWhole: Bool

    var isCurrent: Bool { isWhole && form == LikenessBlock.form }
}

extension Query<LikenessState> {
    fileprivate static func likenessState(_ kind: Kind) -> Query {
        let text = "SELECT key, form, is_whole FROM likeness_state WHERE kind = '\(kind.rawValue)'"
        return Query(SQL(assembled: text)) { row throws(SQLiteError) in
            LikenessState(key: row.integer(0), form: row.integer(1), isWhole: row.integer(2) != 0)
        }
    }
}

extension Query<String> {
    fileprivate static let likenessTable = Query("SELECT name FROM sqlite_schema WHERE name = 'likeness_state'") {
        row throws(SQLiteError) in
        row.text(0)
    }
}

extension SQL {
    fileprivate static let keepLikenessState = SQL(
        """
        UPDATE likeness_state
        SET (key, form, is_whole) = ($1, $2, $3)
        WHERE kind = $4
        """)
}
