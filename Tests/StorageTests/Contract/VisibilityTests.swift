import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct VisibilityTests {
    @Test(arguments: StoreUnderTest.all)
    func `every exit shows what the one predicate allows`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            // Of the end of an embargo and of a publication, in milliseconds from now.
            let offsets: [(Int64?, Int64)] = [
                (nil, -1), (-1, 0), (0, -5), (1, -5), (60_000, -5), (nil, 1), (1, 2), (0, 60_000),
            ]
            var made: [Article] = []
            for status in ArticleStatus.allCases {
                for (embargo, publication) in offsets {
                    func at(_ offset: Int64) -> Instant { Instant(milliseconds: clock.now.milliseconds + offset) }
                    made.append(
                        try await store.articles.create(
                            .sample("\(status)") {
                                $0.status = status
                                $0.embargoedUntil = embargo.map(at)
                                $0.section = "world"
                                $0.tags = ["gaza"]
                                $0.publishedAt = at(publication)
                            }))
                }
            }
            for _ in 0..<3 {
                for viewer in [Viewer.anonymous, .reader, .newsroom] {
                    let visible = Set(made.filter { Article.isVisible($0.draft, to: viewer, at: clock.now) }.map(\.record.id))
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
    func `that an article was deleted is told to those who could have seen it by now`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let date = Instant(milliseconds: clock.now.milliseconds + 1_000)
            let planned = try await store.articles.create(.sample { $0.publishedAt = date })
            try await store.articles.delete(.id(planned.record.id), if: .none, by: editor)
            for key in [ResourceKey.id(planned.record.id), .slug(planned.record.slug)] {
                #expect(await storeError { _ = try await store.articles.find(key, as: .anonymous) } == .notFound)
                #expect(await storeError { _ = try await store.articles.find(key, as: .newsroom) } == .gone)
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
