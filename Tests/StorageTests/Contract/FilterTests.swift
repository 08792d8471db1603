import Newsroom
import Testing
import Turns

/// Every member of every kind with every comparison, against what `FilterOracle` works out.
@Suite(.inTurn) struct FilterTests {
    @Test(arguments: StoreUnderTest.all)
    func `articles are filtered by every member`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let world = try await World(store, clock)
            try await check(
                store.articles, try await store.articles.walk(ListQuery(sort: Sort(.createdAt), isWhole: true)),
                Sort(.publishedAt, descending: true), world.names
            ) { article, member, names in
                let draft = article.draft
                switch member {
                case .id: return .texts([article.record.id.text])
                case .slug: return .texts([article.record.slug.text])
                case .type: return .texts([draft.type.rawValue])
                case .headline: return .texts([draft.headline], folds: true)
                case .section: return .texts([draft.section])
                case .tag: return .texts(draft.tags)
                case .place: return .texts(draft.places)
                case .language: return .texts([draft.language?.text])
                case .urgency: return .numbers([draft.urgency.map { Int64($0.value) }])
                case .status: return .texts([draft.status?.rawValue])
                case .source: return .texts([draft.source])
                case .createdAt: return .numbers([article.record.createdAt.milliseconds])
                case .updatedAt: return .numbers([article.record.updatedAt.milliseconds])
                case .publishedAt: return .numbers([draft.publishedAt?.milliseconds])
                case .firstPublishedAt: return .numbers([draft.firstPublishedAt?.milliseconds])
                case .embargoedUntil: return .numbers([draft.embargoedUntil?.milliseconds])
                case .externalID: return .references(draft.externalIDs.all.map { [.externalID($0)] })
                case .author: return .references(draft.authors.map { names.of($0.target) })
                case .person: return .references(draft.people.map { names.of($0.target) })
                case .organization: return .references(draft.organizations.map { names.of($0.target) })
                case .event: return .references(draft.events.map { names.of($0.target) })
                case .needsReview: return .texts([])
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `people are filtered by every member`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let world = try await World(store, clock)
            try await check(
                store.people, try await store.people.walk(ListQuery(sort: Sort(.createdAt))), Sort(.sortName), world.names
            ) { person, member, names in
                switch member {
                case .id: return .texts([person.record.id.text])
                case .slug: return .texts([person.record.slug.text])
                case .name: return .texts([person.draft.name], folds: true)
                case .sortName: return .texts([person.draft.sortName], folds: true)
                case .born: return .texts([person.draft.born?.text])
                case .createdAt: return .numbers([person.record.createdAt.milliseconds])
                case .updatedAt: return .numbers([person.record.updatedAt.milliseconds])
                case .externalID: return .references(person.draft.externalIDs.all.map { [.externalID($0)] })
                case .role: return .folded(person.draft.roles.map(\.title))
                case .organization: return .references(person.draft.roles.compactMap(\.organization).map { names.of($0) })
                case .at:
                    return .spans(
                        person.draft.roles.map {
                            ($0.from?.earliestDay ?? -OfficeQuestion.farDay)...($0.to?.latestDay ?? OfficeQuestion.farDay)
                        })
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `organizations are filtered by every member`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let world = try await World(store, clock)
            try await check(
                store.organizations, try await store.organizations.walk(ListQuery(sort: Sort(.createdAt))), Sort(.name), world.names
            ) { organization, member, names in
                switch member {
                case .id: return .texts([organization.record.id.text])
                case .slug: return .texts([organization.record.slug.text])
                case .name: return .texts([organization.draft.name], folds: true)
                case .kind: return .texts([organization.draft.kind.rawValue])
                case .country: return .texts([organization.draft.country?.text])
                case .parent: return .references(organization.draft.parent.map { [names.of($0)] } ?? [])
                case .createdAt: return .numbers([organization.record.createdAt.milliseconds])
                case .updatedAt: return .numbers([organization.record.updatedAt.milliseconds])
                case .externalID: return .references(organization.draft.externalIDs.all.map { [.externalID($0)] })
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `events are filtered by every member`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let world = try await World(store, clock)
            try await check(
                store.events, try await store.events.walk(ListQuery(sort: Sort(.createdAt))), Sort(.earliest, descending: true), world.names
            ) { event, member, names in
                switch member {
                case .id: return .texts([event.record.id.text])
                case .slug: return .texts([event.record.slug.text])
                case .title: return .texts([event.draft.title], folds: true)
                case .kind: return .texts([event.draft.kind.rawValue])
                case .status: return .texts([event.draft.status.rawValue])
                case .country: return .texts([event.draft.place?.country?.text])
                case .earliest: return .numbers([event.draft.window?.first?.milliseconds])
                case .latest: return .numbers([event.draft.window?.last?.milliseconds])
                case .window: return .windows([event.draft.window])
                case .overdue: return .numbers([event.isOverdue ? 1 : 0])
                case .createdAt: return .numbers([event.record.createdAt.milliseconds])
                case .updatedAt: return .numbers([event.record.updatedAt.milliseconds])
                case .externalID: return .references(event.draft.externalIDs.all.map { [.externalID($0)] })
                case .person:
                    return .references(
                        event.draft.participants.compactMap { if case .person(let person) = $0.target { names.of(person) } else { nil } })
                case .organization:
                    return .references(
                        event.draft.participants.compactMap {
                            if case .organization(let organization) = $0.target { names.of(organization) } else { nil }
                        })
                case .needsReview: return .texts([])
                case .partOf: return .references(event.draft.partOf.map { [names.of($0)] } ?? [])
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `statements are filtered by every member`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let world = try await World(store, clock, hasStatements: true)
            try await check(
                store.statements, try await store.statements.walk(ListQuery(sort: Sort(.createdAt))), Sort(.saidAt, descending: true),
                world.names
            ) { statement, member, names in
                let draft = statement.draft
                switch member {
                case .id: return .texts([statement.record.id.text])
                case .speaker:
                    switch draft.speaker {
                    case .person(let person): return .references([names.of(person)])
                    case .organization(let organization): return .references([names.of(organization)])
                    case .unnamed, .party, nil: return .references([])
                    }
                case .outlet:
                    return .references(
                        draft.chain.compactMap { if case .organization(let outlet) = $0 { names.of(outlet) } else { nil } })
                case .article: return .references(draft.article.map { [names.of($0)] } ?? [])
                case .event: return .references(draft.events.map { names.of($0) })
                case .manner: return .texts([draft.manner.rawValue])
                case .form: return .texts([draft.form.rawValue])
                case .status: return .texts([draft.status.rawValue])
                case .corrects: return .references(draft.corrects.map { [names.of($0)] } ?? [])
                case .hops: return .numbers([Int64(draft.hops)])
                case .unnamed: return .texts([draft.speaker?.source == nil ? "false" : "true"])
                case .saidAt: return .windows([draft.saidAt])
                case .earliest: return .numbers([draft.saidAt?.first?.milliseconds])
                case .latest: return .numbers([draft.saidAt?.last?.milliseconds])
                case .claimAbout: return .references(draft.claim.map { [names.of($0.about)] } ?? [])
                case .claimProperty: return .texts([draft.claim?.property])
                case .claimValue: return .texts([draft.claim?.value])
                case .createdAt: return .numbers([statement.record.createdAt.milliseconds])
                case .updatedAt: return .numbers([statement.record.updatedAt.milliseconds])
                case .externalID: return .references(draft.externalIDs.all.map { [.externalID($0)] })
                }
            }
        }
    }

    /// Asks every question that the values at hand allow, and a few that they do not.
    private func check<R: Resource>(
        _ resources: any ResourceStore<R>, _ all: [R], _ sort: Sort<R.SortMember>, _ names: World.Names,
        _ values: (R, R.FilterMember, World.Names) -> FilterOracle.Values
    ) async throws {
        #expect(all.count >= 6)
        for member in R.FilterMember.allCases {
            let known = all.map { values($0, member, names) }
            for comparison in Comparison.allCases {
                for wanted in questions(known, comparison, member.valueType) {
                    let filter = Filter(member, comparison, wanted)
                    let expected = zip(all, known).map { ($0.record.id, FilterOracle.holds($1, comparison, wanted, member.valueType)) }
                    guard expected.allSatisfy({ $0.1 != nil }) else { continue }
                    let query = ListQuery<R>(filters: [filter], sort: sort, limit: 200, counts: true)
                    let page = try await resources.page(query, as: .newsroom)
                    let matching = Set(expected.filter { $0.1 == true }.map(\.0))
                    #expect(Set(page.items.map(\.record.id)) == matching, "\(member) \(comparison) \(wanted)")
                    #expect(page.items.count == matching.count && page.total == matching.count, "\(member) \(comparison) \(wanted)")
                }
            }
        }
    }

    private func questions(_ known: [FilterOracle.Values], _ comparison: Comparison, _ type: ListValueType) -> [[FilterValue]] {
        guard comparison != .isNull else { return [[.integer(0)], [.integer(1)]] }
        var candidates: [FilterValue] = []
        for values in known {
            candidates += values.texts.flatMap { text in
                [.text(text), .text(String(text.prefix(2))), .text(text.uppercased()), .text(String(text.dropFirst()))]
            }
            candidates += values.numbers.flatMap { [.integer($0), .instant(Instant(milliseconds: $0 + 1))] }
            candidates += values.references.flatMap { $0 }
            candidates += values.windows.map { .window($0.edtf) }
        }
        switch type {
        case .text, .word, .mark: candidates += [.text("none of these"), .text("%"), .text("_"), .text("\\"), .text("'"), .text("")]
        case .integer: candidates = candidates.filter { if case .integer = $0 { true } else { false } } + [.integer(99)]
        case .instant, .lastInstant:
            candidates = candidates.map { if case .integer(let n) = $0 { .instant(Instant(milliseconds: n)) } else { $0 } }
        case .window:
            let others = [
                "2024", "2024-03-31", "2024-03-31T23:59:59.999Z", "2024-04-01T00:00:00Z", "2024-04-30/..", "2024-05-01/..", "../2024-04-01",
                "../2024-03-31", "2024-04-02/", "/-0044-03-14", "202X", "2024-04-02/2024-04-03", "1999-12?",
            ]
            candidates += others.compactMap { EDTF($0) }.map { .window($0) }
        case .date:
            candidates = ["2022", "2022-12-28", "2022-12-29T23:59:00Z", "2023-12", "2024-03-27", "2024/..", "../1999", "Y300000"]
                .compactMap { EDTF($0) }.map { .window($0) }
        case .flag: candidates = [.integer(0), .integer(1)]
        case .reference, .party, .externalID: candidates += ExternalID("none:1").map { [.externalID($0)] } ?? []
        }
        let distinct = Array(Set(candidates)).sorted { "\($0)" < "\($1)" }
        guard comparison == .oneOf else { return distinct.map { [$0] } }
        return [distinct, Array(distinct.prefix(1)), Array(distinct.prefix(3)), Array(distinct.suffix(5))].map { Array($0.prefix(100)) }
            .filter { !$0.isEmpty }
    }

    @Test(arguments: StoreUnderTest.all)
    func `filters hold together, for every sort`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            let all = try await store.articles.walk(ListQuery(sort: Sort(.createdAt)))
            let world: [Filter<Article.FilterMember>] = [
                Filter(.section, .equal, [.text("world")]), Filter(.tag, .equal, [.text("gaza")]),
                Filter(.status, .equal, [.text("published")]), Filter(.publishedAt, .greater, [.instant(Instant(milliseconds: 0))]),
                Filter(.type, .oneOf, [.text("news"), .text("analysis")]), Filter(.language, .isNull, [.integer(0)]),
            ]
            let matching = all.filter {
                $0.draft.section == "world" && $0.draft.tags.contains("gaza") && $0.draft.status == .published
                    && ($0.draft.publishedAt?.milliseconds ?? 0) > 0 && [.news, .analysis].contains($0.draft.type)
                    && $0.draft.language != nil
            }
            #expect(!matching.isEmpty && matching.count < all.count)
            for sort in Article.SortMember.allCases {
                for descending in [true, false] {
                    let walked = try await store.articles.walk(
                        ListQuery(filters: world, sort: Sort(sort, descending: descending), limit: 1))
                    #expect(Set(walked.map(\.record.id)) == Set(matching.map(\.record.id)) && walked.count == matching.count)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a filter that means nothing is refused`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let text = FilterValue.text("x")
            let filters: [Filter<Article.FilterMember>] = [
                Filter(.person, .less, [text]), Filter(.externalID, .contains, [text]), Filter(.headline, .equal, []),
                Filter(.section, .equal, [text, text]), Filter(.tag, .oneOf, []), Filter(.status, .isNull, []),
                Filter(.headline, .contains, [.text(String(repeating: "x", count: 5_000))]), Filter(.event, .equal, [.integer(1)]),
            ]
            for filter in filters {
                let error = await storeError {
                    _ = try await store.articles.page(ListQuery(filters: [filter], sort: Sort(.headline)), as: .newsroom)
                }
                guard case .invalidQuery(let member, _)? = error else {
                    Issue.record("\(filter)")
                    continue
                }
                #expect(member == filter.member.rawValue)
            }
        }
    }
}
