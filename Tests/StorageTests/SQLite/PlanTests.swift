import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Which indexes lists are read by. The tables are empty: the planner decides by the indexes alone, as it does without statistics.
@Suite(.inTurn) struct PlanTests {
    private let folder = TemporaryFolder()
    private let database: Database

    init() throws {
        let path = folder.file("plans.db")
        database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: .embedded()).migrate(database, now: { Instant(milliseconds: 0) })
    }

    @Test func `every equality finds its rows by an index`() throws {
        func check<R: StoredResource>(_: R.Type) throws {
            for member in R.FilterMember.allCases where member.valueType != .window {
                for comparison in [Comparison.equal, .oneOf] where comparison == .equal || member.valueType != .date {
                    for sort in R.SortMember.allCases {
                        let filter = Filter(member, comparison, [try value(member.valueType)])
                        for (plan, text) in try plans(ListQuery<R>(filters: [filter], sort: Sort(sort, descending: true))) {
                            #expect(!plan.contains { isScan($0, of: R.table) }, "\(member) \(comparison): \(plan) for \(text)")
                            #expect(plan.contains { $0.hasPrefix("SEARCH") }, "\(member) \(comparison): \(plan) for \(text)")
                        }
                    }
                }
            }
        }
        try check(Article.self)
        try check(Person.self)
        try check(Organization.self)
        try check(Event.self)
        try check(Statement.self)
    }

    @Test func `a prefix and a span of time are ranges of an index`() throws {
        func check<R: StoredResource>(_: R.Type, _ sort: R.SortMember, _ members: [(R.FilterMember, Comparison)]) throws {
            for (member, comparison) in members {
                let filter = Filter(member, comparison, [try value(member.valueType)])
                for (plan, text) in try plans(ListQuery<R>(filters: [filter], sort: Sort(sort, descending: true))) {
                    #expect(!plan.contains { isScan($0, of: R.table) }, "\(member) \(comparison): \(plan) for \(text)")
                }
            }
        }
        try check(
            Article.self, .publishedAt,
            [
                (.headline, .startsWith), (.section, .startsWith), (.tag, .startsWith), (.publishedAt, .greater),
                (.publishedAt, .lessOrEqual),
            ])
        try check(Article.self, .createdAt, [(.createdAt, .less), (.createdAt, .greaterOrEqual)])
        try check(Article.self, .updatedAt, [(.updatedAt, .greater)])
        try check(Person.self, .sortName, [(.name, .startsWith), (.sortName, .startsWith), (.role, .startsWith)])
        try check(Organization.self, .name, [(.name, .startsWith)])
        try check(Event.self, .title, [(.title, .startsWith)])
    }

    @Test func `a cheap list is a walk along one index, wherever it begins`() throws {
        func check<R: StoredResource>(_: R.Type) throws {
            let positions: [Position?] = [
                nil, Position(sortKey: .null, tieBreaker: 5), Position(sortKey: .integer(7), tieBreaker: 5),
                Position(sortKey: .text("x"), tieBreaker: 5),
            ]
            for position in positions {
                for sort in R.SortMember.allCases {
                    for descending in [true, false] {
                        for filter in [nil] + R.FilterMember.allCases.filter({ $0.valueType != .window }).map({ Optional($0) }) {
                            for viewer in [Viewer.anonymous, .newsroom] where viewer == .newsroom || filter?.isInternal != true {
                                let filters = try filter.map { [Filter($0, .equal, [try value($0.valueType)])] } ?? []
                                let query = ListQuery<R>(filters: filters, sort: Sort(sort, descending: descending), after: position)
                                guard try ListPlan(query, by: Sight(of: viewer, at: Instant(milliseconds: 0))).isCheap else { continue }
                                for (plan, text) in try plans(query, as: viewer) {
                                    // One row at the most may be sorted as SQLite likes.
                                    let isOne = filter.map { ["id", "slug", "external_id"].contains($0.rawValue) } ?? false
                                    #expect(isOne || !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan) for \(text)")
                                    #expect(plan.first?.contains("USING") == true, "\(plan) for \(text)")
                                }
                            }
                        }
                    }
                }
            }
        }
        try check(Article.self)
        try check(Person.self)
        try check(Organization.self)
        try check(Event.self)
        try check(Statement.self)
    }

    @Test func `the newest with a section, tag, place or reference are cheap, and so is the front page`() throws {
        let members: [Article.FilterMember?] = [
            nil, .id, .slug, .type, .section, .tag, .place, .language, .urgency, .status, .source, .externalID, .author, .person,
            .organization, .event,
        ]
        for member in members {
            let filters = try member.map { [Filter($0, .equal, [try value($0.valueType)])] } ?? []
            let query = ListQuery<Article>(filters: filters, sort: Sort(.publishedAt, descending: true))
            #expect(try ListPlan(query, by: Sight(of: .anonymous, at: Instant(milliseconds: 0))).isCheap, "\(String(describing: member))")
        }
        for query in [
            ListQuery<Article>(sort: Sort(.headline), counts: true),
            ListQuery(filters: [Filter(.headline, .contains, [.text("x")])], sort: Sort(.publishedAt)),
            ListQuery(filters: [Filter(.section, .equal, [.text("x")])], sort: Sort(.headline)),
            ListQuery(sort: Sort(.publishedAt), limit: 200, isWhole: true), ListQuery(sort: Sort(.createdAt)),
            ListQuery(sort: Sort(.headline)),
        ] {
            #expect(try !ListPlan(query, by: Sight(of: .anonymous, at: Instant(milliseconds: 0))).isCheap)
        }
    }

    @Test func `events by when they are are found by how long they last, off the event loops`() throws {
        for (text, byLength) in [("2024-04", 16), ("2024-04-01/2024-04-07", 16), ("2024-04/..", 0), ("../2024-04", 0)] {
            let filter = Filter(Event.FilterMember.window, .overlaps, [.window(try edtf(text))])
            let query = ListQuery<Event>(filters: [filter], sort: Sort(.earliest))
            #expect(try !ListPlan(query, by: Sight(of: .newsroom, at: Instant(milliseconds: 0))).isCheap)
            for (plan, text) in try plans(query) {
                #expect(!plan.contains { $0.hasPrefix("SCAN event") || $0.hasPrefix("SCAN found") }, "\(plan) for \(text)")
                let search = "SEARCH found USING INDEX event_by_span (<expr>=? AND earliest_ms>? AND earliest_ms<?)"
                #expect(plan.count { $0 == search } == byLength, "\(plan) for \(text)")
                #expect(plan.count { $0.contains("event_by_open_") } == 3, "\(plan) for \(text)")
            }
        }
    }

    @Test func `who held an office when is found by title, organization or day`() throws {
        let at = Filter(Person.FilterMember.at, .equal, [.window(try edtf("2024-03-27"))])
        let cases: [([Filter<Person.FilterMember>], String)] = [
            ([], "person_by_office_day (held_from_day<?)"),
            ([Filter(.role, .equal, [.text("x")])], "person_by_office (folded_title=? AND held_from_day<?)"),
            ([Filter(.role, .startsWith, [.text("x")])], "person_by_office (folded_title>? AND folded_title<?)"),
            ([Filter(.organization, .equal, [.slug(try slug("x"))])], "person_by_organization (organization_key=? AND held_from_day<?)"),
            (
                [Filter(.role, .equal, [.text("x")]), Filter(.organization, .equal, [.slug(try slug("x"))])],
                "person_by_office (folded_title=? AND held_from_day<?)"
            ),
            (
                [Filter(.role, .startsWith, [.text("x")]), Filter(.organization, .equal, [.slug(try slug("x"))])],
                "person_by_organization (organization_key=? AND held_from_day<?)"
            ),
        ]
        for (filters, index) in cases {
            for sort in Person.SortMember.allCases {
                for (plan, text) in try plans(ListQuery<Person>(filters: filters + [at], sort: Sort(sort))) {
                    #expect(plan.contains { $0.contains(index) }, "\(plan) for \(text)")
                    #expect(!plan.contains { isScan($0, of: "person") || isScan($0, of: "person_role") }, "\(plan) for \(text)")
                }
            }
        }
    }

    @Test func `what is overdue, and what lies before or behind a time, is a range of an index`() throws {
        let april = FilterValue.window(try edtf("2024-04"))
        let cases: [(Filter<Event.FilterMember>, String)] = [
            (Filter(.overdue, .equal, [.integer(1)]), "event_by_due (due_ms<?)"),
            (Filter(.overdue, .equal, [.integer(0)]), "event_by_due (due_ms>?)"),
            (Filter(.window, .less, [april]), "event_by_latest (latest_ms<?)"),
            (Filter(.window, .lessOrEqual, [april]), "event_by_latest (latest_ms<?)"),
            (Filter(.window, .greater, [april]), "event_by_earliest (earliest_ms>?)"),
            (Filter(.window, .greaterOrEqual, [april]), "event_by_earliest (earliest_ms>?)"),
        ]
        for (filter, index) in cases {
            for (plan, text) in try plans(ListQuery<Event>(filters: [filter], sort: Sort(.title))) {
                #expect(plan.contains { $0.contains(index) }, "\(plan) for \(text)")
                #expect(!plan.contains { isScan($0, of: "event") }, "\(plan) for \(text)")
            }
        }
    }

    @Test func `what has no date yet is not walked over for others`() throws {
        for member in [nil, .section, .type, .tag, .person] as [Article.FilterMember?] {
            for descending in [false, true] {
                let filters = try member.map { [Filter($0, .equal, [try value($0.valueType)])] } ?? []
                let query = ListQuery<Article>(filters: filters, sort: Sort(.publishedAt, descending: descending))
                let (plan, text) = try #require(try plans(query, as: .anonymous).first)
                #expect(plan.first?.contains("published_at_ms>?") == true, "\(plan) for \(text)")
            }
        }
    }

    @Test func `for the newsroom every unfiltered list is cheap`() throws {
        for sort in Article.SortMember.allCases {
            #expect(try ListPlan(ListQuery<Article>(sort: Sort(sort)), by: Sight(of: .newsroom, at: Instant(milliseconds: 0))).isCheap)
        }
    }

    @Test func `what everybody may see is counted from an index alone`() throws {
        let plan = try FilterPlan<Article>([], by: Sight(of: .anonymous, at: Instant(milliseconds: 0)))
        let statement = plan.countStatement()
        #expect(try self.plan(statement.sql.text, statement.values) == ["SEARCH article USING COVERING INDEX article_by_status (status=?)"])
    }

    @Test func `what everybody may see goes on at its cursor, not at the present moment`() throws {
        let query = ListQuery<Article>(
            sort: Sort(.publishedAt, descending: true), after: Position(sortKey: .integer(-7), tieBreaker: 5))
        let plans = try plans(query, as: .anonymous)
        #expect(!plans.isEmpty)
        for (plan, text) in plans {
            #expect(plan.first?.contains("article_by_status (status=? AND published_at_ms") == true, "\(plan) for \(text)")
        }
    }

    /// Of each statement of a page what SQLite is going to do, and its text.
    private func plans<R: StoredResource>(_ query: ListQuery<R>, as viewer: Viewer = .newsroom) throws -> [(plan: [String], text: String)] {
        let listed = try ListPlan(query, by: Sight(of: viewer, at: Instant(milliseconds: 0)))
        return try listed.statements(try listed.lead(in: database), after: query.after).map { statement in
            (try plan(statement.sql.text, statement.values + [.integer(20)]), statement.sql.text)
        }
    }

    private func plan(_ text: String, _ values: [SQLValue]) throws -> [String] {
        let query = Query(SQL(assembled: "EXPLAIN QUERY PLAN " + text)) { row throws(SQLiteError) in row.text(3) }
        return try database.all(query) { $0.add(values) }
    }

    /// Whether a whole table is read. A constant row, or the index of a part that is itself searched for, is not that.
    private func isScan(_ line: String, of table: String) -> Bool {
        line.hasPrefix("SCAN \(table)") && (line == "SCAN \(table)" || line.hasPrefix("SCAN \(table) "))
    }

    private func value(_ type: ListValueType) throws -> FilterValue {
        switch type {
        case .text, .word, .mark: .text("x")
        case .integer: .integer(1)
        case .instant, .lastInstant: .instant(Instant(milliseconds: 0))
        case .window, .date: .window(try edtf("2024-04"))
        case .flag: .integer(1)
        case .reference, .party: .id("x")
        case .externalID: .externalID(try externalID("a:b"))
        }
    }
}
