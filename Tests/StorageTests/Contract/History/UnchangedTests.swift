import Newsroom
import Testing
import Turns

/// A write that changes nothing makes no version and no row of the log, whatever the kind and the way.
@Suite(.inTurn) struct UnchangedTests {
    @Test(arguments: StoreUnderTest.all)
    func `what is written as it is leaves no trace, for every kind and way of writing`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await World(store, clock)
            let sequence = try await store.newestSequence()
            clock.advance(milliseconds: 1_000)
            func check<R: Resource>(
                _ shelf: any ResourceStore<R>, _ sort: R.SortMember, _ row: (ImportEntry<R>) -> ImportRow
            ) async throws {
                let all = try await shelf.walk(ListQuery(sort: Sort(sort), isWhole: true))
                #expect(!all.isEmpty)
                for resource in all {
                    let id = resource.record.id
                    let same = try await shelf.revise(.id(id), if: .versions([1, 2]), by: editor) { Proposal($0.draft) }
                    #expect(same.record == resource.record && same.draft == resource.draft)
                    let restored = try await shelf.restore(.id(id), Restoration(version: resource.record.version), if: .none, by: editor)
                    #expect(restored.record == resource.record && restored.draft == resource.draft)
                    let entry = ImportEntry<R>(id: id, externalIDs: resource.draft.externalIDs) { Proposal($0 ?? resource.draft) }
                    #expect(try await store.importRows([row(entry)], by: editor) == [.unchanged(id: id.text)])
                    #expect(try await shelf.revisions(of: .id(id), RevisionQuery(), as: .newsroom).items.count == resource.record.version)
                }
            }
            try await check(store.articles, .createdAt) { .article($0) }
            try await check(store.people, .createdAt) { .person($0) }
            try await check(store.organizations, .createdAt) { .organization($0) }
            try await check(store.events, .createdAt) { .event($0) }
            #expect(try await store.newestSequence() == sequence)
        }
    }
}
