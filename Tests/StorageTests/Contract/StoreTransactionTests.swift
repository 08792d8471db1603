import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct StoreTransactionTests {
    private struct Refusal: Error, Equatable {
        let number: Int
    }

    private static let terms = TransactionTerms<Int>()

    @Test(arguments: StoreUnderTest.all)
    func `writes of a transaction see each other and are kept together`(_ kind: StoreUnderTest) async throws {
        let slug = try #require(Slug("gallant"))
        let person = Person.Draft.sample { $0.slug = slug }
        let article = Article.Draft.sample { $0.people = [RoleReference(target: .slug(slug))] }
        try await kind.withStore { store, _ in
            let outcome = try await store.transaction(by: editor, on: TransactionTerms<ID<Article>?>()) { transaction throws(StoreError) in
                _ = try transaction.perform(.create(Proposal(person)), by: editor) as Written<Person>
                switch try transaction.perform(.create(Proposal(article)), by: editor) as Written<Article> {
                case .resource(let article): return article.record.id
                case .rendering(_, let id): return id
                case .receipt: return nil
                }
            }
            guard case .success(.answer(let id?)) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(try await store.articles.find(.id(id), as: .newsroom).draft.people.count == 1)
            #expect(try await store.newestSequence() == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what the work throws undoes all of it, and nothing of others`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        guard number.isMultiple(of: 2) else {
                            try await store.people.create(.sample("Person \(number)"))
                            return
                        }
                        let draft = try Person.Draft.sample("Undone \(number)")
                        let outcome = try await store.transaction(by: editor, on: Self.terms) { transaction throws(Refusal) -> Int in
                            do throws(StoreError) {
                                _ = try transaction.perform(.create(Proposal(draft)), by: editor) as Written<Person>
                            } catch {
                                return -1
                            }
                            throw Refusal(number: number)
                        }
                        guard case .failure(Refusal(number: number)) = outcome else {
                            Issue.record("\(outcome)")
                            return
                        }
                    }
                }
                try await group.waitForAll()
            }
            let people = try await store.people.walk(ListQuery(sort: Sort(.name), limit: 50))
            #expect(people.count == 20 && people.allSatisfy { $0.draft.name.hasPrefix("Person") })
            #expect(try await store.newestSequence() == 20)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a rehearsed transaction answers and leaves nothing`(_ kind: StoreUnderTest) async throws {
        let draft = try Event.Draft.sample()
        try await kind.withStore { store, _ in
            let outcome = try await store.transaction(by: editor, on: TransactionTerms<Int>(isRehearsal: true)) {
                transaction throws(StoreError) in
                _ = try transaction.perform(.create(Proposal(draft)), by: editor) as Written<Event>
                return 7
            }
            guard case .success(.answer(7)) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(try await store.newestSequence() == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a transaction under a key is done once and answered twice`(_ kind: StoreUnderTest) async throws {
        let draft = try Organization.Draft.sample()
        try await kind.withStore { store, _ in
            let key = IdempotencyKey(text: "b", request: [[1]])
            let terms = TransactionTerms<Int>(
                receipt: ReceiptTerms(key: key) { Receipt(status: 200, fields: [], body: Array("\($0)".utf8)) })
            for isRepeated in [false, true] {
                let outcome = try await store.transaction(by: editor, on: terms) { transaction throws(StoreError) in
                    _ = try transaction.perform(.create(Proposal(draft)), by: editor) as Written<Organization>
                    return 7
                }
                guard case .success(.receipt(let receipt, isRepeated)) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(receipt.body == Array("7".utf8))
            }
            #expect(try await store.newestSequence() == 1)
        }
    }
}
