/// A move that was made.
package struct EventTransition: Sendable, Equatable {
    package var action: EventAction
    package var from: EventStatus
    package var to: EventStatus
    /// Why, in words.
    package var reason: String?
    /// The window that came with it.
    package var window: Window?
    /// When it came to be in the world: an announcement is often older than its record.
    package var effectiveAt: Instant
    package var recordedAt: Instant
    /// What led to it, if somebody said so.
    package var cause: EventCause?
    /// On whose word it was recorded. Nil, in requests alone: on what is known by now.
    package var basis: [Reference<Statement>]?

    package init(
        action: EventAction, from: EventStatus, to: EventStatus, reason: String? = nil, window: Window? = nil, effectiveAt: Instant,
        recordedAt: Instant, cause: EventCause? = nil, basis: [Reference<Statement>]? = []
    ) {
        self.action = action
        self.from = from
        self.to = to
        self.reason = reason
        self.window = window
        self.effectiveAt = effectiveAt
        self.recordedAt = recordedAt
        self.cause = cause
        self.basis = basis
    }

    /// The move without what it rests on, which can become known later.
    package var bare: EventTransition {
        var bare = self
        (bare.cause, bare.basis) = (nil, [])
        return bare
    }
}
