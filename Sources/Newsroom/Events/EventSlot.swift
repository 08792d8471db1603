/// A time that an event was promised for.
package struct EventSlot: Sendable, Equatable {
    package var window: Window
    package var state: State

    package init(window: Window, state: State) {
        self.window = window
        self.state = state
    }

    package enum State: String, Sendable, CaseIterable {
        case current, superseded, cancelled, held
    }
}

extension Event.Draft {
    /// All times that it was promised for, in order: the former ones, and the one that `window` says.
    package var slots: [EventSlot] {
        formerSlots + (window.map { [EventSlot(window: $0, state: status.slotState)] } ?? [])
    }
}
