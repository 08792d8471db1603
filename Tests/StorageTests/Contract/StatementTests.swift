import Newsroom
import Testing
import Turns

/// What is special about statements: their speakers, what they put right, and who sees them.
@Suite(.inTurn) struct StatementTests {
    @Test(arguments: StoreUnderTest.all)
    func `a statement is kept with who said it, and through whom it came`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let house = try await store.organizations.create(
                .sample("White House") { $0.externalIDs = ExternalIDs([try externalID("demo:wh")]) })
            let speaker = try await store.people.create(
                .sample("Karine Jean-Pierre") {
                    $0.roles = [
                        Person.Role(title: "Press Secretary", organization: .id(house.record.id), from: try date("2022-05")),
                        Person.Role(title: "Author", from: try date("2025")),
                    ]
                })
            let talks = try await store.events.create(.sample("Talks"))
            let article = try await store.articles.create(.sample("New date"))
            let made = try await store.statements.create(
                .sample {
                    $0.speaker = .party(.slug(speaker.record.slug))
                    $0.chain = [.party(.externalID(try externalID("demo:wh"))), .unnamed(UnnamedSource(description: "an aide"))]
                    $0.saidAt = Window(edtf: try edtf("2024-03-27"))
                    $0.article = .slug(article.record.slug)
                    $0.events = [.id(talks.record.id), .slug(talks.record.slug)]
                    $0.claim = Claim(about: .slug(talks.record.slug), property: "departure_approved", value: "yes")
                    $0.externalIDs = ExternalIDs([try externalID("demo:s1")])
                })
            let read = try await store.statements.find(.id(made.record.id), as: .newsroom)
            #expect(read == made)
            #expect(read.draft.speaker == .person(.id(speaker.record.id)) && read.draft.hops == 2)
            #expect(read.captions[speaker.record.id] == Caption(name: "Karine Jean-Pierre", roleAt: "Press Secretary"))
            #expect(read.captions[house.record.id]?.name == "White House" && read.captions[article.record.id]?.name == "New date")
            #expect(read.captions[talks.record.id]?.name == "Talks" && read.draft.events == [.id(talks.record.id)])
            #expect(read.draft.chain[1].source?.id != nil)
            let again = try await store.statements.revise(.id(made.record.id), if: .none, by: editor) { Proposal($0.draft) }
            #expect(again.record.version == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same unnamed source stands behind several statements`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let house = try await store.organizations.create(.sample())
            let first = try await store.statements.create(
                .sample { $0.speaker = .unnamed(UnnamedSource(description: "a senior official", organization: .id(house.record.id))) })
            let id = try #require(first.draft.speaker?.source?.id)
            let second = try await store.statements.create(.sample("More.") { $0.speaker = .unnamed(UnnamedSource(id: id)) })
            #expect(second.draft.speaker == first.draft.speaker)
            let third = try await store.statements.create(
                .sample("Else.") { $0.chain = [.unnamed(UnnamedSource(id: id, description: "an American"))] })
            #expect(third.draft.chain[0].source == UnnamedSource(id: id, description: "an American"))
            #expect(third.draft.speaker?.source?.id != id)
            let error = await storeError {
                try await store.statements.create(.sample { $0.speaker = .unnamed(UnnamedSource(id: SourceID(ULID(bits: 7)))) })
            }
            guard case .invalid(let failure)? = error else { throw error ?? .notFound }
            #expect(failure.failures.map(\.path) == ["/speaker/unnamed/id"] && failure.lacksReferencesAlone)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what a statement puts right is corrected, in one go, and live again when it is not`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let wrong = try await store.statements.create(.sample("They leave today."))
            clock.advance(milliseconds: 5)
            let right = try await store.statements.create(.sample("They do not.") { $0.corrects = .id(wrong.record.id) })
            let corrected = try await store.statements.find(.id(wrong.record.id), as: .newsroom)
            #expect(corrected.draft.status == .corrected && corrected.record.version == 2)
            #expect(right.captions[wrong.record.id]?.name == "They leave today.")
            let revisions = try await store.statements.revisions(of: .id(wrong.record.id), RevisionQuery(), as: .newsroom)
            #expect(revisions.items.map(\.operation) == [.updated, .created])
            let written = try await store.statements.change(wrong.record.id) {
                $0.text = "They leave tomorrow."
                $0.status = .live
            }
            #expect(written.draft.status == .corrected)
            let error = await storeError { try await store.statements.delete(.id(wrong.record.id), if: .none, by: editor) }
            #expect(error == .inUse(kind: .statement, count: 1))
            let circle = await storeError { try await store.statements.change(wrong.record.id) { $0.corrects = .id(right.record.id) } }
            guard case .invalid(let failure)? = circle else { throw circle ?? .notFound }
            #expect(failure.failures.map(\.path) == ["/corrects"])
            try await store.statements.delete(.id(right.record.id), if: .none, by: editor)
            let live = try await store.statements.find(.id(wrong.record.id), as: .newsroom)
            #expect(live.draft.status == .live && live.record.version == 4)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a rehearsal of a correction corrects nothing`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let wrong = try await store.statements.create(.sample())
            let sequence = try await store.newestSequence()
            _ = try await store.statements.create(
                Proposal(.sample { $0.corrects = .id(wrong.record.id) }), by: editor, on: WriteTerms(isRehearsal: true))
            #expect(try await store.statements.find(.id(wrong.record.id), as: .newsroom) == wrong)
            #expect(try await store.newestSequence() == sequence)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what statements refer to cannot go`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let (person, outlet) = (try await store.people.create(.sample()), try await store.organizations.create(.sample("Axios")))
            let (of, about) = (try await store.organizations.create(.sample("House")), try await store.events.create(.sample("A")))
            let (article, subject) = (try await store.articles.create(.sample()), try await store.events.create(.sample("B")))
            let made = try await store.statements.create(
                .sample {
                    $0.speaker = .unnamed(UnnamedSource(description: "x", organization: .id(of.record.id)))
                    $0.chain = [.organization(.id(outlet.record.id)), .person(.id(person.record.id))]
                    $0.events = [.id(subject.record.id)]
                    $0.claim = Claim(about: .id(about.record.id), property: "a", value: "b")
                    $0.article = .id(article.record.id)
                })
            let inUse = StoreError.inUse(kind: .statement, count: 1)
            #expect(await storeError { try await store.people.delete(.id(person.record.id), if: .none, by: editor) } == inUse)
            for id in [of.record.id, outlet.record.id] {
                #expect(await storeError { try await store.organizations.delete(.id(id), if: .none, by: editor) } == inUse)
            }
            for id in [about.record.id, subject.record.id] {
                #expect(await storeError { try await store.events.delete(.id(id), if: .none, by: editor) } == inUse)
            }
            #expect(await storeError { try await store.articles.delete(.id(article.record.id), if: .none, by: editor) } == inUse)
            try await store.statements.delete(.id(made.record.id), if: .none, by: editor)
            try await store.organizations.delete(.id(of.record.id), if: .none, by: editor)
            try await store.articles.delete(.id(article.record.id), if: .none, by: editor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `everybody sees what a published article reports, and of it nothing that is hidden`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let shown = try await store.articles.create(.sample("Shown"))
            let draft = try await store.articles.create(.sample("Draft") { $0.status = .draft })
            let later = try await store.articles.create(
                .sample("Later") { $0.embargoedUntil = Instant(milliseconds: clock.now.milliseconds + 1_000) })
            var made: [Statement] = []
            for article in [shown, draft, later] {
                let former = made.last.map { Reference.id($0.record.id) }
                made.append(
                    try await store.statements.create(
                        .sample(article.draft.headline) {
                            $0.article = .id(article.record.id)
                            $0.corrects = former
                        }))
            }
            made.append(try await store.statements.create(.sample("Nowhere")))
            func seen() async throws -> [String] {
                let page = try await store.statements.page(ListQuery(sort: Sort(.createdAt), counts: true), as: .anonymous)
                #expect(page.total == page.items.count)
                return page.items.map(\.draft.text)
            }
            #expect(try await seen() == ["Shown"])
            for statement in made.dropFirst() {
                let error = await storeError { _ = try await store.statements.find(.id(statement.record.id), as: .anonymous) }
                #expect(error == .notFound)
            }
            clock.advance(milliseconds: 1_000)
            #expect(try await seen() == ["Shown", "Later"])
            let visible = try await store.statements.find(.id(made[2].record.id), as: .anonymous)
            #expect(visible.captions[made[1].record.id] == nil && visible.captions[later.record.id]?.name == "Later")
            #expect(visible.draft.speaker == .unnamed(UnnamedSource(description: "a senior official")))
            try await store.articles.change(shown.record.id) { $0.status = .retracted }
            #expect(try await seen() == ["Later"])
            let facets = try await store.statements.facets(FacetQuery(filters: [], members: [.article]), as: .anonymous)
            #expect(facets[0].values == [FacetValue(.reference(id: later.record.id.text, caption: "Later"), count: 1)])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the past of a statement is told as far as its article could be seen`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let article = try await store.articles.create(.sample { $0.status = .draft })
            let made = try await store.statements.create(
                .sample("One.") {
                    $0.article = .id(article.record.id)
                    $0.speaker = .unnamed(UnnamedSource(description: "somebody"))
                })
            clock.advance(milliseconds: 10)
            try await store.statements.change(made.record.id) { $0.text = "Two." }
            clock.advance(milliseconds: 10)
            let published = clock.now
            try await store.articles.change(article.record.id) { $0.status = .published }
            clock.advance(milliseconds: 10)
            try await store.statements.change(made.record.id) { $0.text = "Three." }
            let key = ResourceKey<Statement>.id(made.record.id)
            let versions = try await store.statements.revisions(of: key, RevisionQuery(), as: .anonymous).items.map(\.version)
            #expect(versions == [3, 2])
            let texts = try await store.statements.versions([1, 2], of: key, as: .anonymous).map { $0?.resource?.draft.text }
            #expect(texts == [nil, "Two."])
            let then = try await store.statements.find(key, as: .anonymous, asOf: published)
            #expect(then.draft.text == "Two." && then.draft.speaker?.source?.id == nil)
            let before = Instant(milliseconds: published.milliseconds - 1)
            #expect(await storeError { _ = try await store.statements.find(key, as: .anonymous, asOf: before) } == .notFound)
            func listed(_ instant: Instant) async throws -> [String] {
                var query = ListQuery<Statement>(sort: Sort(.saidAt), counts: true)
                query.asOf = instant
                return try await store.statements.page(query, as: .anonymous).items.map(\.draft.text)
            }
            #expect(try await listed(published) == ["Two."])
            #expect(try await listed(before) == [])
            #expect(try await listed(clock.now) == ["Three."])
            try await store.articles.change(article.record.id) { $0.status = .retracted }
            #expect(try await listed(published) == [])
            #expect(await storeError { _ = try await store.statements.revisions(of: key, RevisionQuery(), as: .anonymous) } == .notFound)
            #expect(try await store.statements.revisions(of: key, RevisionQuery(), as: .newsroom).items.count == 3)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `statements are found by their words and by how a source is called, by those who may see them`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, _ in
            let article = try await store.articles.create(.sample("Shown"))
            let made = try await store.statements.create(
                .sample("The zeppelin departs at dawn.") { $0.article = .id(article.record.id) })
            try await store.statements.create(.sample("A zeppelin that nobody is to know of."))
            func found(_ text: String, _ viewer: Viewer) async throws -> [String] {
                let page = try await store.search(SearchQuery(SearchExpression(parsing: text), kinds: [.statement]), as: viewer)
                return page.hits.map(\.id)
            }
            #expect(try await found("zeppelin", .anonymous) == [made.record.id.text])
            #expect(try await found("zeppelin", .newsroom).count == 2)
            #expect(try await found("\"senior official\"", .newsroom).count == 2)
            let hit = try await store.search(SearchQuery(SearchExpression(parsing: "zeppelin dawn")), as: .anonymous).hits[0]
            #expect(hit.kind == .statement && hit.title == "a senior official" && hit.status == "live")
            #expect(hit.snippet?.contains("<em>zeppelin</em>") == true)
            #expect(try await store.suggestions("zep", limit: 5, as: .newsroom).isEmpty)
            #expect(try await store.suggestions("sen", limit: 5, as: .newsroom).isEmpty)
        }
    }
}
