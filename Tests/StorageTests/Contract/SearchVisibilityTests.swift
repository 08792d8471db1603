import Newsroom
import Testing
import Turns

/// Nothing that a viewer may not see is told by a search: no hit, no count, no facet, no completion, no correction.
@Suite(.inTurn) struct SearchVisibilityTests {
    @Test(arguments: StoreUnderTest.all)
    func `what is found is what the one predicate allows, as the clock moves`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let offsets: [(Int64?, Int64)] = [(nil, -1), (0, -5), (1, -5), (60_000, -5), (nil, 1), (1, 2), (0, 60_000)]
            var made: [Article] = []
            for status in ArticleStatus.allCases {
                for (number, (embargo, publication)) in offsets.enumerated() {
                    let now = clock.now.milliseconds
                    made.append(
                        try await store.articles.create(
                            .sample("Secret \(status) \(number)") {
                                $0.status = status
                                $0.embargoedUntil = embargo.map { Instant(milliseconds: now + $0) }
                                $0.publishedAt = Instant(milliseconds: now + publication)
                                $0.section = "s\(status)\(number)"
                                $0.tags = ["gaza"]
                                $0.body = "whisper"
                            }))
                }
            }
            for _ in 0..<3 {
                for viewer in [Viewer.anonymous, .newsroom] {
                    let visible = made.filter { Article.isVisible($0.draft, to: viewer, at: clock.now) }
                    for order in SearchOrder.allCases {
                        var query = SearchQuery(
                            SearchExpression(parsing: "whisper"), order: order, limit: 100, facets: [.section, .tag, .kind])
                        query.facetsWithin = .seconds(60)
                        let page = try await store.search(query, as: viewer)
                        #expect(Set(page.hits.map(\.id)) == Set(visible.map(\.record.id.text)))
                        #expect(page.total == visible.count)
                        #expect(Set(page.facets[0].values.map(\.value)) == Set(visible.compactMap(\.draft.section)))
                        #expect(page.facets[1].values.map(\.count) == [visible.count])
                        #expect(page.facets[2].values.map(\.count) == [visible.count])
                    }
                    let suggested = try await store.suggestions("secr", limit: 100, as: viewer)
                    #expect(Set(suggested.map(\.text)) == Set(visible.map(\.draft.headline)))
                }
                clock.advance(milliseconds: 1)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a word of a draft is no correction to those who may not see it`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await store.articles.create(
                .sample("Resignation imminent") {
                    $0.status = .draft
                    $0.body = "Confidential"
                })
            let query = SearchQuery(SearchExpression(parsing: "resignatoin"))
            let open = try await store.search(query, as: .anonymous)
            #expect(open.corrections.isEmpty)
            #expect(open.hits.isEmpty)
            #expect(try await store.search(query, as: .newsroom).corrections.map(\.to) == ["resignation"])
            #expect(try await store.suggestions("resig", limit: 5, as: .anonymous).isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is withdrawn is found no more`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let article = try await store.articles.create(.sample("Scoop"))
            #expect(try await SearchTests.titles("scoop", in: store) == ["Scoop"])
            try await store.articles.change(article.record.id) { $0.status = .retracted }
            #expect(try await SearchTests.titles("scoop", in: store) == [])
            #expect(try await SearchTests.titles("scoop", in: store, as: .newsroom) == ["Scoop"])
        }
    }
}
