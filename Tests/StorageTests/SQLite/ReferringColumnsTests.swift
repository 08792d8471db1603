import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// The table of columns that a merge moves, against the foreign keys of the database.
@Suite(.inTurn) struct ReferringColumnsTests {
    private struct ForeignKey: Sendable, Hashable {
        let table: String
        let column: String
    }

    @Test(arguments: [Kind.person, .organization, .event])
    func `every column that points at a kind is moved, and no other`(_ kind: Kind) async throws {
        let folder = TemporaryFolder()
        let store = try StoreUnderTest.all[0].open(folder, TestClock())
        await store.close()
        let database = try Database(path: folder.file("newsroom.db"), settings: ConnectionSettings(access: .readWrite))
        let query = Query<ForeignKey>(
            """
            SELECT schema.name, keys."from"
            FROM sqlite_schema AS schema
            CROSS JOIN pragma_foreign_key_list(schema.name) AS keys
            WHERE schema.type = 'table' AND keys."table" = $1
            """
        ) { row throws(SQLiteError) in ForeignKey(table: row.text(0), column: row.text(1)) }
        let keys = try database.all(query) { $0.add(kind.rawValue) }
        // A resource's own parts end with it; they are not references to it.
        let parts = [
            "alias", "identifier", "external_id", "link", "role", "participant", "cause", "transition", "former_slot", "merged", "likeness",
        ]
        let own = Set(parts.map { ForeignKey(table: "\(kind.rawValue)_\($0)", column: "\(kind.rawValue)_key") })
        let judged = Set(["one_key", "other_key"].map { ForeignKey(table: "\(kind.rawValue)_distinction", column: $0) })
        let columns = Set(ReferringColumn.columns(to: kind).map { ForeignKey(table: $0.table, column: $0.column) })
        #expect(Set(keys).subtracting(own).subtracting(judged) == columns)
        try database.close()
    }
}
