import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// By which indexes the change feed is read: a page costs what it shows.
@Suite(.inTurn) struct ChangePlanTests {
    private let folder = TemporaryFolder()
    private let database: Database

    init() throws {
        let path = folder.file("plans.db")
        database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: .embedded()).migrate(database, now: { Instant(milliseconds: 0) })
    }

    private func plan(_ viewer: Viewer, _ kinds: Set<Kind>?) throws -> [String] {
        let text = ChangeReading(query: ChangeQuery(kinds: kinds), viewer: viewer).rows.sql.text
        let explained = Query<String>(SQL(assembled: "EXPLAIN QUERY PLAN \(text)")) { row throws(SQLiteError) in row.text(3) }
        return try database.all(explained) {
            $0.add(5 as Int64)
            $0.add(100 as Int64)
        }
    }

    @Test func `all kinds are read along the numbers`() throws {
        #expect(try plan(.newsroom, nil) == ["SEARCH log USING INTEGER PRIMARY KEY (rowid>?)"])
        #expect(
            try plan(.anonymous, nil) == [
                "SEARCH public_change USING INTEGER PRIMARY KEY (rowid>?)", "SEARCH log USING INTEGER PRIMARY KEY (rowid=?)",
            ])
    }

    @Test(arguments: [(Viewer.newsroom, "log"), (.reader, "log"), (.anonymous, "public_change")])
    func `some kinds are read each along its own numbers`(_ viewer: Viewer, _ table: String) throws {
        let plan = try plan(viewer, [.event, .statement])
        let walk = "SEARCH \(table) USING COVERING INDEX \(table)_by_kind (kind=? AND rowid>?)"
        #expect(plan.filter { $0 == walk }.count == 2, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN \(table)") || $0.hasPrefix("SCAN log") }, "\(plan)")
    }

    @Test func `what everybody was told last of a resource is one look-up`() throws {
        let text = "EXPLAIN QUERY PLAN SELECT \(PublicChange.wasPublic("$1", by: "$2"))"
        let plan = try database.all(Query<String>(SQL(assembled: text)) { row throws(SQLiteError) in row.text(3) }) {
            $0.add("sta_1")
            $0.add(5 as Int64)
        }
        #expect(plan.last == "SEARCH told USING INDEX public_change_by_id (id=? AND rowid<?)", "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }
}
