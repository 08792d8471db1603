import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// How lists are read, on a file with rows enough that it matters which index is entered.
@Suite(.inTurn) struct ListLeadTests {
    private let folder = TemporaryFolder()
    private let database: Database
    private let now = Instant(milliseconds: 1_000_000_000)

    init() throws {
        let path = folder.file("leads.db")
        database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: .embedded()).migrate(database, now: { Instant(milliseconds: 0) })
        try database.execute(script: ListLeadTests.rows)
    }

    /// 3,000 articles and as many of the others; what they are made of is a matter of their numbers.
    private static let rows = """
        BEGIN;
        CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999) SELECT i FROM n;
        INSERT INTO organization (key, id, slug, version, created_at_ms, updated_at_ms, name, kind, parent_key, country)
        SELECT i + 1, printf('org_%026d', i), 'o' || i, 1, i / 2, i, 'Office ' || (i % 500),
            CASE i % 5 WHEN 0 THEN 'media' ELSE 'company' END, nullif(i / 7, 0), CASE i % 3 WHEN 0 THEN 'GB' END
        FROM n;
        INSERT INTO person (key, id, slug, version, created_at_ms, updated_at_ms, name, sort_name, born)
        SELECT i + 1, printf('per_%026d', i), 'p' || i, 1, i / 2, i, 'Name ' || (i % 700), (i % 700) || ' Name', nullif(1900 + i % 90, 1950)
        FROM n;
        INSERT INTO person_role (person_key, position, title, organization_key)
        SELECT i + 1, 0, 'Title ' || (i % 9), i + 1 FROM n UNION ALL SELECT i + 1, 1, 'Title 3', 1 + i / 2 FROM n;
        INSERT INTO event (key, id, slug, version, created_at_ms, updated_at_ms, title, kind, status, part_of_key, edtf, earliest_ms,
            latest_ms, precision, confirmed, country)
        SELECT i + 1, printf('evt_%026d', i), 'e' || i, 1, i / 2, i, 'Event ' || (i % 40), 'meeting', 'proposed', nullif(i / 9, 0),
            CASE i % 4 WHEN 0 THEN NULL ELSE '2024' END, CASE i % 4 WHEN 0 THEN NULL ELSE (i - 1500) * 86400000 END,
            CASE i % 4 WHEN 2 THEN (i - 1490) * 86400000 WHEN 3 THEN (i - 1499) * 86400000 END,
            CASE i % 4 WHEN 0 THEN NULL ELSE 'day' END, CASE i % 4 WHEN 0 THEN NULL ELSE 1 END, CASE i % 6 WHEN 0 THEN 'FR' END
        FROM n;
        INSERT INTO event_participant (event_key, position, person_key)
        SELECT i + 1, 0, i + 1 FROM n UNION ALL SELECT i + 1, 1, 1 + i % 10 FROM n;
        INSERT INTO event_participant (event_key, position, organization_key) SELECT i + 1, 2, 1 + i % 30 FROM n;
        INSERT INTO article (key, id, slug, version, created_at_ms, updated_at_ms, type, status, embargoed_until_ms, published_at_ms,
            first_published_at_ms, urgency, language, section, source, headline, word_count, body_format, body)
        SELECT i + 1, printf('art_%026d', i), 'a' || i, 1, i / 2, i, CASE i % 10 WHEN 0 THEN 'opinion' ELSE 'news' END,
            CASE WHEN i % 7 = 0 THEN 'draft' WHEN i % 11 = 0 THEN 'retracted' ELSE 'published' END,
            CASE i % 50 WHEN 1 THEN 2000000000 END, CASE WHEN i % 14 THEN i * 7919 % 3000 * 1000 END,
            CASE WHEN i % 14 THEN i * 7919 % 3000 * 1000 END, 1 + i % 9, CASE i % 20 WHEN 0 THEN 'fr' ELSE 'en' END, 's' || (i % 13),
            'wire', 'Headline ' || (i % 900), 3, 'text', 'b'
        FROM n;
        INSERT INTO article_tag (article_key, position, tag, published_at_ms)
        SELECT i + 1, p, 't' || ((i + p) % (9 + 90 * p)), (SELECT published_at_ms FROM article WHERE key = i + 1)
        FROM n, (SELECT 0 AS p UNION ALL SELECT 1);
        INSERT INTO article_person (article_key, position, person_key, role, published_at_ms)
        SELECT i + 1, p, 1 + i % 40, p, (SELECT published_at_ms FROM article WHERE key = i + 1) FROM n, (SELECT 0 AS p UNION ALL SELECT 1);
        INSERT INTO article_author (article_key, position, person_key, published_at_ms)
        SELECT i + 1, 0, 1 + i % 2900, (SELECT published_at_ms FROM article WHERE key = i + 1) FROM n;
        INSERT INTO article_organization (article_key, position, organization_key, published_at_ms)
        SELECT i + 1, 0, 1 + i % 3, (SELECT published_at_ms FROM article WHERE key = i + 1) FROM n;
        INSERT INTO article_event (article_key, position, event_key, published_at_ms)
        SELECT i + 1, 0, 1 + i % 100, (SELECT published_at_ms FROM article WHERE key = i + 1) FROM n WHERE i % 2;
        INSERT INTO article_external_id (article_key, source, value) SELECT i + 1, 'wire', i FROM n;
        INSERT INTO unnamed_source (key, id, created_at_ms) SELECT i + 1, printf('src_%026d', i), i FROM n WHERE i < 20;
        INSERT INTO statement (key, id, version, created_at_ms, updated_at_ms, person_key, organization_key, source_key, described_as, hops,
            manner, form, status, article_key, corrects_key, claim_about_key, claim_property, claim_value, edtf, earliest_ms, latest_ms,
            precision, confirmed, text)
        SELECT i + 1, printf('sta_%026d', i), 1, i / 2, i / 2 * 2, CASE i % 3 WHEN 0 THEN 1 + i % 10 END,
            CASE i % 3 WHEN 1 THEN 1 + i % 9 END,
            CASE i % 3 WHEN 2 THEN 1 + i % 20 END, CASE i % 3 WHEN 2 THEN 'an official' END, i % 4,
            CASE i % 5 WHEN 0 THEN 'denied' ELSE 'said' END, 'quote', CASE i % 9 WHEN 0 THEN 'withdrawn' ELSE 'live' END, nullif(i / 2, 0),
            nullif(i / 11, 0), CASE i % 2 WHEN 0 THEN 1 + i % 30 END, CASE i % 2 WHEN 0 THEN 'a' || (i % 80) END,
            CASE i % 2 WHEN 0 THEN '7' END, CASE i % 4 WHEN 0 THEN NULL ELSE '2024' END,
            CASE i % 4 WHEN 0 THEN NULL ELSE (i - 1500) * 86400000 END,
            CASE i % 4 WHEN 2 THEN (i - 1490) * 86400000 WHEN 3 THEN (i - 1499) * 86400000 END,
            CASE i % 4 WHEN 0 THEN NULL ELSE 'day' END, CASE i % 4 WHEN 0 THEN NULL ELSE 1 END, 'x'
        FROM n;
        INSERT INTO statement_chain (statement_key, position, organization_key)
        SELECT i + 1, p, 1 + i % 12 FROM n, (SELECT 0 AS p UNION ALL SELECT 1) WHERE i % 4 > p;
        INSERT INTO statement_event (statement_key, position, event_key) SELECT i + 1, 0, 1 + i % 12 FROM n;
        COMMIT;
        """

    // MARK: What is read

    @Test(arguments: Kind.allCases)
    func `whatever leads, the list is the same`(_ kind: Kind) throws {
        switch kind {
        case .article: try checkLeads(Article.self)
        case .person: try checkLeads(Person.self)
        case .organization: try checkLeads(Organization.self)
        case .event: try checkLeads(Event.self)
        case .statement: try checkLeads(Statement.self)
        }
    }

    private func checkLeads<R: StoredResource>(_: R.Type) throws {
        let other = try filters(R.self).filter { $0.comparison == .less || $0.comparison == .equal }
        for (number, filter) in try filters(R.self).enumerated() {
            let filters = number % 2 == 0 ? [filter] : [filter, other[number % other.count]]
            for (index, sort) in R.SortMember.allCases.enumerated() {
                let isInternal = filters.contains { $0.member.isInternal }
                let viewer = (number / 2 + index) % 2 == 0 && !isInternal ? Viewer.anonymous : .newsroom
                let query = ListQuery<R>(filters: filters, sort: Sort(sort, descending: number % 3 == 0), limit: 40)
                let plan = try FilterPlan<R>(filters, by: Sight(of: viewer, at: now))
                var leads: [ListLead] = [.order]
                leads += filters.indices.filter {
                    var sql = SQLText()
                    return plan.keys($0, scans: true, in: &sql) != nil
                }.map { .few(.filter($0)) }
                if let common = try plan.common(in: database) { leads.append(.few(.keys(common))) }
                if let settled = ListPlan.choice(for: plan, R.sortColumn(sort)) { leads.append(settled) }
                leads.append(try ListPlan.choice(for: plan, R.sortColumn(sort), countMax: 10, in: database))
                leads.append(try ListPlan.choice(for: plan, R.sortColumn(sort), countMax: 10_000, in: database))
                let lists = try leads.map { try keys(query, $0, as: viewer) }
                let siftedLists = try leads.map { try sifted(query, $0, as: viewer) }
                for (lead, list) in zip(leads + leads, lists + siftedLists) where list != lists[0] {
                    Issue.record("\(lead) of \(filters) by \(sort) for \(viewer): \(list.prefix(5)) and not \(lists[0].prefix(5))")
                }
                let all = try plan.matching(nil, in: database)
                let count = try ListPlan(query, by: Sight(of: viewer, at: now)).count(in: database)
                #expect(all?.count == count, "\(filters)")
                #expect(lists[0].allSatisfy { all?.contains($0) == true }, "\(filters)")
            }
        }
    }

    /// The keys of two pages, by a walk that looks up row by row.
    private func sifted<R: StoredResource>(_ query: ListQuery<R>, _ lead: ListLead, as viewer: Viewer) throws -> [Int64] {
        var query = query
        var keys: [Int64] = []
        for _ in 0..<2 {
            let plan = try ListPlan(query, by: Sight(of: viewer, at: now))
            var walk = SiftedWalk(plan: plan, lead: lead, matches: nil, database: database)
            var page: [Position] = []
            try walk.each(.rows) { row, place throws(SQLiteError) in
                #expect(row.integer(0) == place.tieBreaker)
                page.append(place)
                return page.count < query.limit
            }
            keys += page.map(\.tieBreaker)
            guard page.count == query.limit, let last = page.last else { return keys }
            query.after = last
        }
        return keys
    }

    /// The keys of two pages.
    private func keys<R: StoredResource>(_ query: ListQuery<R>, _ lead: ListLead, as viewer: Viewer) throws -> [Int64] {
        var query = query
        var keys: [Int64] = []
        for _ in 0..<2 {
            var page: [(Int64, Position.SortKey)] = []
            let plan = try ListPlan(query, by: Sight(of: viewer, at: now))
            for statement in plan.statements(lead, after: query.after) where page.count < query.limit {
                let wanted = query.limit - page.count
                try database.each(
                    statement.sql,
                    { bindings in
                        bindings.add(statement.values)
                        bindings.add(wanted)
                    },
                    { row throws(SQLiteError) in
                        let sortKey: Position.SortKey =
                            if row.isNull(R.columnCount) {
                                .null
                            } else if query.sort.member.keyType == .text {
                                .text(row.text(R.columnCount))
                            } else {
                                .integer(row.integer(R.columnCount))
                            }
                        page.append((row.integer(0), sortKey))
                    })
            }
            keys += page.map(\.0)
            guard page.count == query.limit, let last = page.last else { return keys }
            query.after = Position(sortKey: last.1, tieBreaker: last.0)
        }
        return keys
    }

    /// Every filter that there is, with values that some rows have.
    private func filters<R: StoredResource>(_: R.Type) throws -> [Filter<R.FilterMember>] {
        var filters: [Filter<R.FilterMember>] = []
        for member in R.FilterMember.allCases {
            for comparison in Comparison.allCases where member.valueType != .flag || comparison == .equal {
                for values in try values(member.rawValue, member.valueType, comparison) {
                    let filter = Filter(member, comparison, values)
                    var sql = SQLText()
                    let condition = FilterCondition(comparison: comparison, values: values)
                    let sight = Sight(of: .anonymous, at: now)
                    let text = condition.text(R.filterSource(member), of: R.self, by: sight, in: &sql)
                    if text != nil { filters.append(filter) }
                }
            }
        }
        return filters
    }

    private func values(_ name: String, _ type: ListValueType, _ comparison: Comparison) throws -> [[FilterValue]] {
        if comparison == .isNull { return [[.integer(0)], [.integer(1)]] }
        let pairs: [FilterValue] =
            switch (type, name) {
            case (.text, "tag"): [.text("t1"), .text("t80")]
            case (.text, "section"): [.text("s3"), .text("s12")]
            case (.text, "headline"): [.text("Headline 77"), .text("headline 8")]
            case (.text, "language"): [.text("fr"), .text("en")]
            case (.text, "name"): [.text("Name 12"), .text("office 7")]
            case (.text, "born"): [.text("1949"), .text("1901")]
            case (.text, "role"): [.text("Title 3"), .text("title 1")]
            case (.text, "country"): [.text("GB"), .text("FR")]
            case (.text, "title"): [.text("Event 3"), .text("event 1")]
            case (.text, _): [.text("a77"), .text("7")]
            case (.word(let words), _): words.prefix(2).map { .text($0) }
            case (.mark, _): [.text("true")]
            case (.integer, _): [.integer(3), .integer(8)]
            case (.instant, "earliest"), (.lastInstant, _):
                [.instant(Instant(milliseconds: -86_400_000_000)), .instant(Instant(milliseconds: 5))]
            case (.instant, "created_at"), (.instant, "updated_at"):
                [.instant(Instant(milliseconds: 17)), .instant(Instant(milliseconds: 1_200))]
            case (.instant, _): [.instant(Instant(milliseconds: 90_000)), .instant(Instant(milliseconds: 2_800_000))]
            case (.date, _):
                [
                    .office(OfficeQuestion(days: 7_300...7_400)),
                    .office(OfficeQuestion(days: 0...0, titles: [.init(.startsWith, [.text("title")])])),
                ]
            case (.flag, _): [.integer(0), .integer(1)]
            case (.window, _): [.window(try edtf("1970-03")), .window(try edtf("1974/..")), .window(try edtf("../1966"))]
            case (.reference(.statement), _): [0, 7].map { .id("sta_" + String(repeating: "0", count: 25) + "\($0)") }
            case (.reference(let kind), _):
                [.slug(try slug("\(kind.rawValue.prefix(1))0")), .slug(try slug("\(kind.rawValue.prefix(1))7"))]
            case (.party, _): [.slug(try slug("p0")), .slug(try slug("o7"))]
            case (.externalID, _): [.externalID(try externalID("wire:7")), .externalID(try externalID("wire:none"))]
            }
        return comparison == .oneOf ? [pairs] : pairs.map { [$0] }
    }

    // MARK: What it may cost

    @Test func `what no index serves ends at the deadline, and so does a count`() throws {
        database.deadline = MonotonicTime(nanoseconds: 1)
        // Found by no index, or by one that has to be read from end to end: of all rows none fits.
        let walks: [[Filter<Article.FilterMember>]] = [
            [Filter(.status, .notEqual, [.text("draft")]), Filter(.source, .notEqual, [.text("wire")])],
            [Filter(.headline, .contains, [.text("no such")])], [Filter(.tag, .contains, [.text("no such")])],
        ]
        for filters in walks {
            for sort in Article.SortMember.allCases {
                let plan = try ListPlan(ListQuery<Article>(filters: filters, sort: Sort(sort)), by: Sight(of: .anonymous, at: now))
                let error = #expect(throws: SQLiteError.self, "\(filters)") { try plan.page(from: database) }
                #expect(error?.code.primary == .interrupted)
            }
        }
        let counts = try ListPlan(
            ListQuery<Article>(filters: [Filter(.status, .notEqual, [.text("ready")])], sort: Sort(.createdAt), limit: 1, counts: true),
            by: Sight(of: .newsroom, at: now))
        let error = #expect(throws: SQLiteError.self) { try counts.page(from: database) }
        #expect(error?.code.primary == .interrupted)
    }

    @Test func `facets that are not counted in time tell what they have`() throws {
        let members: [Article.FilterMember] = [.section, .tag, .person, .language]
        let sight = Sight(of: .anonymous, at: now)
        let within = try FacetCounting<Article>(FacetQuery(filters: [], members: members, within: .seconds(600)), by: sight)
        let all = try within.facets(from: database)
        #expect(all.allSatisfy { $0.isComplete && !$0.values.isEmpty } && all.map(\.member) == members)
        let late = try FacetCounting<Article>(FacetQuery(filters: [], members: members, within: .zero), by: sight)
        let some = try late.facets(from: database)
        #expect(some.allSatisfy { !$0.isComplete } && some.map(\.member) == members)
        for (part, whole) in zip(some, all) {
            let (counted, complete) = (part.values.reduce(0) { $0 + $1.count }, whole.values.reduce(0) { $0 + $1.count })
            #expect(counted < complete, "\(part.member)")
        }
        // The query's own time is left as it was.
        #expect(database.deadline == .distantFuture)
    }

    // MARK: By which index

    @Test(arguments: Kind.allCases)
    func `no filter reads a whole table but along an index, in the order or to find a few`(_ kind: Kind) throws {
        // The program has no statistics; who looks at the file with other tools may have made some.
        for isAnalyzed in [false, true] {
            if isAnalyzed { try database.execute(script: "ANALYZE") }
            switch kind {
            case .article: try checkPlans(Article.self, isAnalyzed)
            case .person: try checkPlans(Person.self, isAnalyzed)
            case .organization: try checkPlans(Organization.self, isAnalyzed)
            case .event: try checkPlans(Event.self, isAnalyzed)
            case .statement: try checkPlans(Statement.self, isAnalyzed)
            }
        }
    }

    private func checkPlans<R: StoredResource>(_: R.Type, _ isAnalyzed: Bool) throws {
        for (number, filter) in try filters(R.self).enumerated() {
            for (index, sort) in R.SortMember.allCases.enumerated() {
                let viewer = (number + index) % 2 == 0 && !filter.member.isInternal ? Viewer.anonymous : .newsroom
                let query = ListQuery<R>(filters: [filter], sort: Sort(sort, descending: true), limit: 20)
                let plan = try FilterPlan<R>([filter], by: Sight(of: viewer, at: now))
                let settled = ListPlan.choice(for: plan, R.sortColumn(sort))
                let leads = try [10, 10_000].map {
                    try settled ?? ListPlan.choice(for: plan, R.sortColumn(sort), countMax: $0, in: database)
                }
                for lead in leads {
                    for statement in try ListPlan(query, by: Sight(of: viewer, at: now)).statements(lead, after: nil) {
                        let lines = try explained(statement)
                        let context = "\(lead) of \(filter) by \(sort) for \(viewer): \(lines)"
                        // Which resource a slug names is looked up besides.
                        let own = lines.filter {
                            ($0.hasPrefix("SCAN \(R.table) ") || $0.hasPrefix("SEARCH \(R.table) "))
                                && !$0.contains("COVERING INDEX sqlite_auto")
                        }
                        #expect(!lines.contains("SCAN \(R.table)"), "\(context)")
                        switch lead {
                        // Along one index, from where it begins; nothing is sorted.
                        case .parts where isAnalyzed:
                            #expect(own == ["SEARCH \(R.table) USING INTEGER PRIMARY KEY (rowid=?)"], "\(context)")
                        case .order, .equals, .parts:
                            #expect(!lines.contains { $0.contains("TEMP B-TREE") }, "\(context)")
                            #expect(own.allSatisfy { $0.contains(" USING ") }, "\(context)")
                        // By their keys, which an index of the filter's own has found.
                        case .few:
                            #expect(own == ["SEARCH \(R.table) USING INTEGER PRIMARY KEY (rowid=?)"], "\(context)")
                            #expect(
                                lines.contains { $0.contains("found USING") || $0.contains("_") && $0.contains(" USING ") }, "\(context)")
                        }
                    }
                }
            }
        }
    }

    private func explained(_ statement: ListStatement) throws -> [String] {
        let query = Query(SQL(assembled: "EXPLAIN QUERY PLAN " + statement.sql.text)) { row throws(SQLiteError) in row.text(3) }
        return try database.all(query) { $0.add(statement.values + [.integer(20)]) }
    }
}
