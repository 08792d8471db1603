import Newsroom
import Testing

@Suite struct VisibilityTests {
    @Test(arguments: StoreUnderTest.all)
    func `every exit shows what the one predicate allows`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            var made: [Article] = []
            for status in ArticleStatus.allCases {
                for embargo in [nil, -1, 0, 1, 60_000] as [Int64?] {
                    let until = embargo.map { Instant(milliseconds: clock.now.milliseconds + $0) }
                    made.append(
                        try await store.articles.create(
                            .sample("\(status)") {
                                $0.status = status
                                $0.embargoedUntil = until
                                $0.section = "world"
                                $0.tags = ["gaza"]
                                $0.publishedAt = Instant(milliseconds: 1)
                            }))
                }
            }
            for _ in 0..<3 {
                for viewer in [Viewer.anonymous, .newsroom] {
                    let visible = Set(
                        made.filter {
                            Article.isVisible(
                                status: $0.draft.status ?? .draft, embargoedUntil: $0.draft.embargoedUntil, to: viewer, at: clock.now)
                        }.map(\.record.id))
                    try await check(store.articles, made, visible, as: viewer)
                }
                clock.advance(milliseconds: 1)
            }
        }
    }

    private func check(
        _ articles: any ResourceStore<Article>, _ made: [Article], _ visible: Set<ID<Article>>, as viewer: Viewer
    ) async throws {
        for article in made {
            for key in [ResourceKey.id(article.record.id), .slug(article.record.slug)] {
                let error = await storeError { _ = try await articles.find(key, as: viewer) }
                #expect(error == (visible.contains(article.record.id) ? nil : .notFound))
            }
        }
        let filters: [[Filter<Article.FilterMember>]] = [
            [], [Filter(.section, .equal, [.text("world")])], [Filter(.tag, .equal, [.text("gaza")])],
            [Filter(.status, .notEqual, [.text("live")])], [Filter(.headline, .contains, [.text("e")])],
            [Filter(.tag, .equal, [.text("gaza")]), Filter(.section, .oneOf, [.text("world"), .text("x")])],
        ]
        for filters in filters {
            let matching = Set(made.filter { filters.first?.member != .headline || $0.draft.headline.contains("e") }.map(\.record.id))
            for sort in Article.SortMember.allCases {
                let query = ListQuery<Article>(filters: filters, sort: Sort(sort, descending: true), limit: 7, counts: true)
                let listed = try await articles.walk(query, as: viewer)
                #expect(Set(listed.map(\.record.id)) == visible.intersection(matching), "\(filters) \(sort)")
                #expect(listed.count == visible.intersection(matching).count)
                #expect(try await articles.page(query, as: viewer).total == listed.count)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the other kinds are for everybody`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample())
            #expect(try await store.people.find(.id(person.record.id), as: .anonymous) == person)
            #expect(try await store.people.page(ListQuery(sort: Sort(.name)), as: .anonymous).items == [person])
        }
    }
}
