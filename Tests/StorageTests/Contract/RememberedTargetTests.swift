import Newsroom
import Testing
import Turns

/// What articles refer to is looked up anew whenever it may have changed.
@Suite(.inTurn) struct RememberedTargetTests {
    private func article(about text: String) throws -> Article.Draft {
        try .sample { $0.people = [RoleReference(target: .slug(try slug(text)))] }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an article is shown with what its targets are called now`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(
                .sample("Ada Frost") { $0.roles = [Person.Role(title: "Mayor")] })
            let house = try await store.organizations.create(.sample("Town Hall"))
            let event = try await store.events.create(.sample("Vote"))
            let draft = Article.Draft.sample {
                $0.people = [RoleReference(target: .id(person.record.id))]
                $0.organizations = [RoleReference(target: .id(house.record.id))]
                $0.events = [RoleReference(target: .id(event.record.id))]
            }
            for name in ["Ada Frost", "Ada Snow"] {
                try await store.people.change(person.record.id) { $0.name = name }
                try await store.organizations.change(house.record.id) { $0.name = name }
                try await store.events.change(event.record.id) { $0.title = name }
                for _ in 0..<2 {
                    let made = try await store.articles.create(draft)
                    #expect(made.captions[person.record.id] == Caption(name: name, roleAt: "Mayor"))
                    #expect(made.captions[house.record.id]?.name == name && made.captions[event.record.id]?.name == name)
                    #expect(try await store.articles.find(.id(made.record.id), as: .newsroom) == made)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a slug leads to whoever has it now`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let draft = try article(about: "mayor")
            let first = try await store.people.create(.sample("A") { $0.slug = Slug("mayor") })
            #expect(try await store.articles.create(draft).draft.people[0].target == .id(first.record.id))
            try await store.people.change(first.record.id) { $0.slug = Slug("former-mayor") }
            #expect(await storeError { try await store.articles.create(draft) } != nil)
            let second = try await store.people.create(.sample("B") { $0.slug = Slug("mayor") })
            #expect(try await store.articles.create(draft).draft.people[0].target == .id(second.record.id))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nothing refers to what is deleted, or was only rehearsed`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let draft = try article(about: "mayor")
            let made = try await store.articles.create(.sample())
            let person = try await store.people.create(.sample { $0.slug = Slug("mayor") })
            let key = ResourceKey.id(made.record.id)
            // Refers to the person, and then to nobody.
            _ = try await store.articles.revise(key, if: .none, by: editor) { _ in Proposal(draft) }
            try await store.articles.change(made.record.id) { $0.people = [] }
            try await store.people.delete(.id(person.record.id), if: .none, by: editor)
            #expect(await storeError { try await store.articles.create(draft) } != nil)
            _ = try await store.people.create(
                Proposal(.sample { $0.slug = Slug("mayor") }), by: editor, on: WriteTerms(isRehearsal: true))
            #expect(await storeError { try await store.articles.create(draft) } != nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an external id in another Unicode form is another's`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let (composed, decomposed) = (try externalID("w:\u{E9}"), try externalID("w:e\u{301}"))
            func article(_ id: ExternalID) -> Article.Draft {
                .sample { $0.people = [RoleReference(target: .externalID(id))] }
            }
            let first = try await store.people.create(.sample("One") { $0.externalIDs = ExternalIDs([composed]) })
            #expect(try await store.articles.create(article(composed)).draft.people[0].target == .id(first.record.id))
            #expect(await storeError { try await store.articles.create(article(decomposed)) }?.paths == ["/people/0"])
            let second = try await store.people.create(.sample("Two") { $0.externalIDs = ExternalIDs([decomposed]) })
            for _ in 0..<2 {
                #expect(try await store.articles.create(article(decomposed)).draft.people[0].target == .id(second.record.id))
                #expect(try await store.articles.create(article(composed)).draft.people[0].target == .id(first.record.id))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what another process writes counts`(_ kind: StoreUnderTest) async throws {
        let folder = TemporaryFolder()
        let clock = TestClock()
        let (own, other) = (try kind.open(folder, clock), try kind.open(folder, clock))
        let person = try await own.people.create(.sample("Ada Frost"))
        let draft = Article.Draft.sample { $0.people = [RoleReference(target: .id(person.record.id))] }
        #expect(try await own.articles.create(draft).captions[person.record.id]?.name == "Ada Frost")
        try await other.people.change(person.record.id) { $0.name = "Ada Snow" }
        #expect(try await own.articles.create(draft).captions[person.record.id]?.name == "Ada Snow")
        await own.close()
        await other.close()
    }
}
