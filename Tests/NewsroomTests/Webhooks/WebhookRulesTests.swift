import Newsroom
import Testing

@Suite struct WebhookRulesTests {
    private let rules = WebhookRules()
    private let noon = Instant(milliseconds: 1_711_540_800_000)
    private let start = WebhookPosition(sequence: 41)

    private func later(_ milliseconds: Int64) -> Instant { Instant(milliseconds: noon.milliseconds + milliseconds) }

    @Test func `the longest wait doubles with each try and ends at an hour`() {
        let longest = (1...12).map { rules.delay(after: $0, jitter: 0.999_999_9) / 1_000 }
        #expect(longest == [9, 19, 39, 79, 159, 319, 639, 1_279, 2_559, 3_599, 3_599, 3_599])
        #expect(rules.delay(after: 1_000, jitter: 1) == 3_600_000)
    }

    @Test func `jitter takes any part of the wait away, but for a second`() {
        #expect(rules.delay(after: 5, jitter: 0.5) == 80_000)
        #expect(rules.delay(after: 5, jitter: 0) == 1_000)
        #expect(rules.delay(after: 0, jitter: -3) == 1_000)
    }

    @Test(arguments: [
        (200, DeliveryOutcome.taken), (204, .taken), (299, .taken), (301, .failed(after: nil)), (400, .refused), (404, .refused),
        (408, .failed(after: nil)), (410, .gone), (425, .failed(after: nil)), (429, .failed(after: nil)), (499, .refused),
        (500, .failed(after: nil)), (503, .failed(after: nil)), (0, .failed(after: nil)),
    ])
    func `a status says whether it was taken, refused, or is to be tried again`(_ status: Int, _ outcome: DeliveryOutcome) {
        #expect(DeliveryOutcome(status: status) == outcome)
    }

    @Test func `what is taken moves the place and ends the trouble`() {
        let troubled = WebhookPosition(sequence: 41, attemptCount: 3, failingSince: noon, nextAttemptAt: noon)
        let step = rules.step(from: troubled, .taken, of: 44, at: later(9), jitter: 0.5)
        #expect(step == WebhookStep(position: WebhookPosition(sequence: 44, lastTakenAt: later(9)), isGivenUp: false))
    }

    @Test func `what fails stays and is tried again later`() {
        let first = rules.step(from: start, .failed(after: nil), of: 42, at: noon, jitter: 0.5)
        let once = WebhookPosition(sequence: 41, attemptCount: 1, failingSince: noon, nextAttemptAt: later(5_000))
        #expect(first == WebhookStep(position: once, isGivenUp: false))
        let second = rules.step(from: once, .failed(after: nil), of: 42, at: later(5_000), jitter: 0.5)
        #expect(second.position.attemptCount == 2 && second.position.failingSince == noon)
        #expect(second.position.nextAttemptAt == later(15_000))
    }

    @Test func `a receiver may ask for a longer wait, and not for more than an hour`() {
        #expect(rules.step(from: start, .failed(after: 90_000), of: 42, at: noon, jitter: 0).position.nextAttemptAt == later(90_000))
        let wait = rules.step(from: start, .failed(after: .max), of: 42, at: noon, jitter: 0).position.nextAttemptAt
        #expect(wait == later(3_600_000))
    }

    @Test func `what is refused eight times is passed over, and the trouble goes on`() {
        var position = start
        for attempt in 1...7 {
            let step = rules.step(from: position, .refused, of: 42, at: noon, jitter: 0)
            #expect(!step.isGivenUp && step.position.sequence == 41 && step.position.attemptCount == attempt)
            position = step.position
        }
        let last = rules.step(from: position, .refused, of: 42, at: later(1), jitter: 0)
        #expect(last.isGivenUp && last.position == WebhookPosition(sequence: 42, failingSince: noon))
    }

    @Test func `failures alone are never passed over`() {
        var position = start
        for _ in 1...100 { position = rules.step(from: position, .failed(after: nil), of: 42, at: noon, jitter: 0).position }
        #expect(position.sequence == 41 && position.attemptCount == 100)
    }

    @Test func `days of nothing but failure disable it`() {
        let days: Int64 = 5 * 86_400_000
        let failing = WebhookPosition(sequence: 41, attemptCount: 9, failingSince: noon)
        #expect(rules.step(from: failing, .failed(after: nil), of: 42, at: later(days - 1), jitter: 0).disabled == nil)
        let step = rules.step(from: failing, .failed(after: nil), of: 42, at: later(days), jitter: 0)
        #expect(step.disabled == WebhookDisabling(.failing, at: later(days)) && step.position.sequence == 41)
        let refused = WebhookPosition(sequence: 41, attemptCount: 7, failingSince: noon)
        #expect(rules.step(from: refused, .refused, of: 42, at: later(days), jitter: 0).disabled?.reason == .failing)
    }

    @Test func `who is gone is told no more`() {
        let step = rules.step(from: start, .gone, of: 42, at: noon, jitter: 0)
        #expect(step.disabled == WebhookDisabling(.gone, at: noon) && step.position.sequence == 41 && !step.isGivenUp)
    }
}
