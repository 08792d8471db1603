import JSON
import Locks
import Newsroom
import Testing
import Turns

@testable import Webhooks

@Suite(.inTurn) struct WebhookSenderTests {
    @Test func `changes are delivered in order, as the feed has them, and each once`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            let script = Script()
            try await house.whileSending(by: script) {
                for number in 1...5 { try await house.person("Person \(number)") }
                #expect(await eventually { script.messages.count == 5 })
                #expect(try await eventually { try await house.deliveries(of: webhook).count == 5 })
            }
            #expect(script.messages.map(\.id) == (1...5).map { "\(webhook.id.text)-\($0)" })
            let body = try JSONReader.read(script.messages[4].body)
            #expect(body["seq"] == 5 && body["operation"] == "created" && body["kind"] == "person" && body["version"] == 1)
            #expect(body["actor"] == "editor" && body["id"] != nil && body["url"] != nil && body["recorded_at"] != nil)
            let found = try await house.newsroom.webhooks.find(webhook.id)
            #expect(found.position.sequence == 5 && found.position.lastTakenAt != nil && found.position.failingSince == nil)
        }
    }

    @Test(arguments: [WebhookAnswer.status(500), .status(429), .status(302), .trouble(.timeout), .trouble(.connectionLost)])
    func `what was not taken is tried again, the same message, before the next`(_ answer: WebhookAnswer) async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            let script = Script { _, count in count < 3 ? answer : .ok }
            try await house.whileSending(by: script) {
                try await house.person("Ada")
                try await house.person("Ida")
                #expect(try await eventually { try await house.deliveries(of: webhook).count == 5 })
            }
            #expect(script.ids == ["1", "1", "1", "1", "2"])
            #expect(Set(script.messages.prefix(4).map(\.body)).count == 1)
            // Each try is signed anew, for a time of its own.
            #expect(Set(script.messages.prefix(4).map(\.signature)).count == 4)
            let deliveries = try await house.deliveries(of: webhook)
            #expect(deliveries.map(\.attempt) == [1, 2, 3, 4, 1])
            #expect(deliveries.map(\.outcome) == [.failed, .failed, .failed, .taken, .taken])
        }
    }

    @Test func `what is refused eight times is given up, and the next one comes`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            let script = Script { message, _ in message.id.hasSuffix("-1") ? .status(422) : .ok }
            try await house.whileSending(by: script) {
                try await house.person("Ada")
                try await house.person("Ida")
                #expect(try await eventually { try await house.deliveries(of: webhook).count == 9 })
            }
            #expect(script.ids == Array(repeating: "1", count: 8) + ["2"])
            let deliveries = try await house.deliveries(of: webhook)
            #expect(deliveries.map(\.outcome) == Array(repeating: .refused, count: 7) + [.givenUp, .taken])
            #expect(deliveries[0].status == 422 && deliveries[0].response == "no")
        }
    }

    @Test func `a start goes on where the last one ended, and repeats what nobody knows of`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            for number in 1...4 { try await house.person("Person \(number)") }
            // The third is on its way when the program ends.
            let first = Script { message, _ throws(CancellationError) in
                guard message.id.hasSuffix("-3") else { return .ok }
                try? await Task.sleep(for: .seconds(600))
                throw CancellationError()
            }
            try await house.whileSending(by: first) {
                let isOnItsWay = await eventually { first.messages.count == 3 }
                #expect(isOnItsWay)
            }
            #expect(try await house.newsroom.webhooks.find(webhook.id).position.sequence == 2)
            let second = Script()
            try await house.whileSending(by: second) {
                let isDone = try await eventually { try await house.newsroom.webhooks.find(webhook.id).position.sequence == 4 }
                #expect(isDone)
            }
            #expect(first.ids == ["1", "2", "3"] && second.ids == ["3", "4"])
            #expect(first.messages[2].id == second.messages[0].id && first.messages[2].body == second.messages[0].body)
        }
    }

    @Test func `a receiver that takes nothing for days is disabled, and enabled it gets what it missed`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            let isUp = Lock(false)
            let script = Script { _, _ in isUp.withLock { $0 } ? .ok : .status(503) }
            var rules = WebhookRules.quick
            rules.failingMax = 60_000
            try await house.whileSending(by: script, rules) {
                try await house.person("Ada")
                try await house.person("Ida")
                #expect(try await eventually { try await house.newsroom.webhooks.find(webhook.id).disabled != nil })
                let disabled = try await house.newsroom.webhooks.find(webhook.id)
                #expect(disabled.disabled?.reason == .failing && disabled.position.sequence == 0 && disabled.position.failingSince != nil)
                let count = script.messages.count
                #expect(count > 5 && script.ids.allSatisfy { $0 == "1" })
                isUp.withLock { $0 = true }
                _ = try await house.newsroom.webhooks.enable(webhook.id, after: nil)
                #expect(try await eventually { try await house.newsroom.webhooks.find(webhook.id).position.sequence == 2 })
                #expect(script.ids.dropFirst(count) == ["1", "2"])
            }
        }
    }

    @Test func `410 disables at once`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            let script = Script { _, _ in .status(410) }
            try await house.whileSending(by: script) {
                try await house.person("Ada")
                #expect(try await eventually { try await house.newsroom.webhooks.find(webhook.id).disabled?.reason == .gone })
            }
            #expect(script.messages.count == 1)
        }
    }

    @Test func `only what is wanted is delivered`() async throws {
        try await withHouse { house in
            let people = try await house.webhook { ($0.kinds, $0.operations) = ([.person], [.updated]) }
            let script = Script()
            try await house.whileSending(by: script) {
                let ada = try await house.person("Ada")
                var event = Event.Draft()
                event.title = "Talks"
                _ = try await house.newsroom.events.create(Proposal(event), by: House.editor)
                _ = try await house.newsroom.people.revise(.id(ada.record.id), if: .none, by: House.editor) { stored in
                    var draft = stored.draft
                    draft.description = "a pilot"
                    return Proposal(draft)
                }
                #expect(try await eventually { try await house.deliveries(of: people).count == 1 })
            }
            #expect(script.ids == ["3"])
        }
    }

    @Test func `the public is told of a draft when it is published, as of something new, and not by whom`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook { $0.audience = .everybody }
            let script = Script()
            try await house.whileSending(by: script) {
                var draft = Article.Draft()
                draft.headline = "Talks called off"
                let article = try await house.newsroom.articles.create(Proposal(draft), by: House.editor)
                _ = try await house.newsroom.articles.revise(.id(article.record.id), if: .none, by: House.editor) { stored in
                    var draft = stored.draft
                    draft.status = .published
                    return Proposal(draft)
                }
                #expect(try await eventually { try await house.deliveries(of: webhook).count == 1 })
            }
            let body = try JSONReader.read(try #require(script.messages.first).body)
            #expect(script.ids == ["2"] && body["operation"] == "created" && body["actor"] == nil)
        }
    }

    @Test func `a test is delivered once, and moves nothing`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook()
            _ = try await house.newsroom.webhooks.disable(webhook.id)
            let script = Script { _, _ in .status(500) }
            try await house.whileSending(by: script) {
                try await house.person("Ada")
                _ = try await house.newsroom.webhooks.askForTest(of: webhook.id)
                #expect(try await eventually { try await house.deliveries(of: webhook).count == 1 })
            }
            let body = try JSONReader.read(try #require(script.messages.first).body)
            #expect(script.messages.count == 1 && body["test"] == true && body["webhook"] == .string(webhook.id.text))
            #expect(try await house.deliveries(of: webhook).map(\.sequence) == [nil])
            #expect(try await house.newsroom.webhooks.find(webhook.id).position == webhook.position)
        }
    }

    @Test func `a receiver that hangs holds up nobody else`() async throws {
        try await withHouse { house in
            let slow = try await house.webhook { $0.description = "slow" }
            let quick = try await house.webhook()
            let script = Script { message, _ throws(CancellationError) in
                guard message.id.hasPrefix(slow.id.text) else { return .ok }
                try? await Task.sleep(for: .seconds(600))
                throw CancellationError()
            }
            try await house.whileSending(by: script) {
                for number in 1...3 { try await house.person("Person \(number)") }
                #expect(try await eventually { try await house.newsroom.webhooks.find(quick.id).position.sequence == 3 })
            }
            #expect(try await house.newsroom.webhooks.find(slow.id).position.sequence == 0)
        }
    }

    @Test func `a webhook that is made, sent back or deleted while others are delivered to is minded`() async throws {
        try await withHouse { house in
            let script = Script()
            try await house.whileSending(by: script) {
                try await house.person("Ada")
                let webhook = try await house.webhook()
                try await house.person("Ida")
                #expect(await eventually { script.ids == ["2"] })
                _ = try await house.newsroom.webhooks.enable(webhook.id, after: 0)
                #expect(await eventually { script.ids == ["2", "1", "2"] })
                try await house.newsroom.webhooks.delete(webhook.id, if: .none)
                try await house.person("Eva")
                let other = try await house.webhook()
                try await house.person("Uma")
                #expect(try await eventually { try await house.deliveries(of: other).count == 1 })
                #expect(script.messages.map(\.id).filter { $0.hasPrefix(webhook.id.text) }.count == 3)
            }
        }
    }

    @Test func `what is not wanted is not looked at again for ever`() async throws {
        try await withHouse { house in
            let webhook = try await house.webhook { $0.kinds = [.article] }
            try await house.whileSending(by: Script()) {
                for number in 1...1_000 { try await house.person("Person \(number)") }
                #expect(try await eventually { try await house.newsroom.webhooks.find(webhook.id).position.sequence >= 1_000 })
            }
            #expect(try await house.deliveries(of: webhook).isEmpty)
        }
    }
}
