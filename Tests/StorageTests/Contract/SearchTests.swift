import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct SearchTests {
    /// What is found, as titles in the order of the answer.
    static func titles(
        _ text: String, in store: any NewsroomStore, as viewer: Viewer = .anonymous, _ change: (inout SearchQuery) -> Void = { _ in }
    ) async throws -> [String] {
        var query = SearchQuery(SearchExpression(parsing: text))
        change(&query)
        let page = try await store.search(query, as: viewer)
        #expect(page.isIndexComplete)
        return page.hits.map(\.title)
    }

    private static func story(_ store: any NewsroomStore) async throws {
        let gallant = try await store.people.create(
            .sample("Yoav Gallant") {
                $0.aliases = [Alias(name: "Yoav Galant")]
                $0.roles = [Person.Role(title: "Minister of Defense")]
            })
        try await store.people.create(.sample("Benjamin Netanyahu"))
        try await store.organizations.create(.sample("UN Security Council"))
        try await store.events.create(.sample("Talks on Rafah") { $0.summary = "Planned for Washington" })
        let articles: [(String, String, String)] = [
            ("Rafah talks called off", "Netanyahu cancelled the trip at short notice.", "2024-03-25T12:00:00Z"),
            ("White House seeks a date", "The talks on Rafah could come as early as next week, Axios says.", "2024-03-26T12:00:00Z"),
            ("Zürich votes", "Nothing about the Middle East here, but cafés.", "2024-03-24T12:00:00Z"),
        ]
        for (headline, body, date) in articles {
            try await store.articles.create(
                try .sample(headline) {
                    $0.body = body
                    $0.publishedAt = try instant(date)
                    $0.section = headline.hasPrefix("Z") ? "europe" : "world"
                    $0.people = headline.hasPrefix("R") ? [RoleReference(target: .id(gallant.record.id))] : []
                })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `words are found in all kinds, in whatever case, with or without diacritics`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            #expect(try await SearchTests.titles("NETANYAHU", in: store) == ["Benjamin Netanyahu", "Rafah talks called off"])
            #expect(try await SearchTests.titles("zurich CAFES", in: store) == ["Zürich votes"])
            #expect(try await SearchTests.titles("Zürich Cafés", in: store) == ["Zürich votes"])
            #expect(try await SearchTests.titles("galant", in: store) == ["Yoav Gallant"])
            #expect(try await SearchTests.titles("security council", in: store) == ["UN Security Council"])
            #expect(try await SearchTests.titles("", in: store) == [])
            #expect(try await SearchTests.titles("-rafah", in: store) == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a word in a title counts more than one in the text`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            let found = try await SearchTests.titles("rafah", in: store)
            #expect(Set(found.prefix(2)) == ["Talks on Rafah", "Rafah talks called off"])
            #expect(found.last == "White House seeks a date")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `phrases, beginnings, exclusions, fields and alternatives are understood`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            #expect(try await SearchTests.titles("\"early as next week\"", in: store) == ["White House seeks a date"])
            #expect(try await SearchTests.titles("\"week next\"", in: store) == [])
            #expect(try await SearchTests.titles("neta*", in: store).contains("Benjamin Netanyahu"))
            #expect(try await SearchTests.titles("talks -axios", in: store).contains("White House seeks a date") == false)
            #expect(try await SearchTests.titles("headline:rafah", in: store).contains("White House seeks a date") == false)
            #expect(try await SearchTests.titles("role:defense", in: store) == ["Yoav Gallant"])
            #expect(Set(try await SearchTests.titles("cafes OR axios", in: store)) == ["Zürich votes", "White House seeks a date"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a search is narrowed by kind, time and members of articles`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            #expect(try await SearchTests.titles("rafah", in: store) { $0.kinds = [.event] } == ["Talks on Rafah"])
            let from = try instant("2024-03-26")
            #expect(try await SearchTests.titles("rafah", in: store) { $0.from = from } == ["White House seeks a date"])
            #expect(try await SearchTests.titles("rafah", in: store) { $0.to = from } == ["Rafah talks called off"])
            #expect(
                try await SearchTests.titles("votes OR rafah", in: store) { $0.filters = [Filter(.section, .equal, [.text("europe")])] }
                    == ["Zürich votes"])
            let person = try slug("yoav-gallant")
            #expect(
                try await SearchTests.titles("talks", in: store) { $0.filters = [Filter(.person, .equal, [.slug(person)])] }
                    == ["Rafah talks called off"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was found is marked, and all else is escaped`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await store.articles.create(
                .sample("<b>Talks</b> & \"Rafah\"") {
                    $0.bodyFormat = .html
                    $0.body =
                        "<p>" + String(repeating: "word ", count: 60)
                        + "</p><p>It&rsquo;s about <i>Rafah</i> &amp; <script>x</script>the rest</p>"
                })
            let page = try await store.search(SearchQuery(SearchExpression(parsing: "rafah")), as: .anonymous)
            let hit = try #require(page.hits.first)
            #expect(hit.highlight == "&lt;b&gt;Talks&lt;/b&gt; &amp; &quot;<em>Rafah</em>&quot;")
            let snippet = try #require(hit.snippet)
            #expect(snippet.contains("It&rsquo;s about <em>Rafah</em> &amp; x the rest"))
            #expect(snippet.hasPrefix("…"))
            #expect(!snippet.contains("<p>"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a misspelt name finds its person, and that is told`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            var page = try await store.search(SearchQuery(SearchExpression(parsing: "netanyaho")), as: .anonymous)
            #expect(page.hits.first?.title == "Benjamin Netanyahu")
            #expect(page.corrections == [SearchCorrection(from: "netanyaho", to: "netanyahu")])
            #expect(page.expression.text == "netanyahu")
            page = try await store.search(SearchQuery(SearchExpression(parsing: "bejnamin gallnat")), as: .anonymous)
            #expect(page.corrections.map(\.to) == ["benjamin", "gallant"])
            page = try await store.search(SearchQuery(SearchExpression(parsing: "qqqqqqq")), as: .anonymous)
            #expect(page.corrections.isEmpty)
            #expect(page.isTotalExact)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every answered write is found by the next search, and what is gone is not`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var article = try await store.articles.create(.sample("First words"))
            #expect(try await SearchTests.titles("first", in: store) == ["First words"])
            article = try await store.articles.change(article.record.id) {
                $0.headline = "Other words"
                $0.body = "Nothing else"
            }
            #expect(try await SearchTests.titles("first", in: store) == [])
            #expect(try await SearchTests.titles("delegation", in: store) == [])
            #expect(try await SearchTests.titles("other", in: store) == ["Other words"])
            try await store.articles.delete(.id(article.record.id), if: .none, by: editor)
            #expect(try await SearchTests.titles("other", in: store) == [])
            #expect(try await SearchTests.titles("words", in: store, as: .newsroom) == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `all pages together are all matches once, in either order, while others write`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            for number in 0..<25 {
                let date = Instant(milliseconds: clock.now.milliseconds - Int64(number / 3) * 1_000)
                try await store.articles.create(
                    .sample("Item \(number)") {
                        $0.body = String(repeating: "storm ", count: number % 4 + 1) + "news"
                        $0.publishedAt = date
                    })
            }
            for order in SearchOrder.allCases {
                var query = SearchQuery(SearchExpression(parsing: "storm"), order: order, limit: 4)
                var titles: [String] = []
                var scores: [Double] = []
                for round in 0..<20 {
                    let page = try await store.search(query, as: .anonymous)
                    titles += page.hits.map(\.title)
                    scores += page.hits.map(\.score)
                    guard let next = page.next else { break }
                    query.after = next
                    try await store.articles.create(.sample("Newcomer \(order) \(round)") { $0.body = "calm" })
                }
                #expect(titles.count == 25)
                #expect(Set(titles).count == 25)
                #expect(scores == scores.sorted(by: >))
                if order == .newest { #expect(Set(titles.prefix(3)) == ["Item 0", "Item 1", "Item 2"]) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no text that anybody types is an error`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            var randomness = SeededRandomSource(seed: 9)
            let pieces = [
                "rafah", "talks", "\"", "*", "-", ":", " ", " OR ", " NOT ", " AND ", "(", ")", "headline:", "{", "}", "^", "+", "'", "\0",
                "東",
                "NEAR", "rowid", "ne", "\\", ";", "--", "É",
            ]
            for _ in 0..<400 {
                let count = Int(randomness.next() % 10)
                let text = (0..<count).map { _ in pieces[Int(randomness.next() % UInt64(pieces.count))] }.joined()
                _ = try await store.search(SearchQuery(SearchExpression(parsing: text)), as: .anonymous)
                _ = try await store.suggestions(text, limit: 5, as: .anonymous)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `facets count all that was found`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            var query = SearchQuery(SearchExpression(parsing: "rafah OR votes"), limit: 1, facets: [.section, .kind, .person])
            query.facetsWithin = .seconds(60)
            let facets = try await store.search(query, as: .anonymous).facets
            #expect(facets.map(\.facet) == [.section, .kind, .person])
            #expect(facets[0].values == [.init(value: "world", count: 2), .init(value: "europe", count: 1)])
            #expect(facets[1].values == [.init(value: "article", count: 3), .init(value: "event", count: 1)])
            #expect(facets[2].values.map(\.name) == ["Yoav Gallant"])
            #expect(facets.map(\.isComplete) == [true, true, true])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a beginning is completed to names, and to headlines behind them`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await SearchTests.story(store)
            let names = try await store.suggestions("neta", limit: 5, as: .anonymous)
            #expect(names.map(\.text) == ["Benjamin Netanyahu"])
            #expect(names.first?.highlight == "Benjamin <em>Netanyahu</em>")
            #expect(try await store.suggestions("benjamin N", limit: 5, as: .anonymous).map(\.text) == ["Benjamin Netanyahu"])
            #expect(
                try await store.suggestions("raf", limit: 5, as: .anonymous).map(\.text) == ["Talks on Rafah", "Rafah talks called off"])
            #expect(try await store.suggestions("", limit: 5, as: .anonymous).isEmpty)
        }
    }
}
