import Newsroom
import Testing
import Turns

/// Counts of values, against a count of what the list itself shows.
@Suite(.inTurn) struct FacetTests {
    @Test(arguments: StoreUnderTest.all, [Viewer.anonymous, .newsroom])
    func `articles are counted by every value, whatever the filters`(_ kind: StoreUnderTest, _ viewer: Viewer) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            let sort = Sort(Article.SortMember.createdAt)
            let filters: [[Filter<Article.FilterMember>]] = [
                [], [Filter(.type, .notEqual, [.text("brief")])], [Filter(.section, .isNull, [.integer(0)])],
                [Filter(.headline, .contains, [.text("a")])], [Filter(.publishedAt, .isNull, [.integer(0)])],
            ]
            for filters in filters {
                let shown = try await store.articles.walk(ListQuery(filters: filters, sort: sort), as: viewer)
                let members = Article.FilterMember.allCases.filter(\.isFacet)
                let facets = try await store.articles.facets(
                    FacetQuery(filters: filters, members: members, valueCountMax: 1_000, within: .seconds(600)), as: viewer)
                #expect(facets.map(\.member) == members)
                for facet in facets {
                    #expect(facet.isComplete)
                    #expect(told(facet) == counts(of: shown) { Self.names($0, facet.member) }, "\(facet.member) \(filters)")
                }
            }
        }
    }

    private static func names(_ article: Article, _ member: Article.FilterMember) -> [String] {
        func ids<R>(_ references: [RoleReference<R>]) -> [String] {
            references.compactMap { if case .id(let id) = $0.target { id.text } else { nil } }
        }
        let draft = article.draft
        return switch member {
        case .type: [draft.type.rawValue]
        case .section: [draft.section].compactMap { $0 }
        case .tag: draft.tags
        case .place: draft.places
        case .language: [draft.language?.text].compactMap { $0 }
        case .urgency: [draft.urgency.map { "\($0.value)" }].compactMap { $0 }
        case .status: [draft.status?.rawValue].compactMap { $0 }
        case .source: [draft.source].compactMap { $0 }
        case .author: ids(draft.authors)
        case .person: ids(draft.people)
        case .organization: ids(draft.organizations)
        case .event: ids(draft.events)
        default: []
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the other kinds are counted too`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            let events = try await store.events.walk(ListQuery(sort: Sort(.title)))
            for facet in try await all(store.events) {
                #expect(
                    told(facet)
                        == counts(of: events) { event in
                            switch facet.member {
                            case .kind: [event.draft.kind.rawValue]
                            case .status: [event.draft.status.rawValue]
                            case .country: [event.draft.place?.country?.text].compactMap { $0 }
                            case .person:
                                event.draft.participants.compactMap {
                                    if case .person(.id(let id)) = $0.target { id.text } else { nil }
                                }
                            case .organization:
                                event.draft.participants.compactMap {
                                    if case .organization(.id(let id)) = $0.target { id.text } else { nil }
                                }
                            default: if case .id(let id)? = event.draft.partOf { [id.text] } else { [] }
                            }
                        }, "\(facet.member)")
            }
            let people = try await store.people.walk(ListQuery(sort: Sort(.name)))
            for facet in try await all(store.people) where facet.member == .role {
                #expect(told(facet) == counts(of: people) { $0.draft.roles.map(\.title) })
            }
            let organizations = try await store.organizations.walk(ListQuery(sort: Sort(.name)))
            for facet in try await all(store.organizations) where facet.member == .kind {
                #expect(told(facet) == counts(of: organizations) { [$0.draft.kind.rawValue] })
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the most frequent come first, equals by their texts, and no more than were asked for`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            for (section, count) in [("b", 2), ("a", 2), ("c", 3), ("d", 1)] {
                for number in 0..<count { try await store.articles.create(.sample("\(section)\(number)") { $0.section = section }) }
            }
            let query = FacetQuery<Article>(filters: [], members: [.section], valueCountMax: 3, within: .seconds(600))
            let facet = try #require(try await store.articles.facets(query, as: .anonymous).first)
            let expected = [("c", 3), ("a", 2), ("b", 2)].map { FacetValue(.text($0.0), count: $0.1) }
            #expect(facet == Facet(member: .section, values: expected, isComplete: true))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a person who comes back to an organization is one person, whoever was there meanwhile`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let house = try await store.organizations.create(.sample("Town Hall"))
            func draft(_ name: String, _ years: String...) -> Person.Draft {
                .sample(name) { draft in
                    draft.roles = years.map { Person.Role(title: "Mayor", organization: .id(house.record.id), from: PartialDate($0)) }
                }
            }
            let first = try await store.people.create(draft("Ada Frost", "2010", "2020"))
            _ = try await store.people.create(draft("Ada Snow", "2015"))
            func counts(_ name: String?, asOf instant: Instant? = nil) async throws -> [Int] {
                let filters = name.map { [Filter(Person.FilterMember.name, .startsWith, [.text($0)])] } ?? []
                let query = FacetQuery<Person>(
                    filters: filters, asOf: instant, members: [.organization, .role], valueCountMax: 5, within: .seconds(600))
                return try await store.people.facets(query, as: .newsroom).flatMap { $0.values.map(\.count) }
            }
            for name in [nil, "Ada", "Ada Frost"] { #expect(try await counts(name) == (name == "Ada Frost" ? [1, 1] : [2, 2])) }
            // More than are looked up one by one.
            let rows = (0..<2_000).map { number in
                let filled = draft("Ada \(number)", "2012", "2018")
                return ImportRow.person(ImportEntry(id: nil, externalIDs: ExternalIDs()) { _ in Proposal(filled) })
            }
            _ = try await store.importRows(rows, by: editor)
            for name in [nil, "Ada"] { #expect(try await counts(name) == [2_002, 2_002]) }
            let before = clock.now
            clock.advance(milliseconds: 10)
            try await store.people.change(first.record.id) { $0.roles = [] }
            #expect(try await counts("Ada", asOf: before) == [2_002, 2_002])
            #expect(try await counts("Ada") == [2_001, 2_001])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `two Unicode forms of one text are two values`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let forms = ["caf\u{E9}", "cafe\u{301}"]
            let both = try await store.articles.create(.sample("Both") { $0.tags = forms })
            try await store.articles.create(.sample("One") { $0.tags = [forms[1]] })
            try await store.people.create(.sample { $0.roles = forms.map { Person.Role(title: $0) } })
            func counts(asOf instant: Instant? = nil) async throws -> [[UInt8]: Int] {
                let query = FacetQuery<Article>(filters: [], asOf: instant, members: [.tag], within: .seconds(600))
                let facet = try #require(try await store.articles.facets(query, as: .newsroom).first)
                return bytes(facet)
            }
            #expect(try await counts() == [Array(forms[0].utf8): 1, Array(forms[1].utf8): 2])
            let roles = FacetQuery<Person>(filters: [], members: [.role], within: .seconds(600))
            let titles = try #require(try await store.people.facets(roles, as: .newsroom).first)
            #expect(bytes(titles) == [Array(forms[0].utf8): 1, Array(forms[1].utf8): 1])
            let before = clock.now
            clock.advance(milliseconds: 10)
            try await store.articles.change(both.record.id) { $0.tags = [] }
            #expect(try await counts(asOf: before) == [Array(forms[0].utf8): 1, Array(forms[1].utf8): 2])
        }
    }

    private func bytes<R: Resource>(_ facet: Facet<R>) -> [[UInt8]: Int] {
        var counts: [[UInt8]: Int] = [:]
        for value in facet.values {
            if case .text(let text) = value.value { counts[Array(text.utf8)] = value.count }
        }
        return counts
    }

    private func all<R: Resource>(_ resources: any ResourceStore<R>) async throws -> [Facet<R>] {
        let members = R.FilterMember.allCases.filter(\.isFacet)
        return try await resources.facets(
            FacetQuery(filters: [], members: members, valueCountMax: 1_000, within: .seconds(600)), as: .newsroom)
    }

    private func told<R: Resource>(_ facet: Facet<R>) -> [String: Int] {
        var counts: [String: Int] = [:]
        for value in facet.values {
            switch value.value {
            case .text(let text): counts[text] = value.count
            case .integer(let number): counts["\(number)"] = value.count
            case .reference(let id, _): counts[id] = value.count
            }
        }
        return counts
    }

    private func counts<R: Resource>(of resources: [R], _ names: (R) -> [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for resource in resources {
            for name in Set(names(resource)) { counts[name, default: 0] += 1 }
        }
        return counts
    }
}
