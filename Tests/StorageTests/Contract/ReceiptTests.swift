import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct ReceiptTests {
    private static func terms<R: Resource>(_ key: String, _ request: String = "POST", isRehearsal: Bool = false) -> WriteTerms<R> {
        let key = IdempotencyKey(text: key, request: [Array(request.utf8)])
        return WriteTerms(
            isRehearsal: isRehearsal,
            receipt: ReceiptTerms(key: key) { resource in
                Receipt(
                    status: 201, fields: [.init(name: "Location", value: "/\(resource.record.id)"), .init(name: "Vary", value: "a: b, c")],
                    body: Array("\(resource.record.version)\n".utf8))
            })
    }

    private func count(_ store: any NewsroomStore) async throws -> Int? {
        try await store.people.page(ListQuery(sort: Sort(.name), counts: true), as: .newsroom).total
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same request under the same key is done once and answered twice`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            guard case .receipt(let first, false) = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k"))
            else {
                Issue.record("no receipt")
                return
            }
            clock.advance(milliseconds: IdempotencyKey.keptMilliseconds - 1)
            guard case .receipt(let again, true) = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k"))
            else {
                Issue.record("done twice")
                return
            }
            #expect(again == first && again.fields.count == 2 && again.body == Array("1\n".utf8))
            #expect(try await count(store) == 1)
            #expect(try await store.newestSequence() == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `another request under the same key is refused, whatever the kind`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.people.create(.sample())
            _ = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k"))
            #expect(
                await storeError { _ = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k", "PUT")) }
                    == .keyReused)
            #expect(
                await storeError { _ = try await store.events.create(Proposal(.sample()), by: editor, on: Self.terms("k", "GET")) }
                    == .keyReused)
            #expect(
                await storeError {
                    _ = try await store.people.revise(.id(made.record.id), if: .none, by: editor, on: Self.terms("k", "PATCH")) {
                        stored, _ in
                        Proposal(stored.draft)
                    }
                } == .keyReused)
            #expect(try await store.newestSequence() == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `keys are an actor's own`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            _ = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k"))
            guard
                case .receipt(_, false) = try await store.people.create(Proposal(.sample()), by: Actor(name: "b"), on: Self.terms("k", "x"))
            else {
                Issue.record("another's answer")
                return
            }
            #expect(try await count(store) == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `after a day a key is new`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k"))
            clock.advance(milliseconds: IdempotencyKey.keptMilliseconds)
            guard case .receipt(_, false) = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k", "other"))
            else {
                Issue.record("kept for longer than a day")
                return
            }
            #expect(try await count(store) == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was refused or rehearsed is not kept`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let error = await storeError {
                _ = try await store.people.create(Proposal(.sample("")), by: editor, on: Self.terms("k", "bad"))
            }
            #expect(error != nil && error != .keyReused)
            _ = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k", "dry", isRehearsal: true))
            #expect(try await count(store) == 0)
            guard case .receipt(_, false) = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k")) else {
                Issue.record("kept")
                return
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of many twins at once one writes, and all have its answer`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            for key in 0..<10 {
                let answers = try await withThrowingTaskGroup(of: (Receipt?, Bool).self) { group in
                    for _ in 0..<16 {
                        group.addTask {
                            switch try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("\(key)")) {
                            case .receipt(let receipt, let isRepeated): (receipt, isRepeated)
                            case .resource, .rendering: (nil, false)
                            }
                        }
                    }
                    var answers: [(Receipt?, Bool)] = []
                    for try await answer in group { answers.append(answer) }
                    return answers
                }
                #expect(answers.count { !$0.1 } == 1)
                #expect(answers.allSatisfy { $0.0 == answers[0].0 && $0.0 != nil })
            }
            #expect(try await count(store) == 10)
            #expect(try await store.newestSequence() == 10)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a version is brought back once under one key`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let key = ResourceKey.id(try await store.people.create(.sample("A")).record.id)
            try await store.people.delete(key, if: .none, by: editor)
            for isRepeated in [false, true] {
                let written = try await store.people.restore(
                    key, Restoration(version: 1), if: .versions([2]), by: editor, on: Self.terms("k"))
                guard case .receipt(let receipt, isRepeated) = written else {
                    Issue.record("written \(written)")
                    return
                }
                #expect(receipt.body == Array("3\n".utf8))
            }
            let rehearsal = WriteTerms<Person>(isRehearsal: true)
            try await store.people.delete(key, if: .none, by: editor)
            guard
                case .resource(let rehearsed) = try await store.people.restore(
                    key, Restoration(version: 3), if: .none, by: editor, on: rehearsal)
            else {
                Issue.record("no resource")
                return
            }
            #expect(rehearsed.record.version == 5)
            #expect(await storeError { _ = try await store.people.find(key, as: .newsroom) } == .gone)
            #expect(try await store.newestSequence() == 4)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a receipt outlives the store that made it`(_ kind: StoreUnderTest) async throws {
        let folder = TemporaryFolder()
        let clock = TestClock()
        let store = try kind.open(folder, clock)
        _ = try await store.people.create(Proposal(.sample()), by: editor, on: Self.terms("k"))
        await store.close()
        let later = try kind.open(folder, clock)
        guard case .receipt(_, true) = try await later.people.create(Proposal(.sample()), by: editor, on: Self.terms("k")) else {
            Issue.record("forgotten")
            return
        }
        await later.close()
    }
}

