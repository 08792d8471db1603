import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// By which indexes timelines and the desk are read.
@Suite(.inTurn) struct TimelinePlanTests {
    private let folder = TemporaryFolder()
    private let database: Database

    init() throws {
        let path = folder.file("plans.db")
        database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: .embedded()).migrate(database, now: { Instant(milliseconds: 0) })
    }

    private func plan(
        _ kind: TimelineKind, _ scope: TimelineScope, _ clock: TimelineClock, _ change: (inout TimelineQuery) -> Void = { _ in }
    ) throws -> [String]? {
        var query = TimelineQuery(by: clock)
        change(&query)
        guard let walk = TimelineWalk(kind, query, in: scope, for: .anonymous, at: Instant(milliseconds: 9)) else { return nil }
        return try explained(walk.statement.sql.text) { $0.add(walk.statement.values) }
    }

    private func explained(_ text: String, _ bind: (inout Bindings) -> Void) throws -> [String] {
        let explained = Query<String>(SQL(assembled: "EXPLAIN QUERY PLAN \(text)")) { row throws(SQLiteError) in row.text(3) }
        return try database.all(explained, bind)
    }

    private static let changes: [@Sendable (inout TimelineQuery) -> Void] = [
        { _ in }, { $0.isDescending = true }, { $0.from = Instant(milliseconds: 1) }, { $0.knownBy = Instant(milliseconds: 7) },
        { $0.after = TimelinePosition(at: Instant(milliseconds: 5), kind: .statement, key: 3) },
    ]

    @Test func `the timeline of all walks along the index of its clock`() throws {
        let walks: [(TimelineKind, TimelineClock, String)] = [
            (.statement, .occurred, "statement_by_earliest"), (.statement, .said, "statement_by_earliest"),
            (.statement, .published, "article_by_first_published_at"), (.statement, .recorded, "statement_by_created_at"),
            (.publication, .occurred, "article_by_first_published_at"), (.publication, .published, "article_by_first_published_at"),
            (.publication, .recorded, "article_by_created_at"),
        ]
        for (kind, clock, index) in walks {
            for change in Self.changes {
                let plan = try #require(try plan(kind, .all, clock, change))
                #expect(plan.first?.contains(index) == true, "\(kind) \(clock): \(plan)")
                // Statements of articles that were published at one instant are ordered among themselves.
                let sorts = plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }
                #expect(!sorts, "\(kind) \(clock): \(plan)")
            }
        }
    }

    @Test func `the timeline of one looks up what belongs to it`() throws {
        for scope in [TimelineScope.event(3), .person(3)] {
            for kind in TimelineKind.allCases {
                for clock in TimelineClock.allCases {
                    for change in Self.changes {
                        guard let plan = try plan(kind, scope, clock, change) else { continue }
                        for table in ["article", "statement", "event_transition", "event", "event_participant", "article_event"] {
                            let isScanned = plan.contains { $0 == "SCAN \(table)" || $0.hasPrefix("SCAN \(table) ") }
                            #expect(!isScanned, "\(kind) \(clock): \(plan)")
                        }
                    }
                }
            }
        }
        #expect(try plan(.transition, .all, .said) == nil && plan(.transition, .all, .published) == nil)
        #expect(try plan(.publication, .all, .said) == nil)
        #expect(try plan(.publication, .all, .occurred) { $0.kinds = [.statement] } == nil)
    }

    @Test func `the desk is found by indexes`() throws {
        let sections: [(Query<Int64>, Int, String)] = [
            (.due, 3, "event_by_status"), (.overdue, 2, "event_by_due"), (.embargoes, 3, "article_by_embargoed_until"),
            (.singleSource, 1, "statement_by_created_at"),
        ]
        for (query, count, index) in sections {
            let plan = try explained(query.sql.text) { values in for _ in 0..<count { values.add(5) } }
            #expect(plan.first?.contains(index) == true, "\(plan)")
        }
        let others = try explained(Query<Int64>.singleSource.sql.text) { $0.add(5) }
        #expect(others.contains { $0.contains("SEARCH other USING INDEX statement_by_claim ") }, "\(others)")
        let marks = try explained(Query<String>.needsReview.sql.text) { $0.add(5) }
        #expect(marks.first?.contains("review_open") == true, "\(marks)")
    }
}
