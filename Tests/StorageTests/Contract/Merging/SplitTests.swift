import Newsroom
import Storage
import Testing
import Turns

/// A merge that is undone.
@Suite(.inTurn) struct SplitTests {
    @Test(arguments: StoreUnderTest.all)
    func `all is as it was before the merge`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await MergeTests.Pair(store)
            _ = try await pair.merge(store)
            let revived = try await pair.split(store)
            #expect(revived.draft == pair.other.draft && revived.record.id == pair.other.record.id && revived.record.version == 3)
            #expect(revived.record.slug == pair.other.record.slug && revived.record.createdAt == pair.other.record.createdAt)
            #expect(try await store.people.find(.id(pair.survivor.record.id), as: .newsroom).draft == pair.survivor.draft)
            for article in [pair.both, pair.alone] {
                let now = try await store.articles.find(.id(article.record.id), as: .newsroom)
                #expect(now.draft == article.draft && now.record.version == 3)
            }
            #expect(try await store.events.find(.id(pair.event.record.id), as: .newsroom).draft == pair.event.draft)
            let query = ListQuery<Article>(
                filters: [Filter(.person, .equal, [.id(pair.other.record.id.text)])], sort: Sort(.createdAt), limit: 10)
            #expect(try await store.articles.page(query, as: .newsroom).items.count == 2)
            // And once more from the beginning.
            _ = try await pair.merge(store)
            #expect(try await pair.split(store).draft == pair.other.draft)
            #expect(try await store.articles.find(.id(pair.both.record.id), as: .newsroom).draft == pair.both.draft)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what others did since stays`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await MergeTests.Pair(store)
            let survivor = pair.survivor.record.id
            _ = try await pair.merge(store)
            let third = try await store.people.create(.sample("Third"))
            try await store.people.change(survivor) {
                $0.aliases.append(Alias(name: "Y. G."))
                $0.born = PartialDate("1958")
            }
            try await store.articles.change(pair.alone.record.id) {
                $0.headline = "Alone, corrected"
                $0.authors = [RoleReference(target: .id(third.record.id))]
            }
            let later = try await store.articles.create(.sample("Later") { $0.people = [RoleReference(target: .id(survivor))] })
            _ = try await pair.split(store)
            let left = try await store.people.find(.id(survivor), as: .newsroom).draft
            #expect(left.aliases.map(\.name) == ["Y. G."] && left.born == PartialDate("1958"))
            #expect(left.roles.map(\.title) == ["Minister"] && left.externalIDs == pair.survivor.draft.externalIDs)
            let alone = try await store.articles.find(.id(pair.alone.record.id), as: .newsroom).draft
            #expect(alone.headline == "Alone, corrected" && alone.authors.map(\.target) == [.id(third.record.id)])
            #expect(alone.people.map(\.target) == [.id(pair.other.record.id)])
            #expect(try await store.articles.find(.id(later.record.id), as: .newsroom).draft.people.map(\.target) == [.id(survivor)])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `it works after the store was opened anew, and is refused where nothing is merged`(_ kind: StoreUnderTest) async throws {
        let (folder, clock) = (TemporaryFolder(), TestClock())
        let before = try kind.open(folder, clock)
        let pair = try await MergeTests.Pair(before)
        _ = try await pair.merge(before)
        await before.close()
        let store = try kind.open(folder, clock)
        func refusal(_ key: ResourceKey<Person>, _ from: Reference<Person>? = nil) async -> StoreError? {
            await storeError { _ = try await store.people.split(key, Splitting(from: from), if: .none, by: editor, on: WriteTerms()) }
        }
        #expect(await refusal(.id(pair.survivor.record.id))?.paths == [""])
        #expect(await refusal(.id(pair.survivor.record.id), .slug(try slug("nobody")))?.paths == ["/from"])
        let rehearsal = WriteTerms<Person>(isRehearsal: true)
        let shown = try await store.people.split(.id(pair.other.record.id), Splitting(), if: .none, by: editor, on: rehearsal)
            .plainResource()
        #expect(shown.draft == pair.other.draft)
        #expect(await refusal(.id(pair.other.record.id), .id(pair.survivor.record.id)) == .merged(into: pair.survivor.record.id.text))
        let stale = await storeError {
            _ = try await store.people.split(.id(pair.other.record.id), Splitting(), if: .versions([1]), by: editor, on: WriteTerms())
        }
        #expect(stale == .staleVersion(current: 2))
        #expect(try await pair.split(store).draft == pair.other.draft)
        #expect(await refusal(.id(pair.other.record.id))?.paths == [""])
        await store.close()
        #expect(try StoreCheck.run(path: folder.file("newsroom.db")) == [])
    }

    @Test(arguments: StoreUnderTest.all)
    func `more references than one transaction moves are moved, and go back`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let one = try await store.people.create(.sample("Ada North"))
            let other = try await store.people.create(.sample("Ada Nord"))
            let rows = (0..<1_200).map { number in
                ImportRow.article(
                    ImportEntry(id: nil, externalIDs: ExternalIDs()) { _ in
                        Proposal(.sample("Number \(number)") { $0.people = [RoleReference(target: .id(other.record.id))] })
                    })
            }
            _ = try await store.importRows(rows, by: editor)
            let rehearsal = WriteTerms<Person>(isRehearsal: true)
            let merging = Merging<Person>(from: .id(other.record.id))
            let sequence = try await store.newestSequence()
            _ = try await store.people.merge(.id(one.record.id), merging, if: .none, by: editor, on: rehearsal)
            #expect(try await store.newestSequence() == sequence)
            _ = try await store.people.merge(.id(one.record.id), merging, if: .none, by: editor, on: WriteTerms())
            func count(_ id: ID<Person>) async throws -> Int? {
                let filter = Filter(Article.FilterMember.person, .equal, [.id(id.text)])
                let query = ListQuery<Article>(filters: [filter], sort: Sort(.createdAt), limit: 1, counts: true)
                return try await store.articles.page(query, as: .newsroom).total
            }
            #expect(try await count(one.record.id) == 1_200)
            _ = try await store.people.split(.id(other.record.id), Splitting(), if: .none, by: editor, on: WriteTerms())
            #expect(try await count(one.record.id) == 0)
            #expect(try await count(other.record.id) == 1_200)
        }
    }
}
