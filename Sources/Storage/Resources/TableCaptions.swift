import Newsroom
import SQLite

/// What references are called by the tables as they are: a look-up for each.
struct TableCaptions: CaptionSource {
    private let database: Database
    /// Whether captions name an external id of their target, as an export needs.
    private let namesExternalIDs: Bool

    init(_ database: Database, namesExternalIDs: Bool = false) {
        self.database = database
        self.namesExternalIDs = namesExternalIDs
    }

    func add(_ reference: Reference<Person>, on day: Int, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        var caption: Caption?
        var offices: [Office] = []
        try database.each(.personCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            if caption == nil { caption = Caption(name: row.text(1)) }
            guard !row.isNull(2) else { return }
            offices.append(
                Office(
                    title: row.text(2), from: try row.partialDateOrNil(3, "person_role.from_date"),
                    to: try row.partialDateOrNil(4, "person_role.to_date")))
        }
        caption?.roleAt = Office.held(on: day, among: offices)?.title
        try set(caption, of: id, in: &captions)
    }

    func add(_ reference: Reference<Organization>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        var caption: Caption?
        try database.one(.organizationCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            caption = Caption(name: row.text(1))
        }
        try set(caption, of: id, in: &captions)
    }

    func add(_ reference: Reference<Event>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        var caption: Caption?
        try database.one(.eventCaption) {
            $0.add(id.text)
        } _: { row throws(SQLiteError) in
            caption = Caption(
                name: row.text(1), status: try row.word(2, "event.status") as EventStatus, earliest: try row.earliest(3, zone: 4))
        }
        try set(caption, of: id, in: &captions)
    }

    func add(_ reference: Reference<Article>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        try set(try database.first(.articleCaption) { $0.add(id.text) }, of: id, in: &captions)
    }

    func add(_ reference: Reference<Statement>, to captions: inout Captions) throws(SQLiteError) {
        guard case .id(let id) = reference else { return }
        try set(try database.first(.statementCaption) { $0.add(id.text) }, of: id, in: &captions)
    }

    private func set<R: StoredResource>(_ caption: Caption?, of id: ID<R>, in captions: inout Captions) throws(SQLiteError) {
        guard var caption else { return }
        if namesExternalIDs, let key = try database.first(R.queries.keyByID, { $0.add(id.text) }) {
            caption.externalID = try database.first(R.queries.firstExternalID) { $0.add(key) } ?? nil
        }
        captions[id] = caption
    }
}

extension Caption {
    /// How much of a statement's text a reference to it shows, in characters.
    private static let excerptLength = 280

    /// The beginning of a statement's text.
    static func excerpt(_ text: String) -> String {
        text.utf8.count > excerptLength && text.count > excerptLength ? text.prefix(excerptLength - 1) + "…" : text
    }
}

extension Query<Caption> {
    static let articleCaption = Query("SELECT headline, \(Article.publicFromSQL) FROM article WHERE id = $1") { row throws(SQLiteError) in
        var caption = Caption(name: row.text(0))
        caption.publicFrom = row.instantOrNil(1)
        return caption
    }

    static let statementCaption = Query(
        """
        SELECT statement.text, statement.status, coalesce(statement.described_as, person.name, organization.name),
            \(Article.publicFromSQL)
        FROM statement
        LEFT JOIN person ON person.key = statement.person_key
        LEFT JOIN organization ON organization.key = statement.organization_key
        LEFT JOIN article ON article.key = statement.article_key
        WHERE statement.id = $1
        """
    ) { row throws(SQLiteError) in
        var caption = Caption(name: Caption.excerpt(row.text(0)))
        caption.standing = try row.word(1, "statement.status") as StatementStatus
        caption.speaker = row.textOrNil(2)
        caption.publicFrom = row.instantOrNil(3)
        return caption
    }
}
