/// A move that somebody wants to make.
package struct EventMove: Sendable, Equatable {
    package var action: EventAction
    package var reason: String?
    package var window: Window?
    /// Nil: when it is recorded.
    package var effectiveAt: Instant?
    /// What led to it: one more cause of the event.
    package var cause: EventCause?
    /// On whose word.
    package var basis: [Reference<Statement>]

    package init(
        _ action: EventAction, reason: String? = nil, window: Window? = nil, effectiveAt: Instant? = nil, cause: EventCause? = nil,
        basis: [Reference<Statement>] = []
    ) {
        self.action = action
        self.reason = reason
        self.window = window
        self.effectiveAt = effectiveAt
        self.cause = cause
        self.basis = basis
    }

    /// What is wrong with the move itself, whatever the event; its texts are brought into shape.
    package mutating func settle(at now: Instant) -> [MemberFailure] {
        var check = DraftCheck()
        check.optional(&reason, .reason, at: "/reason")
        check.window(&window, at: "/window")
        switch (action.window, window) {
        case (.required, nil): check.fail("/window", .required, "must be given: for when it is now")
        case (.none, _?): check.fail("/window", .invalidValue, "has no place in `\(action.rawValue)`, which changes no date")
        default: break
        }
        if let effectiveAt, effectiveAt > now { check.fail("/effective_at", .outOfRange, "must not lie in the future") }
        return check.failures
    }
}

extension Event.Draft {
    /// The event after a move, or nil where the table has no such move from its status.
    ///
    /// A window that is given becomes the last slot; the one before stays, as superseded, or as cancelled if it was. Where a completed
    /// event has no window of its own, it was held when it was promised for.
    package func moved(by move: EventMove, at now: Instant) -> Event.Draft? {
        guard move.action.from.contains(status) else { return nil }
        var moved = self
        if move.action.replacesSlot(with: move.window, after: window), let window {
            moved.formerSlots.append(EventSlot(window: window, state: status == .cancelled ? .cancelled : .superseded))
            moved.window = nil
        }
        moved.window = move.window ?? moved.window
        moved.status = move.action.to
        if let cause = move.cause { moved.causes.append(cause) }
        moved.transitions.append(
            EventTransition(
                action: move.action, from: status, to: move.action.to, reason: move.reason, window: move.window,
                effectiveAt: move.effectiveAt ?? now, recordedAt: now,
                cause: move.cause.map { EventCause(event: $0.event, relation: $0.relation) }, basis: move.basis))
        return moved
    }
}

extension EventAction {
    /// Whether the last slot is over with this move. A date that was only thought of, and is then promised, is one slot.
    fileprivate func replacesSlot(with window: Window?, after current: Window?) -> Bool {
        switch self {
        case .schedule: window?.edtf != current?.edtf
        case .reschedule, .postpone: true
        case .complete: window != nil && window?.edtf != current?.edtf
        case .cancel, .start: false
        }
    }
}
