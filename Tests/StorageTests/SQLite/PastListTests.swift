import Newsroom
import SQLite
import Testing

@testable import Storage

/// What the past costs: how it is found, and where it ends.
@Suite struct PastListTests {
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
        let list = try PastList(ListQuery<Person>(sort: Sort(.name)), asOf: then, for: .newsroom, at: clock.now)
        #expect(try list.page(from: database).items == [made])
        database.deadline = MonotonicTime(nanoseconds: 1)
        let error = #expect(throws: SQLiteError.self) { try list.page(from: database) }
        #expect(error.map { StoreError($0) } == .deadline)
        database.deadline = .distantFuture
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

    @Test func `revisions and versions are found by the index of ids`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        await store.close()
        let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
        let statements = [
            (Query<LogRow>.newestOfID.sql.text, 1), (Query<LogRow>.newestOfIDUpTo.sql.text, 2), (LoggedVersion<Article>.query.sql.text, 2),
        ]
        for (text, valueCount) in statements {
            let query = Query<String>(SQL(assembled: "EXPLAIN QUERY PLAN \(text)")) { row throws(SQLiteError) in row.text(3) }
            let plan = try database.all(query) { values in for _ in 0..<valueCount { values.addNull() } }
            #expect(plan.count == 1 && plan[0].contains("USING INDEX log_by_id"), "\(plan)")
        }
        try database.close()
    }
}
