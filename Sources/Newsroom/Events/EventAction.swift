/// A move in the life of an event. Which of them is open is said by the event's status alone: the table of moves.
package enum EventAction: String, Sendable, CaseIterable {
    case schedule, reschedule, postpone, cancel, start, complete

    /// The states that it leads out of.
    package var from: [EventStatus] {
        switch self {
        case .schedule: [.proposed]
        case .reschedule: [.scheduled, .postponed, .cancelled]
        case .postpone: [.scheduled, .cancelled]
        case .cancel: [.proposed, .scheduled, .postponed, .inProgress]
        case .start: [.scheduled]
        case .complete: [.scheduled, .inProgress]
        }
    }

    /// The state that it leads to.
    package var to: EventStatus {
        switch self {
        case .schedule, .reschedule: .scheduled
        case .postpone: .postponed
        case .cancel: .cancelled
        case .start: .inProgress
        case .complete: .happened
        }
    }

    /// Whether it needs a window, may have one, or must have none.
    package var window: WindowNeed {
        switch self {
        case .schedule, .reschedule: .required
        case .postpone, .complete: .optional
        case .cancel, .start: .none
        }
    }

    package enum WindowNeed: Sendable {
        case required, optional, none
    }
}

extension EventStatus {
    /// The moves that are open, in the order of the table.
    package var actions: [EventAction] { EventAction.allCases.filter { $0.from.contains(self) } }

    /// The move to another state; nil where the table has none.
    package func action(to status: EventStatus) -> EventAction? {
        actions.first { $0.to == status }
    }

    /// What becomes of the slot that an event in this state has last.
    package var slotState: EventSlot.State {
        switch self {
        case .proposed, .scheduled, .postponed, .inProgress: .current
        case .cancelled: .cancelled
        case .happened: .held
        }
    }
}
