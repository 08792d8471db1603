import Newsroom
import SQLite

extension Event: StoredResource {
    static let table = "event"
    static let queries = ResourceQueries<Event>()
    static let columnCount: Int32 = 26

    static let source = """
        event
        LEFT JOIN event AS whole ON whole.key = event.part_of_key
        """

    static func columns(isWhole: Bool) -> String {
        """
        event.key, event.id, event.slug, event.version, event.created_at_ms, event.updated_at_ms,
            event.title, event.kind, event.status, event.edtf, event.confirmed, event.stated, event.anchor, event.zone,
            event.place_name, event.country, event.latitude, event.longitude, event.summary,
            event.part_of_key, whole.id, whole.title, whole.key, whole.status, whole.edtf, whole.zone
        """
    }

    static func decode(_ row: borrowing Row) throws(SQLiteError) -> Stored<Event> {
        var draft = Draft()
        var captions = Captions()
        let record = try row.record(Event.self)
        draft.slug = record.slug
        draft.title = row.text(6)
        draft.kind = try row.word(7, "event.kind")
        draft.status = try row.word(8, "event.status")
        draft.window = try row.window(from: 9, of: "event")
        let place = Place(
            name: row.textOrNil(14), country: try row.valueOrNil(15, "event.country", CountryCode.init),
            latitude: row.realOrNil(16), longitude: row.realOrNil(17))
        draft.place = place == Place() ? nil : place
        draft.summary = row.textOrNil(18)
        if !row.isNull(19) {
            let whole: ID<Event> = try row.id(20, "event.id")
            draft.partOf = .id(whole)
            captions[whole] = Caption(
                name: row.text(21), status: try row.word(23, "event.status") as EventStatus,
                earliest: try row.earliest(24, zone: 25))
        }
        return Stored(key: row.integer(0), resource: Event(record: record, draft: draft, captions: captions))
    }

    static func addParts(
        to stored: inout Stored<Event>, from database: Database, namesExternalIDs: Bool
    ) throws(SQLiteError) {
        let day = officeDay(window: stored.resource.draft.window, updatedAt: stored.resource.record.updatedAt)
        var captions = CaptionsUnderWay(day: day)
        var externalIDs: [ExternalID] = []
        let key = stored.key
        var draft = stored.resource.draft
        var basis = EventBasisRows()
        try database.each(.eventParts) { values in
            values.add(key)
            values.add(day)
        } _: { row throws(SQLiteError) in
            switch row.integer(0) {
            case 0:
                guard let id = ExternalID(source: row.text(1), value: row.text(2)) else { throw .undecodable("event_external_id.value") }
                externalIDs.append(id)
            case 1: draft.participants.append(try row.participant(&captions))
            case 4...6: try basis.add(row, &captions)
            case 3:
                let cause = try captions.addEvent(row)
                draft.causes.append(EventCause(event: .id(cause), relation: try row.word(3, "event_cause.relation")))
            default: try captions.addOffice(row)
            }
        }
        draft.externalIDs = ExternalIDs(externalIDs)
        draft.formerSlots = try EventSlot.formerSlots(of: key, in: database)
        draft.transitions = try EventTransition.transitions(of: key, in: database)
        try basis.move(into: &draft)
        if namesExternalIDs { try captions.addExternalIDs(from: database) }
        stored.resource.draft = draft
        stored.resource.captions.add(captions.finished)
        let tableCaptions = TableCaptions(database, namesExternalIDs: namesExternalIDs)
        for statement in stored.resource.basis { try tableCaptions.add(statement, to: &stored.resource.captions) }
        if namesExternalIDs { try addExternalID(ofWhole: &stored.resource, from: database) }
    }

    private static func addExternalID(ofWhole event: inout Event, from database: Database) throws(SQLiteError) {
        guard case .id(let whole)? = event.draft.partOf, let key = try database.first(queries.keyByID, { $0.add(whole.text) }) else {
            return
        }
        event.captions[whole]?.externalID = try database.first(queries.firstExternalID) { $0.add(key) } ?? nil
    }
}

extension Row {
    /// From (arm, id, name, role, key, whether it is a person).
    fileprivate borrowing func participant(_ captions: inout CaptionsUnderWay) throws(SQLiteError) -> Event.Participant {
        let role = textOrNil(3)
        guard integer(5) != 0 else {
            return Event.Participant(target: .organization(.id(try captions.addOrganization(self))), role: role)
        }
        return Event.Participant(target: .person(.id(try captions.addPerson(self))), role: role)
    }
}

extension SQL {
    /// All parts in one statement; the arms keep the order of their primary keys.
    fileprivate static let eventParts = SQL(
        """
        SELECT 0, source, value, NULL, NULL, NULL, NULL, NULL, NULL
        FROM event_external_id
        WHERE event_key = $1
        UNION ALL
        SELECT 1, coalesce(person.id, organization.id), coalesce(person.name, organization.name), event_participant.role,
            coalesce(person.key, organization.key), person.key IS NOT NULL, NULL, NULL, NULL
        FROM event_participant
        LEFT JOIN person ON person.key = event_participant.person_key
        LEFT JOIN organization ON organization.key = event_participant.organization_key
        WHERE event_participant.event_key = $1
        UNION ALL
        SELECT 2, title, from_date, to_date, person_role.person_key, NULL, NULL, NULL, NULL
        FROM event_participant
        CROSS JOIN person_role ON person_role.person_key = event_participant.person_key
        WHERE event_participant.event_key = $1
            AND (first_day IS NULL OR first_day <= $2) AND (last_day IS NULL OR last_day >= $2)
        UNION ALL
        SELECT 3, cause.id, cause.title, event_cause.relation, cause.key, cause.status, cause.edtf, cause.zone, NULL
        FROM event_cause
        CROSS JOIN event AS cause ON cause.key = event_cause.cause_key
        WHERE event_cause.event_key = $1
        UNION ALL
        SELECT 4, statement.id, NULL, cause_position, NULL, NULL, NULL, NULL, NULL
        FROM event_cause_basis
        CROSS JOIN statement ON statement.key = event_cause_basis.statement_key
        WHERE event_cause_basis.event_key = $1
        UNION ALL
        SELECT 5, statement.id, NULL, transition_position, NULL, NULL, NULL, NULL, NULL
        FROM event_transition_basis
        CROSS JOIN statement ON statement.key = event_transition_basis.statement_key
        WHERE event_transition_basis.event_key = $1
        UNION ALL
        SELECT 6, cause.id, cause.title, relation, cause.key, cause.status, cause.edtf, cause.zone, transition_position
        FROM event_transition_cause
        CROSS JOIN event AS cause ON cause.key = event_transition_cause.cause_key
        WHERE event_transition_cause.event_key = $1
        """)
}
