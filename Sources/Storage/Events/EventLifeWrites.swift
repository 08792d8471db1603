import Newsroom
import SQLite

extension Event {
    /// Inserts the slots and transitions that came to an event; those that were there stay as they are.
    func insertLife(after old: Event?, _ key: Int64, _ database: Database) throws(SQLiteError) {
        for position in (old?.draft.formerSlots.count ?? 0)..<draft.formerSlots.count {
            let slot = draft.formerSlots[position]
            try database.run(.insertEventSlot) { values in
                values.add(key)
                values.add(position)
                values.add(slot.state.rawValue)
                values.add(slot.window)
            }
        }
        for position in (old?.draft.transitions.count ?? 0)..<draft.transitions.count {
            let transition = draft.transitions[position]
            try database.run(.insertEventTransition) { values in
                values.add(key)
                values.add(position)
                values.add(transition.action.rawValue)
                values.add(transition.from.rawValue)
                values.add(transition.to.rawValue)
                values.add(transition.reason)
                values.add(transition.effectiveAt.milliseconds)
                values.add(transition.recordedAt.milliseconds)
                values.add(transition.window)
            }
        }
    }
}

extension Bindings {
    /// The five columns of a window that is not looked for: edtf, confirmed, stated, anchor, zone.
    fileprivate mutating func add(_ window: Window?) {
        add(window?.edtf.text)
        add(window.map { $0.confirmed ? 1 as Int64 : 0 })
        add(window?.stated)
        add(window?.anchor?.text)
        add(window?.zone?.text)
    }
}

extension SQL {
    fileprivate static let insertEventSlot = SQL(
        """
        INSERT INTO event_former_slot (event_key, position, state, edtf, confirmed, stated, anchor, zone)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    fileprivate static let insertEventTransition = SQL(
        """
        INSERT INTO event_transition (
            event_key, position, action, from_status, to_status, reason, effective_at_ms, recorded_at_ms,
            edtf, confirmed, stated, anchor, zone
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """)
}
