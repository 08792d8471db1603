import Newsroom
import Testing
import Turns

/// Lists of what is looked for, against what a search finds and what the same list shows without it.
@Suite(.inTurn) struct ListSearchTests {
    private static let texts = [
        "talks", "TALKS off", "\"talks back\"", "tal*", "talks -off", "headline:talks", "zurich", "talks OR sure", "ron", "dermer",
        "minister", "vote", "white", "house OR noise", "nothing-of-the-kind", "", "-talks", "y*", "gaza", "changed",
    ]

    @Test(arguments: StoreUnderTest.all, [1, 2] as [UInt64])
    func `a list with q is the list without it, but for what a search does not find`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            var upheaval = Upheaval(store, clock, seed: seed)
            for turn in 0..<2 {
                if turn > 0 { try await upheaval.run() }
                for viewer in [Viewer.newsroom, .anonymous] {
                    let articles: [[Filter<Article.FilterMember>]] = [
                        [], [Filter(.section, .equal, [.text("world")])],
                        [Filter(.type, .notEqual, [.text("brief")]), Filter(.tag, .oneOf, [.text("gaza"), .text("us")])],
                    ]
                    let found = [
                        try await check(store, store.articles, articles, viewer), try await check(store, store.people, [[]], viewer),
                        try await check(store, store.organizations, [[]], viewer),
                        try await check(store, store.events, [[], [Filter(.status, .notEqual, [.text("cancelled")])]], viewer),
                    ]
                    #expect(found.allSatisfy { $0 > 0 }, "\(viewer) \(found)")
                }
            }
        }
    }

    /// How many were found in all.
    private func check<R: Resource>(
        _ store: any NewsroomStore, _ shelf: any ResourceStore<R>, _ filters: [[Filter<R.FilterMember>]], _ viewer: Viewer
    ) async throws -> Int {
        var foundCount = 0
        for (number, text) in Self.texts.enumerated() {
            let expression = SearchExpression(parsing: text)
            let search = SearchQuery(expression, kinds: [R.kind], order: .newest, limit: 200)
            let result = try await store.search(search, as: viewer)
            // A search that corrects a word has found nothing of what was written.
            let hits = Set(result.corrections.isEmpty ? result.hits.map(\.id) : [])
            for filters in filters {
                let sort = Sort(Array(R.SortMember.allCases)[number % R.SortMember.allCases.count], descending: number % 2 == 0)
                let all = try await shelf.walk(ListQuery(filters: filters, sort: sort, limit: 200), as: viewer)
                let expected = all.filter { hits.contains($0.record.id.text) }
                let query = ListQuery<R>(filters: filters, search: expression, sort: sort, limit: 3, counts: true)
                let walked = try await shelf.walk(query, as: viewer)
                #expect(walked == expected, "\(text) \(filters) \(sort) \(viewer)")
                let page = try await shelf.page(query, as: viewer)
                #expect(page.total == expected.count, "\(text) \(filters)")
                #expect(page.search?.isIndexComplete == true && page.search?.isUnderstoodWhole == true)
                try await checkFacets(shelf, query, of: expected, viewer)
                foundCount += expected.count
            }
        }
        return foundCount
    }

    /// The counts are those of a list that names the same resources.
    private func checkFacets<R: Resource>(
        _ shelf: any ResourceStore<R>, _ query: ListQuery<R>, of expected: [R], _ viewer: Viewer
    ) async throws {
        guard let id = R.FilterMember(rawValue: "id"), !expected.isEmpty else { return }
        let members = R.FilterMember.allCases.filter(\.isFacet)
        let named = Filter(id, .oneOf, expected.map { .text($0.record.id.text) })
        func counted(_ filters: [Filter<R.FilterMember>], _ search: SearchExpression?) async throws -> [Facet<R>] {
            try await shelf.facets(
                FacetQuery(filters: filters, search: search, members: members, valueCountMax: 100, within: .seconds(600)), as: viewer)
        }
        let facets = try await counted(query.filters, query.search)
        let expectedFacets = try await counted([named], nil)
        #expect(facets == expectedFacets)
        #expect(facets.allSatisfy { $0.isComplete })
    }

    @Test(arguments: StoreUnderTest.all)
    func `of more than are sorted all are found, whatever the order`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            // More than a list sorts, of which some are not found, some not wanted, and some not to be seen.
            let rows = (0..<2_600).map { number in
                ImportRow.article(
                    ImportEntry(id: nil, externalIDs: ExternalIDs()) { _ in
                        Proposal(
                            .sample("Report \(number)") {
                                $0.summary = number % 10 == 0 ? "calm" : "storm"
                                $0.section = number % 100 == 7 ? "sea" : "land"
                                $0.status = number % 13 == 0 ? .draft : .published
                                $0.publishedAt = number % 13 == 0 ? nil : Instant(milliseconds: Int64(number * 7919 % 2_600) * 1_000)
                            })
                    })
            }
            for start in stride(from: 0, to: rows.count, by: 650) {
                _ = try await store.importRows(Array(rows[start..<(start + 650)]), by: editor)
                clock.advance(milliseconds: 5)
            }
            let storm = SearchExpression(parsing: "storm")
            for viewer in [Viewer.newsroom, .anonymous] {
                for filters in [[], [Filter(Article.FilterMember.section, .equal, [.text("sea")])]] {
                    for sort in Article.SortMember.allCases {
                        let order = Sort(sort, descending: true)
                        let all = try await store.articles.walk(ListQuery(filters: filters, sort: order, limit: 200), as: viewer)
                        let expected = all.filter { $0.draft.summary == "storm" }.map(\.record.id)
                        var query = ListQuery<Article>(filters: filters, search: storm, sort: order, limit: 200)
                        let walked = try await store.articles.walk(query, as: viewer).map(\.record.id)
                        #expect(walked == expected, "\(sort) \(viewer)")
                        query.counts = true
                        query.limit = 1
                        #expect(try await store.articles.page(query, as: viewer).total == expected.count)
                    }
                }
            }
        }
    }
}
