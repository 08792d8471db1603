import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct ExternalIDTests {
    @Test(arguments: StoreUnderTest.all)
    func `an external id belongs to one resource of a kind`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let ids = ExternalIDs([try externalID("wire:17")])
            let first = try await store.articles.create(.sample { $0.externalIDs = ids })
            try await store.people.create(.sample { $0.externalIDs = ids })
            let taken = StoreError.conflict([.taken("/external_ids/wire")])
            #expect(await storeError { try await store.articles.create(.sample { $0.externalIDs = ids }) } == taken)
            let second = try await store.articles.create(.sample())
            #expect(await storeError { try await store.articles.change(second.record.id) { $0.externalIDs = ids } } == taken)
            try await store.articles.change(first.record.id) { $0.externalIDs = ExternalIDs() }
            #expect(try await store.articles.change(second.record.id) { $0.externalIDs = ids }.draft.externalIDs == ids)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `all values that others have are told at once`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let ids = ExternalIDs([try externalID("desk:1"), try externalID("wire:17")])
            let wished = try slug("talks")
            let first = try await store.articles.create(
                .sample {
                    $0.externalIDs = ids
                    $0.slug = wished
                })
            let taken = StoreError.conflict([.taken("/slug"), .taken("/external_ids/desk"), .taken("/external_ids/wire")])
            #expect(await storeError { try await store.articles.create(first.draft) } == taken)
            let second = try await store.articles.create(.sample("Another"))
            #expect(
                await storeError {
                    try await store.articles.change(second.record.id) {
                        $0.externalIDs = ids
                        $0.slug = wished
                    }
                } == taken)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `external ids are changed one by one`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.events.create(
                .sample { $0.externalIDs = ExternalIDs([ExternalID("a:1"), ExternalID("b:2")].compactMap { $0 }) })
            let changed = try await store.events.change(made.record.id) {
                $0.externalIDs["a"] = nil
                $0.externalIDs["b"] = "3"
                $0.externalIDs["c"] = "x:y"
            }
            #expect(changed.draft.externalIDs.bySource == ["b": "3", "c": "x:y"])
            #expect(changed.record.version == 2)
        }
    }
}
