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

    package init(
        action: EventAction, from: EventStatus, to: EventStatus, reason: String? = nil, window: Window? = nil, effectiveAt: Instant,
        recordedAt: Instant
    ) {
        self.action = action
        self.from = from
        self.to = to
        self.reason = reason
        self.window = window
        self.effectiveAt = effectiveAt
        self.recordedAt = recordedAt
    }
}
