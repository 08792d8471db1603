import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct ConcurrencyTests {
    @Test(arguments: StoreUnderTest.all)
    func `many write and read at once, and each reads what it wrote`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let person = try await store.people.create(.sample()).record.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        for number in 0..<25 {
                            let made = try await store.articles.create(
                                .sample("Task \(task)") {
                                    $0.section = "task \(task)"
                                    $0.tags = ["all"]
                                    $0.people = [RoleReference(target: .id(person))]
                                })
                            #expect(try await store.articles.find(.id(made.record.id), as: .anonymous) == made)
                            let changed = try await store.articles.change(made.record.id, if: .versions([1])) { $0.byline = "\(number)" }
                            #expect(try await store.articles.find(.slug(made.record.slug), as: .newsroom) == changed)
                            let mine = ListQuery<Article>(
                                filters: [Filter(.section, .equal, [.text("task \(task)")])], sort: Sort(.publishedAt), limit: 200,
                                counts: number % 5 == 0)
                            let page = try await store.articles.page(mine, as: .anonymous)
                            #expect(page.items.count == number + 1)
                            if number % 5 == 0 { #expect(page.total == number + 1) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let all = try await store.articles.walk(
                ListQuery(filters: [Filter(.tag, .equal, [.text("all")])], sort: Sort(.publishedAt), limit: 33))
            #expect(all.count == 200 && Set(all.map(\.record.slug)).count == 200)
            #expect(store.statistics.sequence == 401)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of edits at once to one version, one is kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let id = try await store.people.create(.sample()).record.id
            for version in 1...5 {
                let kept = await withTaskGroup(of: Bool.self) { group in
                    for task in 0..<8 {
                        group.addTask {
                            await storeError {
                                try await store.people.change(id, if: .versions([version])) { $0.description = "\(version) \(task)" }
                            } == nil
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(kept == 1)
            }
            #expect(try await store.people.find(.id(id), as: .newsroom).record.version == 6)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one bad write never harms its neighbours`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let error = await storeError { try await store.people.create(.sample(number % 3 == 0 ? "" : "Person \(number)")) }
                        return (number, error == nil)
                    }
                }
                return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
            }
            #expect((0..<60).allSatisfy { outcomes[$0] == ($0 % 3 != 0) })
            let kept = try await store.people.page(ListQuery(sort: Sort(.name), limit: 200), as: .newsroom)
            #expect(kept.items.count == 40)
            #expect(store.statistics.sequence == 40)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `after closing everything is refused, and opening again finds it all`(_ kind: StoreUnderTest) async throws {
        let folder = TemporaryFolder()
        let clock = TestClock()
        let store = try kind.open(folder, clock)
        let made = try await store.articles.create(.sample())
        let gone = try await store.articles.create(.sample("Gone"))
        try await store.articles.delete(.id(gone.record.id), if: .none, by: editor)
        let last = Task { await storeError { try await store.articles.create(.sample("Last")) } }
        await store.close()
        await store.close()
        for error in [
            await storeError { _ = try await store.articles.find(.id(made.record.id), as: .newsroom) },
            await storeError { try await store.articles.create(.sample()) },
            await storeError { _ = try await store.articles.page(ListQuery(sort: Sort(.headline), counts: true), as: .newsroom) },
            await storeError { _ = try await store.importRows([], by: editor) },
        ] {
            guard case .unavailable? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(!store.statistics.acceptsWrites)
        let wasLastKept = await last.value == nil

        let again = try kind.open(folder, clock)
        #expect(try await again.articles.find(.id(made.record.id), as: .newsroom) == made)
        #expect(await storeError { _ = try await again.articles.find(.id(gone.record.id), as: .newsroom) } == .gone)
        #expect(again.statistics.sequence == (wasLastKept ? 4 : 3))
        #expect(try await again.articles.create(.sample("New")).record.version == 1)
        await again.close()
    }
}
