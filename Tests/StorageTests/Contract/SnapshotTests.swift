import Dispatch
import Newsroom
import Testing
import Turns

/// The contract: one moment of everything.
@Suite(.inTurn) struct SnapshotTests {
    @Test(arguments: StoreUnderTest.all)
    func `what is written meanwhile is not in a snapshot`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            let before = try await store.people.create(.sample("Before"))
            let (reads, hasRead) = AsyncStream.makeStream(of: Void.self)
            let isWritten = DispatchSemaphore(value: 0)
            async let seen = store.snapshot { snapshot throws(StoreError) in
                let people = try snapshot.page(ListQuery<Person>(sort: Sort(.createdAt)))
                hasRead.finish()
                isWritten.wait()
                let articles = try snapshot.page(ListQuery<Article>(sort: Sort(.createdAt)))
                return (people.items.map(\.record.id), articles.items.count)
            }
            for await _ in reads {}
            let after = try await store.people.create(.sample("After"))
            _ = try await store.articles.create(
                .sample { $0.people = [RoleReference(target: .id(after.record.id), role: nil)] })
            isWritten.signal()
            let (people, articleCount) = try await seen.get()
            #expect(people == [before.record.id])
            #expect(articleCount == 0)
            let later = try await store.snapshot { snapshot throws(StoreError) in
                try snapshot.page(ListQuery<Article>(sort: Sort(.createdAt))).items.count
            }
            #expect(try later.get() == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what its reader throws is handed on, and the store goes on`(_ engine: StoreUnderTest) async throws {
        struct Enough: Error {}
        try await engine.withStore { store, _ in
            let ending = try await store.snapshot { _ throws(Enough) in throw Enough() }
            #expect(throws: Enough.self) { try ending.get() }
            #expect(try await store.people.create(.sample("Next")).record.version == 1)
        }
    }
}
