import Newsroom
import SQLite

extension EventSlot {
    /// The times that an event was promised for before, in order.
    static func formerSlots(of event: Int64, in database: Database) throws(SQLiteError) -> [EventSlot] {
        var slots: [EventSlot] = []
        try database.each(.formerSlots) {
            $0.add(event)
        } _: { row throws(SQLiteError) in
            guard let window = try row.window(from: 1, of: "event_former_slot") else { throw .undecodable("event_former_slot.edtf") }
            slots.append(EventSlot(window: window, state: try row.word(0, "event_former_slot.state")))
        }
        return slots
    }
}

extension EventTransition {
    /// The moves of an event, in order.
    static func transitions(of event: Int64, in database: Database) throws(SQLiteError) -> [EventTransition] {
        var transitions: [EventTransition] = []
        try database.each(.transitions) {
            $0.add(event)
        } _: { row throws(SQLiteError) in
            transitions.append(
                EventTransition(
                    action: try row.word(0, "event_transition.action"), from: try row.word(1, "event_transition.from_status"),
                    to: try row.word(2, "event_transition.to_status"), reason: row.textOrNil(3),
                    window: try row.window(from: 6, of: "event_transition"),
                    effectiveAt: Instant(milliseconds: row.integer(4)), recordedAt: Instant(milliseconds: row.integer(5))))
        }
        return transitions
    }
}

extension Row {
    /// From five columns: edtf, confirmed, stated, anchor, zone.
    borrowing func window(from first: Int32, of table: String) throws(SQLiteError) -> Window? {
        guard let edtf = try valueOrNil(first, table + ".edtf", EDTF.init) else { return nil }
        return Window(
            edtf: edtf, confirmed: integer(first + 1) != 0, stated: textOrNil(first + 2),
            anchor: try partialDateOrNil(first + 3, table + ".anchor"),
            zone: try valueOrNil(first + 4, table + ".zone", TimeZoneName.init))
    }
}

extension SQL {
    fileprivate static let formerSlots = SQL(
        """
        SELECT state, edtf, confirmed, stated, anchor, zone
        FROM event_former_slot
        WHERE event_key = $1
        ORDER BY position
        """)

    fileprivate static let transitions = SQL(
        """
        SELECT action, from_status, to_status, reason, effective_at_ms, recorded_at_ms, edtf, confirmed, stated, anchor, zone
        FROM event_transition
        WHERE event_key = $1
        ORDER BY position
        """)
}
