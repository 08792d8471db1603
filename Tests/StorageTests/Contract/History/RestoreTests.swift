import Newsroom
import Testing
import Turns

/// A version that comes back as the newest one.
@Suite(.inTurn) struct RestoreTests {
    @Test(arguments: StoreUnderTest.all)
    func `a version comes back as a new one, and the log says which`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.people.create(.sample { $0.externalIDs = ExternalIDs([try externalID("wire:1")]) })
            clock.advance(milliseconds: 5)
            try await store.people.change(made.record.id) {
                $0.name = "Somebody else"
                $0.slug = Slug("somebody-else")
                $0.externalIDs = ExternalIDs()
            }
            let key = ResourceKey.id(made.record.id)
            let back = try await store.people.restore(key, Restoration(version: 1, note: "by mistake"), if: .versions([2]), by: editor)
            #expect(back.draft == made.draft)
            #expect(back.record.version == 3)
            #expect(back.record.slug == made.record.slug)
            #expect(back.record.createdAt == made.record.createdAt)
            #expect(back.record.updatedAt == clock.now)
            #expect(try await store.people.find(key, as: .anonymous) == back)
            let newest = try await store.people.revisions(of: key, RevisionQuery(limit: 1), as: .newsroom).items[0]
            #expect(newest.operation == .updated)
            #expect(newest.note == "restored from version 1: by mistake")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is so already is not written again`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.events.create(.sample())
            let sequence = try await store.newestSequence()
            let same = try await store.events.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
            #expect(same.record == made.record)
            #expect(try await store.newestSequence() == sequence)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was deleted comes back under its id with all that it had`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let person = try await store.people.create(.sample())
            let made = try await store.articles.create(
                .sample {
                    $0.people = [RoleReference(target: .id(person.record.id), role: "subject")]
                    $0.tags = ["gaza"]
                    $0.externalIDs = ExternalIDs([try externalID("wire:1")])
                })
            clock.advance(milliseconds: 5)
            try await store.articles.delete(.id(made.record.id), if: .none, by: editor)
            let key = ResourceKey.id(made.record.id)
            #expect(
                await storeError { _ = try await store.articles.restore(key, Restoration(version: 1), if: .versions([1]), by: editor) }
                    == .staleVersion(current: 2))
            let back = try await store.articles.restore(key, Restoration(version: 1), if: .none, by: editor)
            #expect(back.draft == made.draft)
            #expect(back.captions == made.captions)
            #expect(back.record.id == made.record.id)
            #expect(back.record.version == 3)
            #expect(back.record.createdAt == made.record.createdAt)
            #expect(try await store.articles.find(.slug(made.record.slug), as: .anonymous) == back)
            let revisions = try await store.articles.revisions(of: key, RevisionQuery(), as: .newsroom).items
            #expect(revisions.map(\.operation) == [.created, .deleted, .created])
            #expect(revisions[0].note == "restored from version 1")
            let byTag = ListQuery<Article>(filters: [Filter(.tag, .equal, [.text("gaza")])], sort: Sort(.publishedAt))
            #expect(try await store.articles.page(byTag, as: .anonymous).items.map(\.record) == [back.record])
            // And it lives on as anything else.
            let changed = try await store.articles.change(made.record.id, if: .versions([3])) { $0.headline = "More" }
            #expect(changed.record.version == 4)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a slug and an external id that are others' by now are a conflict`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let ids = ExternalIDs([try externalID("wire:1")])
            let made = try await store.people.create(.sample { $0.externalIDs = ids })
            try await store.people.delete(.id(made.record.id), if: .none, by: editor)
            try await store.people.create(.sample { $0.externalIDs = ids })
            let error = await storeError {
                _ = try await store.people.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
            }
            #expect(error == .conflict([.taken("/slug"), .taken("/external_ids/wire")]))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `references to what is not there any more are refused, and the status is not brought back`(
        _ kind: StoreUnderTest
    ) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample())
            let made = try await store.articles.create(
                .sample {
                    $0.status = .draft
                    $0.people = [RoleReference(target: .id(person.record.id))]
                })
            try await store.articles.change(made.record.id) {
                $0.people = []
                $0.status = .published
            }
            try await store.people.delete(.id(person.record.id), if: .none, by: editor)
            for isDeleted in [false, true] {
                if isDeleted { try await store.articles.delete(.id(made.record.id), if: .none, by: editor) }
                let error = await storeError {
                    _ = try await store.articles.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
                }
                guard case .invalid(let failure)? = error else { throw error ?? StoreError.notFound }
                #expect(failure.failures.map(\.path) == ["/people/0"])
                #expect(failure.failures.map(\.rule) == [.unknownReference])
            }
            _ = try await store.people.restore(.id(person.record.id), Restoration(version: 1), if: .none, by: editor)
            let back = try await store.articles.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
            #expect(back.draft.people == made.draft.people && back.draft.status == .published && back.draft.publishedAt != nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a version that is none, and a deletion, are refused`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.people.create(.sample())
            try await store.people.delete(.id(made.record.id), if: .none, by: editor)
            for (version, rule) in [(9, MemberFailure.Rule.unknownReference), (2, .invalidValue)] {
                let error = await storeError {
                    _ = try await store.people.restore(.slug(made.record.slug), Restoration(version: version), if: .none, by: editor)
                }
                guard case .invalid(let failure)? = error else { throw error ?? StoreError.notFound }
                #expect(failure.failures.map(\.path) == ["/version"])
                #expect(failure.failures.map(\.rule) == [rule])
            }
            let none = ResourceKey<Person>.slug(try slug("nobody"))
            #expect(
                await storeError { _ = try await store.people.restore(none, Restoration(version: 1), if: .none, by: editor) } == .notFound)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the date of the first publication outlives deletion and return`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.articles.create(.sample())
            let first = made.draft.firstPublishedAt
            clock.advance(milliseconds: 1_000)
            try await store.articles.delete(.id(made.record.id), if: .none, by: editor)
            clock.advance(milliseconds: 1_000)
            let back = try await store.articles.restore(.id(made.record.id), Restoration(version: 1), if: .none, by: editor)
            #expect(first != nil)
            #expect(back.draft.firstPublishedAt == first)
        }
    }
}
