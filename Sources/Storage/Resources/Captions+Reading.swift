import Newsroom
import SQLite

/// The captions of one resource's references as they are read.
///
/// Rows have the shape (arm, id, name, role, key, status, edtf, zone); those of offices (arm, title, from, to, the person's key).
struct CaptionsUnderWay {
    /// The day at which offices count, since 1970-01-01.
    private let day: Int
    private var captions = Captions()
    private var people: [(key: Int64, id: ID<Person>)] = []
    private var organizations: [(key: Int64, id: ID<Organization>)] = []
    private var events: [(key: Int64, id: ID<Event>)] = []
    private var offices: [Int64: [Office]] = [:]

    init(day: Int) {
        self.day = day
    }

    mutating func addPerson(_ row: borrowing Row) throws(SQLiteError) -> ID<Person> {
        let id: ID<Person> = try addName(row)
        people.append((row.integer(4), id))
        return id
    }

    mutating func addOrganization(_ row: borrowing Row) throws(SQLiteError) -> ID<Organization> {
        let id: ID<Organization> = try addName(row)
        organizations.append((row.integer(4), id))
        return id
    }

    mutating func addEvent(_ row: borrowing Row) throws(SQLiteError) -> ID<Event> {
        let id: ID<Event> = try row.id(1, "event.id")
        captions[id] = Caption(
            name: row.text(2), status: try row.word(5, "event.status") as EventStatus, earliest: try row.earliest(6, zone: 7))
        events.append((row.integer(4), id))
        return id
    }

    mutating func addOffice(_ row: borrowing Row) throws(SQLiteError) {
        let office = Office(
            title: row.text(1), from: try row.partialDateOrNil(2, "person_role.from_date"),
            to: try row.partialDateOrNil(3, "person_role.to_date"))
        offices[row.integer(4), default: []].append(office)
    }

    private mutating func addName<R: Resource>(_ row: borrowing Row) throws(SQLiteError) -> ID<R> {
        let id: ID<R> = try row.id(1, R.kind.rawValue + ".id")
        captions[id] = Caption(name: row.text(2))
        return id
    }

    /// Names the first external id of each target: how an export points at it.
    mutating func addExternalIDs(from database: Database) throws(SQLiteError) {
        try addExternalIDs(of: people, Person.queries.firstExternalID, from: database)
        try addExternalIDs(of: organizations, Organization.queries.firstExternalID, from: database)
        try addExternalIDs(of: events, Event.queries.firstExternalID, from: database)
    }

    private mutating func addExternalIDs<R: Resource>(
        of targets: [(key: Int64, id: ID<R>)], _ query: Query<ExternalID?>, from database: Database
    ) throws(SQLiteError) {
        for target in targets {
            let key = target.key
            captions[target.id]?.externalID = try database.first(query) { $0.add(key) } ?? nil
        }
    }

    /// With the offices that were held at the day.
    var finished: Captions {
        guard !offices.isEmpty else { return captions }
        var finished = captions
        for person in people {
            guard let held = offices[person.key], let office = Office.held(on: day, among: held) else { continue }
            finished[person.id]?.roleAt = office.title
        }
        return finished
    }
}
