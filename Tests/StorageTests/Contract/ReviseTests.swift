import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct ReviseTests {
    @Test(arguments: StoreUnderTest.all)
    func `a change makes a version`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.articles.create(.sample())
            clock.advance(milliseconds: 5_000)
            let changed = try await store.articles.change(made.record.id) { $0.headline = "Talks back on" }
            #expect(changed.record.version == 2)
            #expect(changed.record.createdAt == made.record.createdAt)
            #expect(changed.record.updatedAt == clock.now)
            #expect(changed.record.slug == made.record.slug)
            #expect(try await store.articles.find(.id(made.record.id), as: .newsroom) == changed)
            #expect(store.statistics.sequence == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every member can be changed`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample())
            let house = try await store.organizations.create(.sample())
            let event = try await store.events.create(.sample())
            let made = try await store.articles.create(.sample())
            let changes: [@Sendable (inout Article.Draft) -> Void] = [
                { $0.type = .opinion }, { $0.headline = "New" }, { $0.subheadline = "s" }, { $0.summary = "s" }, { $0.body = "new" },
                { $0.bodyFormat = .html }, { $0.byline = "b" }, { $0.dateline = "d" }, { $0.section = "s" }, { $0.tags = ["a", "b"] },
                { $0.places = ["p"] }, { $0.language = LanguageTag("en") }, { $0.urgency = Urgency(1) }, { $0.source = "s" },
                { $0.embargoedUntil = Instant(milliseconds: 5) }, { $0.publishedAt = Instant(milliseconds: 1_000) },
                { $0.canonicalURL = WebURL("https://example.org") }, { $0.usageTerms = "u" },
                { $0.authors = [RoleReference(target: .id(person.record.id))] },
                { $0.people = [RoleReference(target: .id(person.record.id))] },
                { $0.organizations = [RoleReference(target: .id(house.record.id))] },
                { $0.events = [RoleReference(target: .id(event.record.id), role: "r")] }, { $0.tags = ["b"] }, { $0.events = [] },
                { $0.status = .retracted }, { $0.section = nil },
            ]
            var version = 1
            for change in changes {
                let changed = try await store.articles.change(made.record.id, change)
                version += 1
                #expect(changed.record.version == version)
                var expected = changed.draft
                change(&expected)
                #expect(changed.draft == expected)
                #expect(try await store.articles.find(.id(made.record.id), as: .newsroom) == changed)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what changes nothing leaves the version and the log as they are`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.people.create(.sample { $0.aliases = [Alias(name: "G.")] })
            clock.advance(milliseconds: 1_000)
            let same = try await store.people.revise(.id(made.record.id), if: .versions([1]), by: editor) { Proposal($0.draft) }
            #expect(same == made)
            let again = try await store.people.change(made.record.id) { $0.slug = nil }
            #expect(again == made)
            #expect(store.statistics.sequence == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a text in another Unicode form is a change, in every member`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(
                .sample("Jos\u{E9}") {
                    $0.aliases = [Alias(name: "Caf\u{E9}")]
                    $0.roles = [Person.Role(title: "Attach\u{E9}")]
                    $0.identifiers["wiki"] = "\u{E9}"
                    $0.externalIDs["wire"] = "\u{E9}"
                    $0.links = [Link(url: try #require(WebURL("https://example.org/\u{E9}")), title: "\u{E9}")]
                })
            let changes: [@Sendable (inout Person.Draft) -> Void] = [
                { $0.name = "Jose\u{301}" }, { $0.aliases[0].name = "Cafe\u{301}" }, { $0.roles[0].title = "Attache\u{301}" },
                { $0.identifiers["wiki"] = "e\u{301}" }, { $0.externalIDs["wire"] = "e\u{301}" }, { $0.links[0].title = "e\u{301}" },
                { draft in WebURL("https://example.org/e\u{301}").map { draft.links[0].url = $0 } },
            ]
            var expected = person.draft
            for (index, change) in changes.enumerated() {
                change(&expected)
                expected.sortName = expected.name
                #expect(try await store.people.change(person.record.id, change).record.version == index + 2)
                let same = try await store.people.change(person.record.id) { _ in }
                #expect(same.record.version == index + 2)
                #expect(texts(of: same.draft) == texts(of: expected))
            }
            #expect(texts(of: expected).allSatisfy { $0.contains { $0 == "\u{301}" } })
            let article = try await store.articles.create(
                .sample {
                    $0.tags = ["\u{E9}"]
                    $0.people = [RoleReference(target: .id(person.record.id), role: "\u{E9}")]
                })
            let changed = try await store.articles.change(article.record.id) {
                $0.tags = ["e\u{301}"]
                $0.people[0].role = "e\u{301}"
                $0.section = "world"
            }
            let stored = try await store.articles.find(.id(article.record.id), as: .newsroom)
            for draft in [changed.draft, stored.draft] {
                #expect(draft.tags.map(\.unicodeScalars.count) == [2] && draft.people[0].role?.unicodeScalars.count == 2)
            }
        }
    }

    private func texts(of draft: Person.Draft) -> [[Unicode.Scalar]] {
        [
            draft.name, draft.sortName ?? "", draft.aliases[0].name, draft.roles[0].title, draft.identifiers["wiki"] ?? "",
            draft.externalIDs["wire"] ?? "", draft.links[0].url.text, draft.links[0].title ?? "",
        ].map { Array($0.unicodeScalars) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a stale version is refused and told the current one`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let id = try await store.people.create(.sample()).record.id
            try await store.people.change(id, if: .versions([1])) { $0.description = "one" }
            #expect(
                await storeError { try await store.people.change(id, if: .versions([1])) { $0.description = "two" } }
                    == .staleVersion(current: 2))
            #expect(
                await storeError { try await store.people.delete(.id(id), if: .versions([1, 3]), by: editor) } == .staleVersion(current: 2))
            try await store.people.change(id, if: .versions([7, 2])) { $0.description = "three" }
            #expect(try await store.people.find(.id(id), as: .newsroom).draft.description == "three")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is refused leaves everything as it was`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.articles.create(.sample())
            let error = await storeError {
                try await store.articles.change(made.record.id) {
                    $0.headline = ""
                    $0.status = .draft
                }
            }
            guard case .invalid(let failure)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(failure.failures.map(\.path) == ["/headline", "/status"])
            #expect(try await store.articles.find(.id(made.record.id), as: .newsroom) == made)
            #expect(store.statistics.sequence == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is not there cannot be changed`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let id = try #require(ID<Article>("art_01HT3Z6V0Q8X9GZ5J2M4N7P1RS"))
            #expect(await storeError { try await store.articles.change(id) { $0.section = "x" } } == .notFound)
            #expect(await storeError { try await store.articles.delete(.slug(try slug("none")), if: .none, by: editor) } == .notFound)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the first publication is never forgotten`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.articles.create(.sample { $0.status = .draft })
            #expect(made.draft.firstPublishedAt == nil)
            let published = try await store.articles.change(made.record.id) { $0.status = .published }
            let first = clock.now
            #expect(published.draft.publishedAt == first && published.draft.firstPublishedAt == first)
            clock.advance(milliseconds: 60_000)
            let moved = try await store.articles.change(made.record.id) { $0.publishedAt = Instant(milliseconds: 9) }
            #expect(moved.draft.firstPublishedAt == first)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the way up is bounded, and what has its place may be changed`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            var above: ID<Organization>?
            for number in 0...Hierarchy.depthMax {
                let made = try await store.organizations.create(.sample("Unit \(number)") { $0.parent = above.map { .id($0) } })
                above = made.record.id
            }
            let deepest = try #require(above)
            guard
                case .invalid(let failure)? = await storeError({
                    try await store.organizations.create(.sample("Too deep") { $0.parent = .id(deepest) })
                })
            else {
                Issue.record("created")
                return
            }
            #expect(failure.failures.map(\.path) == ["/parent"])
            #expect(try await store.organizations.change(deepest) { $0.country = CountryCode("FR") }.record.version == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nothing belongs to itself, however far up`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let top = try await store.organizations.create(.sample("top")).record.id
            let middle = try await store.organizations.create(.sample("middle") { $0.parent = .id(top) }).record.id
            let bottom = try await store.organizations.create(.sample("bottom") { $0.parent = .id(middle) }).record.id
            for parent in [top, middle, bottom] {
                let error = await storeError { try await store.organizations.change(top) { $0.parent = .id(parent) } }
                guard case .invalid(let failure)? = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(failure.failures.map(\.path) == ["/parent"])
            }
            let whole = try await store.events.create(.sample("whole")).record.id
            let part = try await store.events.create(.sample("part") { $0.partOf = .id(whole) }).record.id
            #expect(await storeError { try await store.events.change(whole) { $0.partOf = .id(part) } } != nil)
            #expect(try await store.organizations.change(bottom) { $0.parent = .id(top) }.draft.parent == .id(top))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `time never runs backwards in what is recorded`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.people.create(.sample())
            clock.advance(milliseconds: -3_600_000)
            let changed = try await store.people.change(made.record.id) { $0.description = "an hour ago" }
            #expect(changed.record.updatedAt == made.record.updatedAt)
            let later = try await store.people.create(.sample("Another"))
            #expect(later.record.createdAt >= changed.record.updatedAt)
        }
    }
}
