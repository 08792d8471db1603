import Newsroom
import Testing
import Turns

/// The revisions of a resource, and who sees which of them.
@Suite(.inTurn) struct RevisionTests {
    @Test(arguments: StoreUnderTest.all)
    func `each write is a revision, the newest first or last`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.people.create(.sample())
            for name in ["A", "B", "C"] {
                clock.advance(milliseconds: 10)
                try await store.people.change(made.record.id) { $0.name = name }
            }
            let page = try await store.people.revisions(of: .id(made.record.id), RevisionQuery(), as: .newsroom)
            #expect(page.id == made.record.id)
            #expect(page.items.map(\.version) == [4, 3, 2, 1])
            #expect(page.items.map(\.operation) == [.updated, .updated, .updated, .created])
            #expect(page.items.map(\.actor) == Array(repeating: editor, count: 4))
            #expect(page.items.map(\.recordedAt.milliseconds) == (0..<4).reversed().map { made.record.createdAt.milliseconds + $0 * 10 })
            #expect(page.next == nil)
            let upwards = RevisionQuery(isDescending: false)
            #expect(try await store.people.revisions(of: .slug(made.record.slug), upwards, as: .anonymous).items == page.items.reversed())
        }
    }

    @Test(arguments: StoreUnderTest.all, [true, false])
    func `pages of revisions have each once`(_ kind: StoreUnderTest, _ isDescending: Bool) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.events.create(.sample())
            for number in 2...7 { try await store.events.change(made.record.id) { $0.title = "Talks \(number)" } }
            var query = RevisionQuery(isDescending: isDescending, limit: 3)
            var versions: [Int] = []
            var counts: [Int] = []
            repeat {
                let page = try await store.events.revisions(of: .id(made.record.id), query, as: .newsroom)
                versions += page.items.map(\.version)
                counts.append(page.items.count)
                query.after = page.next
            } while query.after != nil
            #expect(versions == (isDescending ? Array((1...7).reversed()) : Array(1...7)))
            #expect(counts == [3, 3, 1])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a version is the resource as it was, its references called as they were called then`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let person = try await store.people.create(.sample { $0.roles = [Person.Role(title: "Minister")] })
            let party = try await store.organizations.create(.sample("Party"))
            let event = try await store.events.create(.sample { $0.status = .scheduled })
            let first = try await store.articles.create(
                .sample {
                    $0.people = [RoleReference(target: .id(person.record.id), role: "subject")]
                    $0.authors = [RoleReference(target: .id(person.record.id))]
                    $0.organizations = [RoleReference(target: .id(party.record.id))]
                    $0.events = [RoleReference(target: .id(event.record.id))]
                    $0.externalIDs = ExternalIDs([try externalID("wire:1")])
                })
            clock.advance(milliseconds: 1)
            try await store.people.change(person.record.id) {
                $0.name = "Yoav G."
                $0.roles[0].title = "Member"
            }
            try await store.organizations.change(party.record.id) { $0.name = "Other party" }
            try await store.events.change(event.record.id) { $0.status = .cancelled }
            let second = try await store.articles.change(first.record.id) { $0.headline = "Second" }
            #expect(second.captions != first.captions)
            let key = ResourceKey.id(first.record.id)
            let versions = try await store.articles.versions([1, 2, 3], of: key, as: .newsroom)
            #expect(versions.map { $0?.resource } == [first, second, nil])
            #expect(try await store.articles.versions([2, 1], of: key, as: .anonymous).map { $0?.resource } == [second, first])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every kind has its versions back whole`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            func check<S: ResourceStore>(_ shelf: S, _ sort: S.R.SortMember) async throws {
                for resource in try await shelf.walk(ListQuery(sort: Sort(sort), isWhole: true)) {
                    let versions = try await shelf.versions([resource.record.version], of: .id(resource.record.id), as: .newsroom)
                    #expect(versions.map { $0?.resource } == [resource])
                    #expect(try await shelf.find(.id(resource.record.id), as: .newsroom, asOf: clock.now) == resource)
                    #expect(try await shelf.find(.slug(resource.record.slug), as: .newsroom, asOf: clock.now) == resource)
                }
            }
            try await check(store.articles, .createdAt)
            try await check(store.people, .createdAt)
            try await check(store.organizations, .createdAt)
            try await check(store.events, .createdAt)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `without a token one sees the versions that were public, of what is public now`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let hour: Int64 = 3_600_000
            let made = try await store.articles.create(.sample { $0.status = .draft })
            let key = ResourceKey.id(made.record.id)
            let embargo = Instant(milliseconds: clock.now.milliseconds + hour)
            try await store.articles.change(made.record.id) {
                $0.status = .published
                $0.embargoedUntil = embargo
            }
            #expect(await storeError { _ = try await store.articles.revisions(of: key, RevisionQuery(), as: .anonymous) } == .notFound)
            clock.advance(milliseconds: hour / 2)
            try await store.articles.change(made.record.id) { $0.headline = "Before the embargo ends" }
            clock.advance(milliseconds: hour)
            try await store.articles.change(made.record.id) { $0.headline = "After it" }
            // The second was replaced while nobody could see it: it never was public.
            let page = try await store.articles.revisions(of: key, RevisionQuery(), as: .anonymous)
            #expect(page.items.map(\.version) == [4, 3])
            let versions = try await store.articles.versions([1, 2, 3, 4], of: key, as: .anonymous)
            #expect(versions.map { $0?.revision.version } == [nil, nil, 3, 4])
            #expect(try await store.articles.revisions(of: key, RevisionQuery(), as: .newsroom).items.count == 4)

            try await store.articles.change(made.record.id) { $0.status = .retracted }
            #expect(await storeError { _ = try await store.articles.revisions(of: key, RevisionQuery(), as: .anonymous) } == .notFound)
            #expect(await storeError { _ = try await store.articles.versions([4], of: key, as: .anonymous) } == .notFound)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the newsroom reads the revisions of what was deleted, others are told that it is gone`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.articles.create(.sample())
            let hidden = try await store.articles.create(.sample("Draft") { $0.status = .draft })
            for resource in [made, hidden] { try await store.articles.delete(.id(resource.record.id), if: .none, by: editor) }
            for key in [ResourceKey.id(made.record.id), .slug(made.record.slug)] {
                let page = try await store.articles.revisions(of: key, RevisionQuery(), as: .newsroom)
                #expect(page.items.map(\.operation) == [.deleted, .created])
                let versions = try await store.articles.versions([1, 2], of: key, as: .newsroom)
                #expect(versions.map { $0?.resource } == [made, nil])
                #expect(versions[1]?.revision.operation == .deleted)
                #expect(await storeError { _ = try await store.articles.revisions(of: key, RevisionQuery(), as: .anonymous) } == .gone)
            }
            for key in [ResourceKey.id(hidden.record.id), .slug(hidden.record.slug)] {
                #expect(await storeError { _ = try await store.articles.revisions(of: key, RevisionQuery(), as: .anonymous) } == .notFound)
            }
            let none = ResourceKey<Article>.slug(try slug("nothing"))
            #expect(await storeError { _ = try await store.articles.revisions(of: none, RevisionQuery(), as: .newsroom) } == .notFound)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is deleted by now keeps its id alone where everybody reads an older version`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample())
            let made = try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] })
            try await store.articles.change(made.record.id) { $0.people = [] }
            try await store.people.delete(.id(person.record.id), if: .none, by: editor)
            let key = ResourceKey.id(made.record.id)
            let seen = try await store.articles.versions([1], of: key, as: .anonymous)[0]?.resource
            #expect(seen?.draft == made.draft)
            #expect(seen?.captions == Captions())
            #expect(try await store.articles.versions([1], of: key, as: .newsroom)[0]?.resource == made)
        }
    }
}