@Suite(.inTurn) struct RehearsalTests {
    @Test(arguments: StoreUnderTest.all)
    func `a rehearsal shows what would be, and leaves nothing`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.people.create(.sample())
            guard
                case .resource(let rehearsed) = try await store.people.create(
                    Proposal(.sample("B")), by: editor, on: .init(isRehearsal: true)),
                case .resource(let changed) = try await store.people.revise(
                    .id(made.record.id), if: .versions([1]), by: editor, on: .init(isRehearsal: true),
                    { resource, _ in
                        var draft = resource.draft
                        draft.name = "C"
                        return Proposal(draft)
                    })
            else {
                Issue.record("no resource")
                return
            }
            #expect(rehearsed.draft.name == "B" && rehearsed.record.version == 1)
            #expect(changed.draft.name == "C" && changed.record.version == 2)
            let deleted = try await store.people.delete(.id(made.record.id), if: .versions([1]), by: editor, isRehearsal: true)
            #expect(deleted == made)
            #expect(await storeError { _ = try await store.people.find(.id(rehearsed.record.id), as: .newsroom) } == .notFound)
            #expect(try await store.people.find(.id(made.record.id), as: .newsroom) == made)
            #expect(try await store.newestSequence() == 1)
            // The log goes on without a gap.
            _ = try await store.people.create(.sample("B"))
            #expect(try await store.newestSequence() == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a rehearsal is refused as the write would be`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            let made = try await store.people.create(.sample { $0.slug = Slug("gallant") })
            let proposal = Proposal(Person.Draft.sample { $0.slug = Slug("gallant") })
            #expect(
                await storeError { _ = try await store.people.create(proposal, by: editor, on: .init(isRehearsal: true)) }
                    == .conflict([.taken("/slug")]))
            #expect(
                await storeError {
                    _ = try await store.people.delete(.id(made.record.id), if: .versions([9]), by: editor, isRehearsal: true)
                } == .staleVersion(current: 1))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `rehearsals and writes of one batch do each other no harm`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let terms = WriteTerms<Person>(isRehearsal: number % 2 == 0)
                        _ = try await store.people.create(Proposal(.sample("Person \(number)")), by: editor, on: terms)
                    }
                }
                try await group.waitForAll()
            }
            let people = try await store.people.walk(ListQuery(sort: Sort(.name), limit: 200))
            #expect(people.count == 100)
            #expect(people.allSatisfy { person in (Int(person.draft.name.dropFirst(7)) ?? 0) % 2 == 1 })
            #expect(try await store.newestSequence() == 100)
        }
    }
}
