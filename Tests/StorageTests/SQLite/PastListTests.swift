import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// What the past costs: how it is found, and where it ends.
@Suite(.inTurn) struct PastListTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    @Test func `a list of the past ends at the deadline, also where SQLite has little to do`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        let made = try await store.people.create(.sample())
        let then = clock.now
        clock.advance(milliseconds: 1)
        try await store.people.change(made.record.id) { $0.name = "B" }
        await store.close()
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        let list = try PastList(ListQuery<Person>(sort: Sort(.name)), by: Sight(of: .newsroom, asOf: then, at: clock.now))
        #expect(try list.page(from: database).items == [made])
        database.deadline = MonotonicTime(nanoseconds: 1)
        let error = #expect(throws: SQLiteError.self) { try list.page(from: database) }
        #expect(error.map { StoreError($0) } == .deadline)
        database.deadline = .distantFuture
        try database.close()
    }

    @Test func `an older log gives the same past as one that was kept while it was written, and a check sees what differs`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        _ = try await World(store, clock)
        var upheaval = Upheaval(store, clock, seed: 3)
        for _ in 0..<3 { try await upheaval.run() }
        await store.close()
        let kept = try dump()
        #expect(kept.count == 4 && kept.allSatisfy { !$0.isEmpty })
        var findings = try pastFindings()
        #expect(findings == [])
        try execute(
            """
            DELETE FROM article_past; DELETE FROM person_past; DELETE FROM organization_past; DELETE FROM event_past;
            UPDATE past_state SET filled_seq = 0, wanted_seq = (SELECT max(seq) FROM log);
            """)
        findings = try pastFindings()
        #expect(findings.contains { $0.hasSuffix("article_past does not say so") })
        await (try StoreUnderTest.all[0].open(folder, clock)).close()
        #expect(try dump() == kept)
        findings = try pastFindings()
        #expect(findings == [])
        for (change, finding) in [
            ("UPDATE event_past SET title = 'other' WHERE seq = (SELECT min(seq) FROM event_past)", "has another title in event_past"),
            ("UPDATE person_past SET until_seq = until_seq + 1000", "person_past does not say so"),
            (
                "INSERT INTO organization_past SELECT seq, seq + 1, 1, id, 'x', 'x', 'x', NULL, 0, 0 FROM log WHERE kind = 'event' LIMIT 1",
                "that the log does not have"
            ),
        ] {
            try execute(change)
            findings = try pastFindings()
            #expect(findings.contains { $0.contains(finding) }, "\(findings)")
        }
    }

    /// What a check says of the tables of past versions.
    private func pastFindings() throws -> [String] {
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        defer { try? database.close() }
        return try PastCheck.findings(database)
    }

    private func execute(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: script)
        try database.close()
    }

    /// All rows of the tables of past versions.
    private func dump() throws -> [[String]] {
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        defer { try? database.close() }
        let tables = [
            ("article", Article.pastColumns), ("person", Person.pastColumns), ("organization", Organization.pastColumns),
            ("event", Event.pastColumns),
        ]
        return try tables.map { kind, columns in
            let parts = (["seq", "until_seq", "key"] + columns).map { "quote(\($0))" }.joined(separator: " || ' ' || ")
            let text = "SELECT \(parts) FROM \(kind)_past ORDER BY seq"
            return try database.all(Query<String>(SQL(assembled: text)) { row throws(SQLiteError) in row.text(0) })
        }
    }

    @Test func `along its order the past is read from one index`() async throws {
        await (try StoreUnderTest.all[0].open(folder, clock)).close()
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        func check<R: HistoricResource>(_: R.Type) throws {
            for sort in R.SortMember.allCases {
                for viewer in [Viewer.newsroom, .anonymous] {
                    for after in [nil, Position(sortKey: sort.keyType == .text ? .text("x") : .integer(5), tieBreaker: 5)] {
                        for statement in PastVersions<R>(
                            [], at: PastMoment(sequence: 7, at: clock.now, in: database), by: Sight(of: viewer, at: clock.now)
                        ).ordered(by: Sort(sort, descending: true), after: after) {
                            let text = "EXPLAIN QUERY PLAN " + statement.sql.text
                            let lines = try database.all(Query(SQL(assembled: text)) { row throws(SQLiteError) in row.text(3) }) {
                                $0.add(statement.values)
                            }
                            #expect(!lines.contains { $0.contains("TEMP B-TREE") }, "\(lines)")
                            #expect(lines[0].contains("INDEX \(R.table)_past_by_"), "\(lines)")
                        }
                    }
                }
            }
        }
        try check(Article.self)
        try check(Person.self)
        try check(Organization.self)
        try check(Event.self)
        try database.close()
    }

    @Test func `the place of an instant in the log is that of the last row recorded by then`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        let start = clock.now.milliseconds
        for steps in [0, 0, 3, 0, 5] as [Int64] {
            clock.advance(milliseconds: steps)
            try await store.people.create(.sample("Person"))
        }
        await store.close()
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        for (offset, sequence) in [(-1, 0), (0, 2), (2, 2), (3, 4), (7, 4), (8, 5), (9, 5)] as [(Int64, Int64)] {
            #expect(try PastMoment(at: Instant(milliseconds: start + offset), in: database).sequence == sequence)
        }
        try database.close()
    }

    @Test func `revisions, versions and ends are found by the indexes of ids and addresses`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        await store.close()
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        let statements = [
            (Query<LogRow>.newestOfID.sql.text, 1, "log_by_id"), (Query<LogRow>.newestOfIDUpTo.sql.text, 2, "log_by_id"),
            (LoggedVersion<Article>.query.sql.text, 2, "log_by_id"), (Query<LogRow>.deletionOfSlug.sql.text, 5, "log_by_deleted_slug"),
        ]
        for (text, valueCount, index) in statements {
            let query = Query<String>(SQL(assembled: "EXPLAIN QUERY PLAN \(text)")) { row throws(SQLiteError) in row.text(3) }
            let plan = try database.all(query) { values in for _ in 0..<valueCount { values.addNull() } }
            // What hangs on an article is looked up besides.
            #expect(plan[0].contains("USING INDEX \(index)") && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        }
        try database.close()
    }
}
