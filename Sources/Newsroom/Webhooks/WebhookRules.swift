/// What becomes of a webhook by a try.
package struct WebhookStep: Sendable, Equatable {
    package var position: WebhookPosition
    package var disabled: WebhookDisabling?
    /// Whether the entry is passed over: it was refused too often.
    package var isGivenUp: Bool

    package init(position: WebhookPosition, disabled: WebhookDisabling? = nil, isGivenUp: Bool) {
        self.position = position
        self.disabled = disabled
        self.isGivenUp = isGivenUp
    }
}

/// When what was not taken is tried again, and when that ends.
package struct WebhookRules: Sendable, Equatable {
    /// The longest wait before the second try; it doubles with each further one. In milliseconds.
    package var firstDelay: Int64 = 10_000
    /// The longest wait of all, in milliseconds: 1 h.
    package var delayMax: Int64 = 3_600_000
    /// The shortest, in milliseconds.
    package var delayMin: Int64 = 1_000
    /// How often an entry is refused before it is passed over.
    package var refusalCountMax = 8
    /// For how long all may fail before the webhook is disabled, in milliseconds: 5 days.
    package var failingMax: Int64 = 5 * 86_400_000

    package init() {}

    /// How long to wait after a number of tries: exponential back-off with full jitter, so that receivers which come back are not met
    /// by all at once.
    ///
    /// - Parameters:
    ///   - attemptCount: 1 after the first try.
    ///   - jitter: 0..<1.
    package func delay(after attemptCount: Int, jitter: Double) -> Int64 {
        let doublings = min(max(attemptCount - 1, 0), 40)
        let longest = firstDelay > delayMax >> Int64(doublings) ? delayMax : firstDelay << Int64(doublings)
        return max(delayMin, Int64(Double(longest) * min(max(jitter, 0), 1)))
    }

    /// What becomes of a webhook that stands at `position` by a try of the entry `sequence`, which ended at `now`.
    package func step(
        from position: WebhookPosition, _ outcome: DeliveryOutcome, of sequence: Int64, at now: Instant, jitter: Double
    ) -> WebhookStep {
        switch outcome {
        case .taken:
            return WebhookStep(position: WebhookPosition(sequence: sequence, lastTakenAt: now), isGivenUp: false)
        case .gone:
            return WebhookStep(
                position: failing(position, until: now, nextAttemptAt: nil), disabled: WebhookDisabling(.gone, at: now), isGivenUp: false)
        case .refused where position.attemptCount + 1 >= refusalCountMax:
            var passed = failing(position, until: now, nextAttemptAt: nil)
            passed.sequence = sequence
            passed.attemptCount = 0
            return WebhookStep(position: passed, disabled: disabling(passed, at: now), isGivenUp: true)
        case .refused:
            return tryingAgain(position, after: nil, at: now, jitter: jitter)
        case .failed(let wait):
            return tryingAgain(position, after: wait, at: now, jitter: jitter)
        }
    }

    private func tryingAgain(_ position: WebhookPosition, after wait: Int64?, at now: Instant, jitter: Double) -> WebhookStep {
        let delay = max(delay(after: position.attemptCount + 1, jitter: jitter), min(wait ?? 0, delayMax))
        let next = failing(position, until: now, nextAttemptAt: Instant(milliseconds: now.milliseconds + delay))
        return WebhookStep(position: next, disabled: disabling(next, at: now), isGivenUp: false)
    }

    private func failing(_ position: WebhookPosition, until now: Instant, nextAttemptAt: Instant?) -> WebhookPosition {
        var position = position
        position.attemptCount += 1
        position.failingSince = position.failingSince ?? now
        position.nextAttemptAt = nextAttemptAt
        return position
    }

    private func disabling(_ position: WebhookPosition, at now: Instant) -> WebhookDisabling? {
        guard let since = position.failingSince, now.milliseconds - since.milliseconds >= failingMax else { return nil }
        return WebhookDisabling(.failing, at: now)
    }
}
