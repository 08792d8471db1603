import Newsroom
import SQLite

extension Event {
    static func resolveReferences(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError) {
        for index in draft.participants.indices {
            switch draft.participants[index].target {
            case .person(var person):
                try resolver.resolve(&person, at: "/participants/\(index)")
                draft.participants[index].target = .person(person)
            case .organization(var organization):
                try resolver.resolve(&organization, at: "/participants/\(index)")
                draft.participants[index].target = .organization(organization)
            }
        }
        for index in draft.causes.indices { try resolver.resolve(&draft.causes[index].event, at: "/causes/\(index)/event") }
        try resolveBasis(in: &draft, by: &resolver)
        guard var whole = draft.partOf else { return }
        try resolver.resolve(&whole, at: "/part_of")
        draft.partOf = whole
    }

    static func hierarchyFailure(
        of id: ID<Event>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        let lineage = Lineage(.wholeOfEvent, in: database)
        if let failure = try lineage.failure(adding: draft.partOf, after: previous?.partOf, to: id, at: "/part_of", "be part of") {
            return failure
        }
        return try CauseGraph(database).failure(adding: draft.causes, after: previous?.causes ?? [], to: id)
    }

    static func insert(_ event: Event, _ keys: ReferenceKeys, into database: Database) throws(SQLiteError) -> Int64 {
        let whole = try event.wholeKey(keys)
        try database.run(.insertEvent) { values in
            values.add(event.record.id.text)
            values.add(event.record.createdAt.milliseconds)
            event.bind(to: &values, whole)
        }
        let key = database.lastInsertedKey
        try event.draft.window?.keepZoneRules(in: database)
        try event.insertParticipants(key, keys, database)
        try event.insertCauses(key, keys, database)
        try event.insertLife(after: nil, key, database)
        try event.writeBasis(after: nil, key, keys, database)
        return key
    }

    static func update(
        _ key: Int64, from old: Event, to new: Event, _ keys: ReferenceKeys, in database: Database
    ) throws(SQLiteError) {
        let whole = try new.wholeKey(keys)
        try database.run(.updateEvent) { values in
            new.bind(to: &values, whole)
            values.add(key)
        }
        try new.draft.window?.keepZoneRules(in: database)
        if !new.draft.participants.isIdentical(to: old.draft.participants) {
            try database.run(.deleteEventParticipants) { $0.add(key) }
            try new.insertParticipants(key, keys, database)
        }
        if new.draft.causes != old.draft.causes {
            try database.run(.deleteEventCauses) { $0.add(key) }
            try new.insertCauses(key, keys, database)
        }
        try new.insertLife(after: old, key, database)
        try new.writeBasis(after: old, key, keys, database)
    }

    static func users(of key: Int64, in database: Database) throws(SQLiteError) -> (kind: Kind, count: Int)? {
        if let count = try database.first(.articlesOfEvent, { $0.add(key) }), count > 0 { return (.article, count) }
        if let count = try database.first(.partsOfEvent, { $0.add(key) }), count > 0 { return (.event, count) }
        if let count = try database.first(.effectsOfEvent, { $0.add(key) }), count > 0 { return (.event, count) }
        if let count = try database.first(.statementsOfEvent, { $0.add(key) }), count > 0 { return (.statement, count) }
        return nil
    }

    private func wholeKey(_ keys: ReferenceKeys) throws(SQLiteError) -> Int64? {
        guard let whole = draft.partOf else { return nil }
        return try keys.key(of: whole)
    }

    /// What INSERT and UPDATE have in common, in the order of their placeholders: from $3 on, or from $1 on.
    private func bind(to values: inout Bindings, _ whole: Int64?) {
        values.add(record.slug.text)
        values.add(record.version)
        values.add(record.updatedAt.milliseconds)
        values.add(draft.title)
        values.add(draft.kind.rawValue)
        values.add(draft.status.rawValue)
        values.add(whole)
        values.add(draft.window?.edtf.text)
        values.add(draft.window?.first?.milliseconds)
        values.add(draft.window?.last?.milliseconds)
        values.add(draft.window?.precision.rawValue)
        values.add(draft.window.map { $0.confirmed ? 1 as Int64 : 0 })
        values.add(draft.window?.stated)
        values.add(draft.window?.anchor?.text)
        values.add(draft.window?.zone?.text)
        values.add(draft.place?.name)
        values.add(draft.place?.country?.text)
        values.add(draft.place?.latitude)
        values.add(draft.place?.longitude)
        values.add(draft.summary)
    }

    private func insertCauses(_ key: Int64, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        for (position, cause) in draft.causes.enumerated() {
            let causeKey = try keys.key(of: cause.event)
            try database.run(.insertEventCause) { values in
                values.add(key)
                values.add(position)
                values.add(causeKey)
                values.add(cause.relation.rawValue)
            }
        }
    }

    private func insertParticipants(_ key: Int64, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        for (position, participant) in draft.participants.enumerated() {
            var person: Int64?
            var organization: Int64?
            switch participant.target {
            case .person(let reference): person = try keys.key(of: reference)
            case .organization(let reference): organization = try keys.key(of: reference)
            }
            try database.run(.insertEventParticipant) { values in
                values.add(key)
                values.add(position)
                values.add(person)
                values.add(organization)
                values.add(participant.role)
            }
        }
    }
}

extension SQL {
    fileprivate static let insertEvent = SQL(
        """
        INSERT INTO event (
            id, created_at_ms, slug, version, updated_at_ms, title, kind, status, part_of_key,
            edtf, earliest_ms, latest_ms, precision, confirmed, stated, anchor, zone,
            place_name, country, latitude, longitude, summary
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        """)

    fileprivate static let updateEvent = SQL(
        """
        UPDATE event
        SET (
            slug, version, updated_at_ms, title, kind, status, part_of_key,
            edtf, earliest_ms, latest_ms, precision, confirmed, stated, anchor, zone,
            place_name, country, latitude, longitude, summary
        ) = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        WHERE key = $21
        """)

    fileprivate static let insertEventParticipant = SQL(
        """
        INSERT INTO event_participant (event_key, position, person_key, organization_key, role)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let insertEventCause = SQL(
        """
        INSERT INTO event_cause (event_key, position, cause_key, relation)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let deleteEventCauses = SQL("DELETE FROM event_cause WHERE event_key = $1")

    fileprivate static let deleteEventParticipants = SQL("DELETE FROM event_participant WHERE event_key = $1")
}

extension Query<String> {
    fileprivate static let wholeOfEvent = Query(
        """
        SELECT whole.id
        FROM event
        CROSS JOIN event AS whole ON whole.key = event.part_of_key
        WHERE event.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension Query<Int> {
    fileprivate static let articlesOfEvent = Query(
        """
        SELECT count(DISTINCT article_key)
        FROM article_event
        WHERE event_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let partsOfEvent = Query(
        """
        SELECT count(*)
        FROM event
        WHERE part_of_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let effectsOfEvent = Query(
        """
        SELECT count(*)
        FROM (
            SELECT event_key FROM event_cause WHERE cause_key = $1
            UNION
            SELECT event_key FROM event_transition_cause WHERE cause_key = $1
        )
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }
}
