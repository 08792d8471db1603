import Newsroom
import SQLite

/// Works out anew, when a file is opened, the times of events and statements in zones whose rules have changed since: a newer database
/// of time zones, or another machine.
///
/// `zone_rules` has a row for each zone and the hash of its rules by which any row may have been worked out, so that it is right too where
/// several processes with different databases of zones wrote. A zone without rules on this machine is left as it is.
struct ZoneRenewal {
    let database: Database
    var zones = TimeZoneDatabase.system

    /// All in one transaction: it is done or not.
    func run() throws(SQLiteError) {
        guard try !stale().isEmpty else { return }
        try database.beginWriting()
        do throws(SQLiteError) {
            // Another process that opens the file may have done it meanwhile.
            for zone in try stale() { try renew(zone) }
            try database.commit()
        } catch {
            database.rollback()
            throw error
        }
    }

    /// That times cannot be checked, a line for each zone: its rules are missing here, and were there when the times were worked out.
    func findings() throws(SQLiteError) -> [String] {
        try database.all(.zoneRules).compactMap { used in
            guard used.fingerprint != 0, zones.rules(of: used.zone) == nil else { return nil }
            return "the times in \(used.zone.text) cannot be checked: this machine has no rules for that time zone (tzdata)"
        }
    }

    private func stale() throws(SQLiteError) -> [UsedRules] {
        try database.all(.zoneRules).filter { used in zones.rules(of: used.zone).map { $0.fingerprint != used.fingerprint } ?? false }
    }

    private func renew(_ used: UsedRules) throws(SQLiteError) {
        for event in try database.all(.eventsInZone, { $0.add(used.zone.text) }) {
            let window = Window(edtf: event.edtf, zone: used.zone)
            try database.run(.setEventTimes) {
                $0.add(window.first?.milliseconds)
                $0.add(window.last?.milliseconds)
                $0.add(event.key)
            }
        }
        try renewPast(used.zone)
        try renewStatements(in: used.zone)
        // What refers to them may show when they begin.
        try database.run(.endRenderingsOfZone) { $0.add(used.zone.text) }
        try database.run(.dropZoneRules) {
            $0.add(used.zone.text)
            $0.add(used.fingerprint)
        }
        try ZoneRenewal.keep(used.zone, zones.rules(of: used.zone), in: database)
    }

    private func renewPast(_ zone: TimeZoneName) throws(SQLiteError) {
        var versions: [(sequence: Int64, event: Event)] = []
        try database.each(.pastEventsWithZone) {
            $0.add("\"\(zone.text)\"")
            $0.add("\"\(zone.text.replacing("/", with: "\\/"))\"")
        } _: { row throws(SQLiteError) in
            let event: Event = try row.withText(1) { text throws(SQLiteError) in try Event.resource(fromLog: text) }
            if event.draft.window?.zone == zone { versions.append((row.integer(0), event)) }
        }
        for version in versions {
            try database.run(.setPastTimes) {
                $0.add(version.event.draft.window?.first?.milliseconds)
                $0.add(version.event.draft.window?.last?.milliseconds)
                if case .text(let order) = Event.sortKey(.earliest, of: version.event) { $0.add(order) } else { $0.addNull() }
                $0.add(version.event.draft.due?.milliseconds ?? .max)
                $0.add(version.sequence)
            }
        }
    }

    /// Keeps by what rules times in a zone are worked out now; nil: in UTC.
    static func keep(_ zone: TimeZoneName, _ rules: ZoneRules?, in database: Database) throws(SQLiteError) {
        try database.run(.keepZoneRules) {
            $0.add(zone.text)
            $0.add(rules?.fingerprint ?? 0)
        }
    }
}

extension Window {
    /// Remembers by what rules its times are worked out. It costs a look-up where they are known.
    func keepZoneRules(in database: Database) throws(SQLiteError) {
        guard let zone else { return }
        try ZoneRenewal.keep(zone, TimeZoneDatabase.system.rules(of: zone), in: database)
    }
}

private struct UsedRules: Sendable {
    let zone: TimeZoneName
    /// 0: none.
    let fingerprint: Int64
}

private struct EventInZone: Sendable {
    let key: Int64
    let edtf: EDTF
}

extension Query<String> {
    static let zoneRulesTable = Query("SELECT name FROM sqlite_schema WHERE name = 'zone_rules'") { row throws(SQLiteError) in row.text(0) }
}

extension Query<UsedRules> {
    fileprivate static let zoneRules = Query(
        """
        SELECT zone, fingerprint
        FROM zone_rules
        ORDER BY zone, fingerprint
        """
    ) { row throws(SQLiteError) in
        guard let zone = TimeZoneName(row.text(0)) else { throw .undecodable("zone_rules.zone") }
        return UsedRules(zone: zone, fingerprint: row.integer(1))
    }
}

extension Query<EventInZone> {
    fileprivate static let eventsInZone = Query(
        """
        SELECT key, edtf
        FROM event
        WHERE zone = $1
        """
    ) { row throws(SQLiteError) in
        guard let edtf = EDTF(row.text(1)) else { throw .undecodable("event.edtf") }
        return EventInZone(key: row.integer(0), edtf: edtf)
    }
}

extension SQL {
    fileprivate static let setEventTimes = SQL(
        """
        UPDATE event
        SET (earliest_ms, latest_ms) = ($1, $2)
        WHERE key = $3
        """)

    fileprivate static let pastEventsWithZone = SQL(
        """
        SELECT event_past.seq, log.document
        FROM event_past
        CROSS JOIN log ON log.seq = event_past.seq
        WHERE instr(log.document, $1) > 0 OR instr(log.document, $2) > 0
        """)

    fileprivate static let setPastTimes = SQL(
        """
        UPDATE event_past
        SET (earliest_ms, latest_ms, window_order, due_ms) = ($1, $2, $3, $4)
        WHERE seq = $5
        """)

    fileprivate static let endRenderingsOfZone = SQL(
        """
        DELETE FROM article_rendering
        WHERE article_key IN (
            SELECT article_event.article_key
            FROM event
            CROSS JOIN article_event ON article_event.event_key = event.key
            WHERE event.zone = $1
        )
        """)

    fileprivate static let dropZoneRules = SQL(
        """
        DELETE FROM zone_rules
        WHERE zone = $1 AND fingerprint = $2
        """)

    fileprivate static let keepZoneRules = SQL(
        """
        INSERT INTO zone_rules (zone, fingerprint)
        VALUES ($1, $2)
        ON CONFLICT DO NOTHING
        """)
}
