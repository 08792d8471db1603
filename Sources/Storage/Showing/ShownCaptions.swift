import Documents
import JSON
import Newsroom
import SQLite

/// What references are shown with, remembered by one reader from one article to the next.
///
/// THE rule by which it is out of date: the log has a newer row of something that captions are taken from, which is everything but
/// articles. It is asked once for each snapshot, so that what other processes write counts as well.
///
/// It belongs to the reader whose connection it is used with, and is touched by its taker alone.
final class ShownCaptions {
    private struct Shown {
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
    /// The newest row of the log that is not an article's, as of which they are; nil until it is asked for in this snapshot.
    private var sequence: Int64?
    private var askedSequence: Int64 = 0

    /// How many targets are remembered: some hundred bytes each.
    private static let countMax = 4_096

    /// There is another snapshot.
    func snapshotChanged() { sequence = nil }

    /// Forgets what is out of date in the snapshot that the connection reads from.
    func renew(from database: Database) throws(SQLiteError) {
        guard sequence == nil else { return }
        let newest = try database.first(.newestCaptionSequence) ?? 0
        if newest != askedSequence || people.count + organizations.count + events.count > ShownCaptions.countMax { forget() }
        (sequence, askedSequence) = (newest, newest)
    }

    private func forget() {
        people.removeAll(keepingCapacity: true)
        organizations.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
    }

    /// Writes the members that a reference to the target is shown with.
    func write(
        _ kind: Kind, _ id: Span<UInt8>, _ officeDay: Int, to writer: inout JSONWriter, from database: Database
    ) throws(SQLiteError) {
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
        case .event:
            let shown = try ID<Event>(id).map { id throws(SQLiteError) in try event(id, database) } ?? nil
            write("title", shown?.name, to: &writer)
            write("status", shown?.status, to: &writer)
            write("earliest", shown?.earliest, to: &writer)
        case .organization, .article:
            let shown = try ID<Organization>(id).map { id throws(SQLiteError) in try organization(id, database) } ?? nil
            write("name", shown?.name, to: &writer)
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
            if shown == nil { shown = Shown(name: ShownCaptions.json(of: row, 0)) }
            guard !row.isNull(1) else { return }
            let office = Office(
                title: row.text(1), from: try row.partialDateOrNil(2, "person_role.from_date"),
                to: try row.partialDateOrNil(3, "person_role.to_date"))
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
            shown = Shown(name: ShownCaptions.json(of: row, 0))
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
            let earliest = try row.valueOrNil(2, "event.edtf", EDTF.init)?.earliest
            shown = Shown(
                name: ShownCaptions.json(of: row, 0), status: ShownCaptions.json(of: row, 1),
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

extension Query<Int64> {
    /// Along an index of its own: along the log itself all newer articles would be walked over.
    fileprivate static let newestCaptionSequence = Query(
        """
        SELECT seq
        FROM log INDEXED BY log_of_captions
        WHERE kind <> 'article'
        ORDER BY seq DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension SQL {
    static let personCaption = SQL(
        """
        SELECT person.name, title, from_date, to_date
        FROM person
        LEFT JOIN person_role ON person_role.person_key = person.key
        WHERE person.id = $1
        ORDER BY position
        """)

    static let organizationCaption = SQL("SELECT name FROM organization WHERE id = $1")

    static let eventCaption = SQL("SELECT title, status, edtf FROM event WHERE id = $1")
}
