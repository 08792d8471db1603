import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Which indexes conflicts are found by, what the database keeps of how they were settled, and what the check says of it.
@Suite(.inTurn) struct ConflictPlanTests {
    private let folder = TemporaryFolder()

    private func plan<Output>(_ query: Query<Output>, _ values: [SQLValue]) throws -> [String] {
        let path = folder.file("plans.db")
        let database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: .embedded()).migrate(database, now: { Instant(milliseconds: 0) })
        let explained = Query<String>(SQL(assembled: "EXPLAIN QUERY PLAN \(query.sql.text)")) { row throws(SQLiteError) in row.text(3) }
        return try database.all(explained) { $0.add(values) }
    }

    @Test func `each question is found by an index, and read in the order of one`() throws {
        let plans = [
            (
                try plan(.liveStatementsOfClaim, [.integer(1), .text("a"), .integer(9)]),
                "statement_by_claim (claim_about_key=? AND claim_property=?)"
            ),
            (try plan(.isContested, [.integer(1), .text("a")]), "statement_by_live_claim (claim_about_key=? AND claim_property=?)"),
            (try plan(.nextClaimedEvent, [.integer(1)]), "statement_by_live_claim (claim_about_key<?)"),
            (
                try plan(.nextClaimedProperty, [.integer(1), .text("a")]),
                "statement_by_live_claim (claim_about_key=? AND claim_property>?)"
            ),
            (
                try plan(.nextEventWithProperty, [.text("a"), .integer(1)]),
                "statement_by_live_property (claim_property=? AND claim_about_key<?)"
            ),
        ]
        for (plan, index) in plans {
            #expect(
                plan.contains { $0.contains(index) } && !plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN statement") },
                "\(plan)")
        }
        let resolutions = try plan(.resolutionsOfQuestion, [.integer(1), .text("a"), .integer(9)])
        #expect(resolutions.contains { $0.contains("conflict_resolution_by_question (about=? AND property=?)") }, "\(resolutions)")
    }

    /// A store with a conflict that is settled.
    private func settle(_ path: String) async throws {
        let store = try SQLiteNewsroomStore.open(
            .init(path: path, queryWithin: .seconds(600)), now: { Instant(milliseconds: 1_711_540_800_000) },
            randomness: SeededRandomSource(seed: 5))
        do {
            let talks = try await store.events.create(.sample("Talks"))
            var statements: [Statement] = []
            for value in ["yes", "no"] {
                let claim = Claim(about: .id(talks.record.id), property: "held", value: value)
                statements.append(try await store.statements.create(.sample { $0.claim = claim }))
            }
            var draft = ConflictResolution.Draft()
            (draft.value, draft.how, draft.basis) = ("no", "asked", [.id(statements[1].record.id)])
            let id = ConflictID(about: talks.record.id, property: "held")
            _ = try await store.conflicts.resolve(id, Proposal(draft), by: editor, isRehearsal: false, receipt: nil)
            #expect(try await store.conflicts.find(id, knownBy: nil, as: .newsroom).status == .resolved)
            await store.close()
        } catch {
            await store.close()
            throw error
        }
    }

    @Test func `what was recorded is not changed, and the check compares it with the log`() async throws {
        let path = folder.file("newsroom.db")
        try await settle(path)
        #expect(try StoreCheck.run(path: path).isEmpty)
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        for change in ["UPDATE conflict_resolution SET how = 'x'", "DELETE FROM conflict_resolution"] {
            #expect(throws: SQLiteError.self, "\(change)") { try database.run(SQL(assembled: change)) }
        }
        try database.run(SQL(assembled: "UPDATE conflict_resolution_settled SET value = 'perhaps' WHERE value = 'yes'"))
        try database.close()
        let findings = try StoreCheck.run(path: path)
        #expect(findings.count == 1 && findings[0].contains("not in the table conflict_resolution what the log says"), "\(findings)")
    }

    @Test func `a page ends when much was looked at, and goes on from there`() async throws {
        let path = folder.file("many.db")
        try await settle(path)
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        // Questions on which nobody contradicts anybody, behind which nothing more comes.
        let insert = """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(ConflictWalk.questionCountMax + 10))
            INSERT INTO statement (
                id, version, created_at_ms, updated_at_ms, source_key, described_as, hops, manner, form, status, claim_about_key,
                claim_property, claim_value, text
            )
            SELECT printf('sta_%026d', n), 1, 1, 1, (SELECT max(key) FROM unnamed_source), 'x', 0, 'said', 'quote', 'live',
                (SELECT max(key) FROM event), printf('a%d', n), 'v', 't'
            FROM number
            """
        try database.run(SQL(assembled: insert))
        let reading = ConflictReading(database: database, viewer: .newsroom, now: Instant(milliseconds: 1_711_540_800_000))
        var query = ConflictQuery()
        let first = try ConflictWalk(query: query, reading: reading).page()
        #expect(first.items.isEmpty)
        #expect(first.next != nil)
        query.after = first.next
        let second = try ConflictWalk(query: query, reading: reading).page()
        #expect(second.items.map(\.id.property) == ["held"] && second.next == nil)
        try database.close()
    }
}
