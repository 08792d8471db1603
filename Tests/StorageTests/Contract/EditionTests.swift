import Newsroom
import Testing
import Turns

/// The contract: the edition moves whenever an answer may be another one.
@Suite(.inTurn) struct EditionTests {
    @Test(arguments: StoreUnderTest.all)
    func `an edition lasts while nothing is written, whatever is read`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            let article = try await store.articles.create(.sample())
            let edition = store.edition
            _ = try await store.articles.find(.id(article.record.id), as: .anonymous)
            _ = try await store.articles.page(ListQuery(sort: Sort(.publishedAt), counts: true), as: .newsroom)
            #expect(await storeError { _ = try await store.articles.create(.sample { $0.headline = "" }) } != nil)
            clock.advance(milliseconds: 86_400_000)
            #expect(store.edition == edition)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every write ends an edition, of whatever kind it is`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            var editions = [store.edition]
            let person = try await store.people.create(.sample())
            editions.append(store.edition)
            _ = try await store.people.change(person.record.id) { $0.name = "Another" }
            editions.append(store.edition)
            _ = try await store.organizations.create(.sample())
            editions.append(store.edition)
            _ = try await store.events.create(.sample())
            editions.append(store.edition)
            let imported = try Person.Draft.sample("Imported")
            let row = ImportRow.person(ImportEntry(id: nil, externalIDs: ExternalIDs([])) { _ in Proposal(imported) })
            _ = try await store.importRows([row], by: editor)
            editions.append(store.edition)
            try await store.people.delete(.id(person.record.id), if: .none, by: editor)
            editions.append(store.edition)
            #expect(Set(editions).count == editions.count)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is written beside the log is read as soon as it is answered, and ends an edition`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            let statement = try await store.statements.create(.sample())
            guard case .unnamed(let source)? = statement.draft.speaker, let id = source.id else {
                Issue.record("the sample has an unnamed source")
                return
            }
            // Readers keep their snapshots for a while: each reading comes right after one.
            for number in 0..<20 {
                let edition = store.edition
                #expect(try await store.sources.find(id).note == (number == 0 ? nil : "Note \(number - 1)"))
                _ = try await store.sources.keep(note: "Note \(number)", of: id)
                #expect(try await store.sources.find(id).note == "Note \(number)")
                #expect(store.edition != edition)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an edition ends at the instant at which an article becomes public`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            for delay in [2_000, 5_000] as [Int64] {
                let until = Instant(milliseconds: clock.now.milliseconds + delay)
                _ = try await store.articles.create(.sample { $0.embargoedUntil = until })
            }
            let first = store.edition
            clock.advance(milliseconds: 1_999)
            #expect(store.edition == first)
            clock.advance(milliseconds: 1)
            let second = store.edition
            #expect(second != first)
            clock.advance(milliseconds: 2_999)
            #expect(store.edition == second)
            clock.advance(milliseconds: 1)
            #expect(store.edition != second)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an edition ends at the instant at which an event becomes overdue`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, clock in
            let due = Instant(milliseconds: clock.now.milliseconds + 2_000)
            _ = try await store.events.create(
                .sample {
                    $0.status = .scheduled
                    $0.window = Window(edtf: EDTF(at: due))
                })
            let first = store.edition
            clock.advance(milliseconds: 2_000)
            #expect(store.edition == first)
            clock.advance(milliseconds: 1)
            let second = store.edition
            #expect(second != first)
            clock.advance(milliseconds: 86_400_000)
            #expect(store.edition == second)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `after a write nobody is told the edition of before, however many ask`(_ engine: StoreUnderTest) async throws {
        try await engine.withStore { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        var last = store.edition
                        for _ in 0..<20 {
                            _ = try await store.people.create(.sample { $0.name = "Person \(number)" })
                            let next = store.edition
                            #expect(next != last)
                            last = next
                        }
                    }
                    group.addTask { for _ in 0..<5_000 { _ = store.edition } }
                }
                try await group.waitForAll()
            }
        }
    }
}
