import Newsroom
import SQLite

/// Folds the titles of offices in a file that is older than the column for it, when the file is opened.
///
/// In transactions of bounded size: whatever ends the process, the next opening goes on there.
struct OfficeFolding {
    let database: Database

    private static let batchCount = 1_000

    func run() throws(SQLiteError) {
        while try foldBatch() {}
    }

    /// Whether there may be more to do.
    private func foldBatch() throws(SQLiteError) -> Bool {
        guard try database.first(.unfoldedTitle, { $0.add(1) }) != nil else { return false }
        try database.beginWriting()
        do throws(SQLiteError) {
            let titles = try database.all(.unfoldedTitle) { $0.add(OfficeFolding.batchCount) }
            for title in titles {
                try database.run(.setFoldedTitle) {
                    $0.add(title.text.folded)
                    $0.add(title.person)
                    $0.add(title.position)
                }
            }
            try database.commit()
            return titles.count == OfficeFolding.batchCount
        } catch {
            database.rollback()
            throw error
        }
    }
}

private struct UnfoldedTitle: Sendable {
    let person: Int64
    let position: Int64
    let text: String
}

extension Query<UnfoldedTitle> {
    fileprivate static let unfoldedTitle = Query(
        """
        SELECT person_key, position, title
        FROM person_role
        WHERE folded_title IS NULL
        LIMIT $1
        """
    ) { row throws(SQLiteError) in UnfoldedTitle(person: row.integer(0), position: row.integer(1), text: row.text(2)) }
}

extension SQL {
    fileprivate static let setFoldedTitle = SQL(
        """
        UPDATE person_role
        SET folded_title = $1
        WHERE person_key = $2 AND position = $3
        """)
}
