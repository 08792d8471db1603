import Locks
import Newsroom
import Testing
import Turns

@Suite(.inTurn) struct WebhookStoreTests {
    private func draft(_ change: (inout Webhook.Draft) -> Void = { _ in }) -> Proposal<Webhook.Draft> {
        var draft = Webhook.Draft(url: WebURL("https://desk.example/changes"))
        change(&draft)
        return Proposal(draft)
    }

    private func secret() throws -> WebhookSecret { try #require(WebhookSecret(bytes: [UInt8](repeating: 7, count: 32))) }

    private func delivery(_ sequence: Int64?, at instant: Instant, id: String = "m") -> WebhookDelivery {
        WebhookDelivery(
            messageID: id, sequence: sequence, attempt: 1, attemptedAt: instant, duration: 5, outcome: .failed, response: "no\u{0}",
            trouble: .timeout)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a webhook is told of what comes after it, and is kept as it was written`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            _ = try await store.people.create(.sample())
            let proposal = draft { ($0.kinds, $0.operations, $0.description) = ([.article], [.created], "the desk") }
            let made = try await store.webhooks.create(proposal, secret: secret(), by: editor)
            #expect(made.draft == proposal.draft && made.version == 1 && made.position == WebhookPosition(sequence: 1))
            #expect(made.createdAt == clock.now && made.disabled == nil)
            #expect(try await store.webhooks.find(made.id) == made)
            #expect(try await store.webhooks.all() == [made])
            #expect(try await store.webhooks.work(of: made.id) == WebhookWork(webhook: made, secret: secret()))
            // It is no row of the log.
            #expect(try await store.newestSequence() == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a change raises the version, and an old one is refused`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.webhooks.create(draft(), secret: secret(), by: editor)
            clock.advance(milliseconds: 10)
            let changed = try await store.webhooks.revise(made.id, if: .versions([1])) { webhook in
                var draft = webhook.draft
                draft.audience = .newsroom
                return Proposal(draft)
            }
            #expect(changed.version == 2 && changed.draft.audience == .newsroom && changed.updatedAt == clock.now)
            #expect(try await store.webhooks.find(made.id) == changed)
            let same = try await store.webhooks.revise(made.id, if: .versions([2])) { Proposal($0.draft) }
            #expect(same.version == 2)
            #expect(
                await storeError { _ = try await store.webhooks.revise(made.id, if: .versions([1])) { Proposal($0.draft) } }
                    == .staleVersion(current: 2))
            #expect(await storeError { try await store.webhooks.delete(made.id, if: .versions([1])) } == .staleVersion(current: 2))
            try await store.webhooks.delete(made.id, if: .versions([2]))
            #expect(await storeError { _ = try await store.webhooks.find(made.id) } == .notFound)
            #expect(await storeError { _ = try await store.webhooks.deliveries(of: made.id, before: nil, limit: 5) } == .notFound)
            #expect(try await store.webhooks.work(of: made.id) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `there are a hundred at the most`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, _ in
            for _ in 0..<Webhook.countMax { _ = try await store.webhooks.create(draft(), secret: secret(), by: editor) }
            let error = await storeError { _ = try await store.webhooks.create(draft(), secret: secret(), by: editor) }
            guard case .invalid(let failure)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(failure.failures.map(\.rule) == [.tooMany])
            #expect(try await store.webhooks.all().count == Webhook.countMax)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a step is kept with its delivery, once, and only from where it was made`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.webhooks.create(draft(), secret: secret(), by: editor)
            let work = try #require(try await store.webhooks.work(of: made.id))
            let position = WebhookPosition(sequence: 0, attemptCount: 1, failingSince: clock.now, nextAttemptAt: clock.now)
            let step = WebhookStep(position: position, isGivenUp: false)
            let next = try #require(try await store.webhooks.keep(step, delivery(1, at: clock.now), after: work))
            #expect(next.webhook.position == position)
            // Somebody who still stands where it stood before moves nothing, and what happened is taken down all the same.
            let other = WebhookStep(position: WebhookPosition(sequence: 9), isGivenUp: false)
            let last = try #require(try await store.webhooks.keep(other, delivery(9, at: clock.now, id: "n"), after: work))
            #expect(last.webhook.position == position)
            let page = try await store.webhooks.deliveries(of: made.id, before: nil, limit: 5)
            #expect(page.deliveries == [delivery(9, at: clock.now, id: "n"), delivery(1, at: clock.now)] && page.next == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is disabled has no work until it is enabled, at the place that is asked for`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            for _ in 0..<3 { _ = try await store.people.create(.sample()) }
            let made = try await store.webhooks.create(draft(), secret: secret(), by: editor)
            #expect(try await Array(store.webhooks.atWork().keys) == [made.id])
            let off = try await store.webhooks.disable(made.id)
            #expect(off.disabled == WebhookDisabling(.requested, at: clock.now))
            #expect(try await store.webhooks.atWork().isEmpty)
            #expect(try await store.webhooks.work(of: made.id) == nil)
            #expect(try await store.webhooks.enable(made.id, after: nil).position.sequence == 3)
            let back = try await store.webhooks.enable(made.id, after: 0)
            #expect(back.disabled == nil && back.position == WebhookPosition(sequence: 0))
            #expect(try await store.webhooks.work(of: made.id)?.webhook == back)
            for place: Int64 in [-1, 4, .max] {
                guard case .invalid? = await storeError({ _ = try await store.webhooks.enable(made.id, after: place) }) else {
                    Issue.record("\(place) was taken")
                    continue
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a test is sent once, to what is disabled too`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.webhooks.create(draft(), secret: secret(), by: editor)
            _ = try await store.webhooks.disable(made.id)
            _ = try await store.webhooks.askForTest(of: made.id)
            let work = try #require(try await store.webhooks.work(of: made.id))
            let id = try #require(work.test)
            #expect(id.hasPrefix("\(made.id.text)-test-"))
            #expect(try await store.webhooks.keep(nil, delivery(nil, at: clock.now, id: id), after: work) == nil)
            #expect(try await store.webhooks.atWork().isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `clients' changes are told of and counted, the sender's are not`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let told = Counter()
            store.webhooks.observe { told.count() }
            let made = try await store.webhooks.create(draft(), secret: secret(), by: editor)
            let count = try await store.webhooks.atWork()[made.id]
            let work = try #require(try await store.webhooks.work(of: made.id))
            let step = WebhookStep(position: WebhookPosition(sequence: 0, lastTakenAt: clock.now), isGivenUp: false)
            let moved = try #require(try await store.webhooks.keep(step, delivery(1, at: clock.now), after: work))
            _ = try await store.webhooks.pass(to: 0, after: moved)
            #expect(try await store.webhooks.atWork()[made.id] == count)
            #expect(told.number == 1)
            _ = try await store.webhooks.enable(made.id, after: nil)
            #expect(try await store.webhooks.atWork()[made.id] != count)
            #expect(told.number == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the log of deliveries goes page by page, and is bounded in number and age`(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store, clock in
            let made = try await store.webhooks.create(draft(), secret: secret(), by: editor)
            let work = try #require(try await store.webhooks.work(of: made.id))
            for number in 1...Int64(WebhookDelivery.keptCountMax + 3) {
                _ = try await store.webhooks.keep(nil, delivery(number, at: clock.now), after: work)
            }
            var numbers: [Int64?] = []
            var place: Int64?
            repeat {
                let page = try await store.webhooks.deliveries(of: made.id, before: place, limit: 200)
                numbers += page.deliveries.map(\.sequence)
                place = page.next
            } while place != nil
            #expect(numbers == (4...Int64(WebhookDelivery.keptCountMax + 3)).reversed())
            clock.advance(milliseconds: WebhookDelivery.keptMilliseconds + 1)
            for number in 1...10 as ClosedRange<Int64> {
                _ = try await store.webhooks.keep(nil, delivery(number, at: clock.now), after: work)
            }
            let page = try await store.webhooks.deliveries(of: made.id, before: nil, limit: 200)
            #expect(page.deliveries.prefix(10).map(\.sequence) == (1...10 as ClosedRange<Int64>).reversed().map { $0 })
            #expect(page.deliveries.allSatisfy { $0.attemptedAt == clock.now } && page.next == nil)
        }
    }
}

/// Counts calls.
private final class Counter: Sendable {
    private let calls = Lock(0)

    func count() { calls.withLock { $0 += 1 } }

    var number: Int { calls.withLock { $0 } }
}
