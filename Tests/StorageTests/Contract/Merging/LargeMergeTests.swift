import Newsroom
import Testing
import Turns

/// Merges of which more is moved than one transaction does: what refuses them moves nothing.
@Suite(.inTurn) struct LargeMergeTests {
    private struct Pair {
        let survivor: ID<Person>
        let other: ID<Person>

        /// - Parameter aliasCount: how many names each of the two has beside its own.
        init(_ store: any NewsroomStore, aliasCount: Int = 0) async throws {
            func draft(_ name: String) -> Person.Draft {
                .sample(name) { draft in
                    draft.aliases = (0..<aliasCount).map { Alias(name: "\(name) \($0)") }
                    draft.externalIDs = ExternalIDs([ExternalID("\(name.lowercased()):1")].compactMap { $0 })
                }
            }
            survivor = try await store.people.create(draft("Frost")).record.id
            other = try await store.people.create(draft("Snow")).record.id
            let article = Article.Draft.sample { [other] in $0.people = [RoleReference(target: .id(other))] }
            let rows = (0..<520).map { _ in
                ImportRow.article(ImportEntry(id: nil, externalIDs: ExternalIDs()) { _ in Proposal(article) })
            }
            #expect(try await store.importRows(rows, by: editor).count == 520)
        }

        func merge(
            _ store: any NewsroomStore, if precondition: Precondition = .none, on terms: WriteTerms<Person> = WriteTerms()
        ) async throws -> Written<Person> {
            try await store.people.merge(.id(survivor), Merging(from: .id(other)), if: precondition, by: editor, on: terms)
        }

        func refusal(
            _ store: any NewsroomStore, if precondition: Precondition = .none, on terms: WriteTerms<Person> = WriteTerms()
        ) async -> StoreError? {
            await storeError { _ = try await merge(store, if: precondition, on: terms) }
        }

        func articleCount(of id: ID<Person>, _ store: any NewsroomStore) async throws -> Int? {
            let filter = Filter(Article.FilterMember.person, .equal, [.id(id.text)])
            return try await store.articles.page(
                ListQuery(filters: [filter], sort: Sort(.createdAt), counts: true), as: .newsroom
            ).total
        }
    }

    private static func terms(_ request: String) -> WriteTerms<Person> {
        let key = IdempotencyKey(text: "k", request: [Array(request.utf8)])
        return WriteTerms(
            receipt: ReceiptTerms(key: key) { Receipt(status: 200, fields: [], body: Array("\($0.record.version)".utf8)) })
    }

    @Test(arguments: StoreUnderTest.all)
    func `under a key that came with another request nothing moves`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await Pair(store)
            _ = try await store.people.create(Proposal(.sample("Third")), by: editor, on: Self.terms("another"))
            let sequence = try await store.newestSequence()
            #expect(await pair.refusal(store, on: Self.terms("merge")) == .keyReused)
            #expect(try await store.newestSequence() == sequence)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `where the two together break a rule, or the version is stale, nothing moves`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await Pair(store, aliasCount: 60)
            let sequence = try await store.newestSequence()
            #expect(await pair.refusal(store, if: .versions([7])) == .staleVersion(current: 1))
            #expect(await pair.refusal(store)?.paths == ["/aliases"])
            #expect(try await store.newestSequence() == sequence)
            #expect(try await store.people.find(.id(pair.other), as: .newsroom).draft.externalIDs["snow"] == "1")
            // With room for both it is made.
            try await store.people.change(pair.other) { $0.aliases = [] }
            _ = try await pair.merge(store)
            #expect(try await pair.articleCount(of: pair.survivor, store) == 520)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a merge that was answered and split since is answered again, and moves nothing back`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let pair = try await Pair(store)
            guard case .receipt(let first, false) = try await pair.merge(store, on: Self.terms("merge")) else {
                Issue.record("no receipt")
                return
            }
            #expect(try await pair.articleCount(of: pair.survivor, store) == 520)
            _ = try await store.people.split(.id(pair.other), Splitting(), if: .none, by: editor, on: WriteTerms())
            #expect(try await pair.articleCount(of: pair.other, store) == 520)
            let sequence = try await store.newestSequence()
            guard case .receipt(let again, true) = try await pair.merge(store, on: Self.terms("merge")) else {
                Issue.record("merged again")
                return
            }
            #expect(again == first)
            #expect(try await store.newestSequence() == sequence)
            #expect(try await pair.articleCount(of: pair.other, store) == 520)
        }
    }
}
