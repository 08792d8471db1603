import Newsroom
import SQLite

/// What references were called at a moment of the past. Each target is read once for all that refer to it.
struct PastCaptions: CaptionSource {
    private let moment: PastMoment
    private let viewer: Viewer
    private var people: [ID<Person>: (name: String, offices: [Office])?] = [:]
    private var organizations: [ID<Organization>: Caption?] = [:]
    private var events: [ID<Event>: Caption?] = [:]
    private var articles: [ID<Article>: Caption?] = [:]
    private var statements: [ID<Statement>: Caption?] = [:]

    /// - Parameter viewer: everybody is told what they could see then, and may know of now.
    init(_ moment: PastMoment, for viewer: Viewer) {
        self.moment = moment
        self.viewer = viewer
    }

    mutating func add(_ reference: Reference<Person>, on day: Int, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if people[id] == nil {
            let person = try resource(id)
            people[id] = .some(
                person.map { person in
                    (person.draft.name, person.draft.roles.map { Office(title: $0.title, from: $0.from, to: $0.to) })
                })
        }
        guard let person = people[id] ?? nil else { return }
        captions[id] = Caption(name: person.name, roleAt: Office.held(on: day, among: person.offices)?.title)
    }

    mutating func add(_ reference: Reference<Organization>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if organizations[id] == nil { organizations[id] = .some(try resource(id).map { Caption(name: $0.draft.name) }) }
        captions[id] = organizations[id] ?? nil
    }

    mutating func add(_ reference: Reference<Event>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if events[id] == nil {
            events[id] = .some(
                try resource(id).map {
                    Caption(name: $0.draft.title, status: $0.draft.status, earliest: $0.draft.window?.earliest)
                })
        }
        captions[id] = events[id] ?? nil
    }

    /// Called as it was then, to everybody if they could see it then and may now, like everything else that is told of the past.
    mutating func add(_ reference: Reference<Article>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if articles[id] == nil {
            articles[id] = .some(
                try version(id).map { row, article throws(SQLiteError) in
                    var caption = Caption(name: article.draft.headline)
                    caption.publicFrom =
                        viewer.isOfNewsroom ? Article.publicFrom(article.draft) : try publicFrom(row, and: .articleCaption)
                    return caption
                })
        }
        captions[id] = articles[id] ?? nil
    }

    mutating func add(_ reference: Reference<Statement>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        if statements[id] == nil {
            statements[id] = .some(
                try version(id).map { row, statement throws(SQLiteError) in
                    var caption = Caption(name: Caption.excerpt(statement.draft.text))
                    caption.standing = statement.draft.status
                    caption.speaker = try speaker(of: statement)
                    caption.publicFrom =
                        viewer.isOfNewsroom ? try publicFrom(statement) : try publicFrom(row, and: .statementCaption)
                    return caption
                })
        }
        captions[id] = statements[id] ?? nil
    }

    /// From when on everybody may see both a version of then and what there is now.
    private func publicFrom(_ row: LogRow, and now: Query<Caption>) throws(SQLiteError) -> Instant? {
        guard let then = row.publicFrom, let now = try moment.database.first(now, { $0.add(row.id) })?.publicFrom else { return nil }
        return max(Instant(milliseconds: then), now)
    }

    private mutating func publicFrom(_ statement: Statement) throws(SQLiteError) -> Instant? {
        var statement = statement
        if let article = statement.draft.article { try add(article, to: &statement.captions) }
        return statement.publicFrom
    }

    private mutating func speaker(of statement: Statement) throws(SQLiteError) -> String? {
        var names = Captions()
        switch statement.draft.speaker {
        case .person(let person):
            try add(person, on: 0, to: &names)
        case .organization(let organization):
            try add(organization, to: &names)
        case .unnamed(let source): return source.description
        case .party, nil: return nil
        }
        return names.all.first?.name
    }

    private func resource<R: StoredResource>(_ id: ID<R>) throws(SQLiteError) -> R? { try version(id)?.resource }

    /// A target as it was; nil where the viewer is not to know what it was called.
    private func version<R: StoredResource>(_ id: ID<R>) throws(SQLiteError) -> (row: LogRow, resource: R)? {
        guard let row = try moment.row(of: id.text), !row.isDeletion else { return nil }
        if viewer == .anonymous {
            guard try moment.couldSee(row, of: R.self), try isKnownNow(id.text) else { return nil }
        }
        let version: LoggedVersion<R>? = try moment.database.first(LoggedVersion<R>.query) {
            $0.add(row.id)
            $0.add(row.version)
        }
        return version?.resource.map { (row, $0) }
    }

    /// Whether it is there, or lives on in another one.
    private func isKnownNow(_ id: String) throws(SQLiteError) -> Bool {
        guard let newest = try moment.database.first(.newestOfID, { $0.add(id) }) else { return false }
        return !newest.isDeletion || newest.mergedInto != nil
    }
}
