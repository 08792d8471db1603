/// How far the deliveries of a webhook have come.
package struct WebhookPosition: Sendable, Equatable {
    /// The number in the log up to which all is settled: taken, given up, or nothing that it wants.
    package var sequence: Int64
    /// How often the next entry was tried in vain.
    package var attemptCount: Int
    /// Since when nothing was taken of what was tried; nil: the last try went well, or there was none.
    package var failingSince: Instant?
    /// Before when it is not tried again; nil: at once.
    package var nextAttemptAt: Instant?
    package var lastTakenAt: Instant?

    package init(
        sequence: Int64, attemptCount: Int = 0, failingSince: Instant? = nil, nextAttemptAt: Instant? = nil, lastTakenAt: Instant? = nil
    ) {
        self.sequence = sequence
        self.attemptCount = attemptCount
        self.failingSince = failingSince
        self.nextAttemptAt = nextAttemptAt
        self.lastTakenAt = lastTakenAt
    }
}
