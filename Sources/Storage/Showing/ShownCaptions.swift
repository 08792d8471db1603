import Documents
import JSON
import Newsroom
import SQLite

/// What references are shown with, remembered from one article to the next until something that captions are taken from has changed, which
/// is everything but articles.
final class ShownCaptions {
    private struct Shown {
        /// Of the row in the kind's own table.
        let key: Int64
        /// The name or title, as JSON.
        let name: [UInt8]
        /// Of a person: all that was held.
        var offices: [Office] = []
        /// Of an event, as JSON.
        var status: [UInt8] = []
        var earliest: [UInt8] = []
    }

    private var people: [ID<Person>: Shown] = [:]
    private var organizations: [ID<Organization>: Shown] = [:]
    private var events: [ID<Event>: Shown] = [:]
    /// The newest row of the log that is not an article's, as of which they are.
    private var sequence: Int64 = -1
    private let countMax: Int

    init(countMax: Int) {
        self.countMax = countMax
    }

    /// Forgets what is out of date where the newest row that is not an article's is this one.
    func renew(asOf newest: Int64) {
        if newest != sequence || people.count + organizations.count + events.count > countMax { forget() }
        sequence = newest
    }

    func forget() {
        people.removeAll(keepingCapacity: true)
        organizations.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        sequence = -1
    }

    /// Forgets one of them alone, which the newest row is about.
    func forget<R: Resource>(_ id: ID<R>, at newest: Int64) {
        if let id = ID<Person>(id.text) { people[id] = nil }
        if let id = ID<Organization>(id.text) { organizations[id] = nil }
        if let id = ID<Event>(id.text) { events[id] = nil }
        sequence = newest
    }

    /// Writes the members that a reference to the target is shown with. The key of the target; nil where there is none.
    func write(
        _ kind: Kind, _ id: Span<UInt8>, _ officeDay: Int, to writer: inout JSONWriter, from database: Database
    ) throws(SQLiteError) -> Int64? {
        switch kind {
        case .person:
            let shown = try ID<Person>(id).map { id throws(SQLiteError) in try person(id, database) } ?? nil
            write("name", shown?.name, to: &writer)
            writer.name("role_at")
            if let office = shown.flatMap({ Office.held(on: officeDay, among: $0.offices) }) {
                writer.string(office.title)
            } else {
                writer.null()
            }
            return shown?.key
        case .event:
            let shown = try ID<Event>(id).map { id throws(SQLiteError) in try event(id, database) } ?? nil
            write("title", shown?.name, to: &writer)
            write("status", shown?.status, to: &writer)
            write("earliest", shown?.earliest, to: &writer)
            return shown?.key
        case .organization, .article, .statement:
            let shown = try ID<Organization>(id).map { id throws(SQLiteError) in try organization(id, database) } ?? nil
            write("name", shown?.name, to: &writer)
            return shown?.key
        }
    }

    private func write(_ name: StaticString, _ json: [UInt8]?, to writer: inout JSONWriter) {
        writer.name(name)
        if let json { writer.raw(json) } else { writer.null() }
    }

    private func person(_ id: ID<Person>, _ database: Database) throws(SQLiteError) -> Shown? {
        if let shown = people[id] { return shown }
        var shown: Shown?
        try database.each(.personCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            if shown == nil { shown = Shown(key: row.integer(0), name: ShownCaptions.json(of: row, 1)) }
            guard !row.isNull(2) else { return }
            let office = Office(
                title: row.text(2), from: try row.partialDateOrNil(3, "person_role.from_date"),
                to: try row.partialDateOrNil(4, "person_role.to_date"))
            shown?.offices.append(office)
        }
        people[id] = shown
        return shown
    }

    private func organization(_ id: ID<Organization>, _ database: Database) throws(SQLiteError) -> Shown? {
        if let shown = organizations[id] { return shown }
        var shown: Shown?
        try database.one(.organizationCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            shown = Shown(key: row.integer(0), name: ShownCaptions.json(of: row, 1))
        }
        organizations[id] = shown
        return shown
    }

    private func event(_ id: ID<Event>, _ database: Database) throws(SQLiteError) -> Shown? {
        if let shown = events[id] { return shown }
        var shown: Shown?
        try database.one(.eventCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            let earliest = try row.earliest(3, zone: 4)
            shown = Shown(
                key: row.integer(0), name: ShownCaptions.json(of: row, 1), status: ShownCaptions.json(of: row, 2),
                earliest: JSONWriter.text(of: earliest.map { .string($0) } ?? .null))
        }
        events[id] = shown
        return shown
    }

    private static func json(of row: borrowing Row, _ column: Int32) -> [UInt8] {
        row.withText(column) { text in
            var writer = JSONWriter(reserving: text.count + 2)
            writer.string(utf8: text)
            return writer.finish()
        }
    }
}

extension SQL {
    static let personCaption = SQL(
        """
        SELECT person.key, person.name, title, from_date, to_date
        FROM person
        LEFT JOIN person_role ON person_role.person_key = person.key
        WHERE person.id = $1
        ORDER BY position
        """)

    static let organizationCaption = SQL("SELECT key, name FROM organization WHERE id = $1")

    static let eventCaption = SQL("SELECT key, title, status, edtf, zone FROM event WHERE id = $1")
}
