// Events whose time has passed without a word.
extension Event.Draft {
    /// The last moment at which it can begin as far as is known: of what is scheduled, or postponed to another time. Nil where nothing is
    /// expected, or its window has no known end.
    package var due: Instant? {
        switch status {
        case .scheduled, .postponed: window?.last
        case .proposed, .cancelled, .inProgress, .happened: nil
        }
    }
}

extension Event {
    /// Whether it should have begun before the moment as of which it is looked at.
    package var isOverdue: Bool {
        draft.due.map { $0 < seenAt ?? record.updatedAt } ?? false
    }

    /// Equal are events that say the same, also where they are looked at as of other moments.
    package static func == (one: Event, other: Event) -> Bool {
        one.record == other.record && one.draft == other.draft && one.captions == other.captions && one.isOverdue == other.isOverdue
    }
}
