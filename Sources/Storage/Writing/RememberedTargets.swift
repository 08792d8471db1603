import Newsroom
import SQLite

/// What the writer remembers of what is referred to: the keys of rows, and what they are called. Newsrooms refer to the same few again and
/// again, and look-ups of what has been looked up were a tenth of a write.
///
/// THE rule by which it is forgotten: something other than an article is changed or deleted, something that was logged is undone, or
/// another process has written. What is new changes nothing, since what is not there is not remembered; what was merged leads to its
/// survivor until it is forgotten; and of articles nothing is remembered.
///
/// It belongs to the writer's thread.
final class RememberedTargets {
    private struct Name: Hashable {
        enum Way: Hashable {
            case id(ULID), slug(Slug), externalID(source: String, value: ExactText)
        }

        let kind: Kind
        let way: Way

        init<R: Resource>(_ reference: Reference<R>) {
            kind = R.kind
            way =
                switch reference {
                case .id(let id): .id(id.ulid)
                case .slug(let slug): .slug(slug)
                case .externalID(let id): .externalID(source: id.source, value: ExactText(id.value))
                }
        }
    }

    private struct Found {
        let key: Int64
        let ulid: ULID
    }

    private struct KnownPerson {
        let name: String
        var offices: [Office] = []
    }

    private let database: Database
    private var found: [Name: Found] = [:]
    private var people: [ID<Person>: KnownPerson] = [:]
    private var organizations: [ID<Organization>: Caption] = [:]
    private var events: [ID<Event>: Caption] = [:]

    /// Of names and of captions each: some hundred bytes.
    private static let countMax = 16_384

    init(_ database: Database) {
        self.database = database
    }

    func forget() {
        found = [:]
        people = [:]
        organizations = [:]
        events = [:]
    }

    /// What a reference points at; nil where there is no such target.
    func target<R: StoredResource>(of reference: Reference<R>) throws(SQLiteError) -> Target<R>? {
        let name = Name(reference)
        if let found = found[name] { return Target(key: found.key, id: ID(found.ulid)) }
        var stored = try storedTarget(of: reference)
        if stored == nil { stored = try R.survivor(of: reference, in: database) }
        guard let target = stored else { return nil }
        guard R.kind != .article else { return target }
        if found.count >= RememberedTargets.countMax { found = [:] }
        found[name] = Found(key: target.key, ulid: target.id.ulid)
        return target
    }

    private func storedTarget<R: StoredResource>(of reference: Reference<R>) throws(SQLiteError) -> Target<R>? {
        switch reference {
        case .id(let id):
            return try database.first(R.queries.keyByID) { $0.add(id.text) }.map { Target(key: $0, id: id) }
        case .slug(let slug):
            return try database.first(R.queries.targetBySlug) { $0.add(slug.text) }
        case .externalID(let id):
            return try database.first(R.queries.targetByExternalID) {
                $0.add(id.source)
                $0.add(id.value)
            }
        }
    }
}

extension RememberedTargets: CaptionSource {
    func add(_ reference: Reference<Person>, on day: Int, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference, let person = try person(id) else { return }
        captions[id] = Caption(name: person.name, roleAt: Office.held(on: day, among: person.offices)?.title)
    }

    func add(_ reference: Reference<Organization>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if organizations[id] == nil {
            makeRoom(beside: organizations.count)
            try database.one(.organizationCaption) {
                $0.add(id.text)
            } _: { row throws(SQLiteError) in
                organizations[id] = Caption(name: row.text(1))
            }
        }
        captions[id] = organizations[id]
    }

    func add(_ reference: Reference<Event>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if events[id] == nil {
            makeRoom(beside: events.count)
            try database.one(.eventCaption) {
                $0.add(id.text)
            } _: { row throws(SQLiteError) in
                events[id] = Caption(
                    name: row.text(1), status: try row.word(2, "event.status") as EventStatus, earliest: try row.earliest(3, zone: 4))
            }
        }
        captions[id] = events[id]
    }

    func add(_ reference: Reference<Article>, to captions: inout Captions) throws(SQLiteError) {
        try TableCaptions(database).add(reference, to: &captions)
    }

    func add(_ reference: Reference<Statement>, to captions: inout Captions) throws(SQLiteError) {
        try TableCaptions(database).add(reference, to: &captions)
    }

    private func person(_ id: ID<Person>) throws(SQLiteError) -> KnownPerson? {
        if let known = people[id] { return known }
        var person: KnownPerson?
        try database.each(.personCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            if person == nil { person = KnownPerson(name: row.text(1)) }
            guard !row.isNull(2) else { return }
            let office = Office(
                title: row.text(2), from: try row.partialDateOrNil(3, "person_role.from_date"),
                to: try row.partialDateOrNil(4, "person_role.to_date"))
            person?.offices.append(office)
        }
        makeRoom(beside: people.count)
        people[id] = person
        return person
    }

    private func makeRoom(beside count: Int) {
        if count >= RememberedTargets.countMax { forget() }
    }
}
