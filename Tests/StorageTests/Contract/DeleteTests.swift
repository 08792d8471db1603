import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct DeleteTests {
    @Test(arguments: StoreUnderTest.all)
    func `what was deleted is gone, and not merely unknown`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.articles.create(.sample { $0.externalIDs = ExternalIDs([ExternalID("a:1")].compactMap { $0 }) })
            try await store.articles.delete(.id(made.record.id), if: .versions([1]), by: editor)
            for viewer in [Viewer.anonymous, .newsroom] {
                #expect(await storeError { _ = try await store.articles.find(.id(made.record.id), as: viewer) } == .gone)
                #expect(await storeError { _ = try await store.articles.find(.slug(made.record.slug), as: viewer) } == .gone)
            }
            #expect(await storeError { try await store.articles.change(made.record.id) { $0.section = "x" } } == .gone)
            #expect(await storeError { try await store.articles.delete(.id(made.record.id), if: .none, by: editor) } == .gone)
            #expect(try await store.articles.page(ListQuery(sort: Sort(.createdAt)), as: .newsroom).items.isEmpty)
            #expect(store.statistics.sequence == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what nobody could see does not show that it was there`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let draft = try await store.articles.create(.sample { $0.status = .draft })
            let later = Instant(milliseconds: clock.now.milliseconds + 60_000)
            let embargoed = try await store.articles.create(.sample { $0.embargoedUntil = later })
            for made in [draft, embargoed] {
                try await store.articles.delete(.id(made.record.id), if: .none, by: editor)
                #expect(await storeError { _ = try await store.articles.find(.id(made.record.id), as: .anonymous) } == .notFound)
                #expect(await storeError { _ = try await store.articles.find(.slug(made.record.slug), as: .anonymous) } == .notFound)
                #expect(await storeError { _ = try await store.articles.find(.id(made.record.id), as: .newsroom) } == .gone)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was deleted under embargo was never there for others, nor is it when the embargo ends`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let end = Instant(milliseconds: clock.now.milliseconds + 1_000)
            let secret = try await store.articles.create(.sample { $0.embargoedUntil = end }).record
            let known = try await store.articles.create(.sample { $0.embargoedUntil = clock.now }).record
            for record in [secret, known] { try await store.articles.delete(.id(record.id), if: .none, by: editor) }
            for milliseconds in [0, 999, 1, 86_400_000] as [Int64] {
                clock.advance(milliseconds: milliseconds)
                #expect(await storeError { _ = try await store.articles.find(.id(secret.id), as: .anonymous) } == .notFound)
                #expect(await storeError { _ = try await store.articles.find(.slug(secret.slug), as: .anonymous) } == .notFound)
                #expect(await storeError { _ = try await store.articles.find(.id(known.id), as: .anonymous) } == .gone)
            }
            #expect(await storeError { _ = try await store.articles.find(.id(secret.id), as: .newsroom) } == .gone)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a statement that was deleted unseen was never there for others, nor is it when its article comes out`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, clock in
            let article = try await store.articles.create(.sample { $0.status = .draft }).record.id
            func statement() async throws -> ID<Statement> {
                try await store.statements.create(.sample { $0.article = .id(article) }).record.id
            }
            func expect(_ error: StoreError, of id: ID<Statement>, _ line: Int = #line) async {
                let key = ResourceKey<Statement>.id(id)
                #expect(await storeError { _ = try await store.statements.find(key, as: .anonymous) } == error, "line \(line)")
                #expect(
                    await storeError { _ = try await store.statements.find(key, as: .anonymous, asOf: clock.now) } == error, "line \(line)")
                let query = RevisionQuery()
                #expect(
                    await storeError { _ = try await store.statements.revisions(of: key, query, as: .anonymous) } == error, "line \(line)")
                #expect(await storeError { _ = try await store.statements.find(key, as: .newsroom) } == .gone)
            }
            let secret = try await statement()
            try await store.statements.delete(.id(secret), if: .none, by: editor)
            await expect(.notFound, of: secret)
            clock.advance(milliseconds: 10)
            let known = try await statement()
            try await store.articles.change(article) { $0.status = .published }
            await expect(.notFound, of: secret)
            try await store.statements.delete(.id(known), if: .none, by: editor)
            await expect(.gone, of: known)
            let withdrawn = try await statement()
            try await store.articles.change(article) { $0.status = .retracted }
            try await store.statements.delete(.id(withdrawn), if: .none, by: editor)
            await expect(.notFound, of: known)
            try await store.articles.change(article) { $0.status = .published }
            await expect(.notFound, of: secret)
            await expect(.notFound, of: withdrawn)
            await expect(.gone, of: known)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `slug and external ids are free again`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let draft = try Person.Draft.sample {
                $0.slug = try slug("gallant")
                $0.externalIDs = ExternalIDs([try externalID("desk:7")])
            }
            let first = try await store.people.create(draft)
            try await store.people.delete(.slug(first.record.slug), if: .none, by: editor)
            let second = try await store.people.create(draft)
            #expect(try await store.people.find(.slug(first.record.slug), as: .newsroom).record.id == second.record.id)
            #expect(await storeError { _ = try await store.people.find(.id(first.record.id), as: .newsroom) } == .gone)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what others refer to stays`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample()).record.id
            let house = try await store.organizations.create(.sample()).record.id
            let event = try await store.events.create(.sample { $0.participants = [.init(target: .person(.id(person)))] }).record.id
            #expect(
                await storeError { try await store.people.delete(.id(person), if: .none, by: editor) } == .inUse(kind: .event, count: 1))
            let article = try await store.articles.create(
                .sample {
                    $0.authors = [RoleReference(target: .id(person))]
                    $0.people = [RoleReference(target: .id(person)), RoleReference(target: .id(person), role: "subject")]
                    $0.organizations = [RoleReference(target: .id(house))]
                    $0.events = [RoleReference(target: .id(event))]
                }
            ).record.id
            #expect(
                await storeError { try await store.people.delete(.id(person), if: .none, by: editor) } == .inUse(kind: .article, count: 1))
            #expect(
                await storeError { try await store.organizations.delete(.id(house), if: .none, by: editor) }
                    == .inUse(kind: .article, count: 1))
            #expect(
                await storeError { try await store.events.delete(.id(event), if: .none, by: editor) } == .inUse(kind: .article, count: 1))
            try await store.articles.delete(.id(article), if: .none, by: editor)
            try await store.events.delete(.id(event), if: .none, by: editor)
            try await store.people.delete(.id(person), if: .none, by: editor)
            try await store.organizations.delete(.id(house), if: .none, by: editor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `parents and wholes stay as long as something belongs to them`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let parent = try await store.organizations.create(.sample("parent")).record.id
            let child = try await store.organizations.create(.sample("child") { $0.parent = .id(parent) }).record.id
            try await store.people.create(.sample { $0.roles = [Person.Role(title: "Head", organization: .id(child))] })
            #expect(
                await storeError { try await store.organizations.delete(.id(parent), if: .none, by: editor) }
                    == .inUse(kind: .organization, count: 1))
            #expect(
                await storeError { try await store.organizations.delete(.id(child), if: .none, by: editor) }
                    == .inUse(kind: .person, count: 1))
            let whole = try await store.events.create(.sample("whole")).record.id
            try await store.events.create(.sample("part") { $0.partOf = .id(whole) })
            #expect(await storeError { try await store.events.delete(.id(whole), if: .none, by: editor) } == .inUse(kind: .event, count: 1))
        }
    }
}
