import Newsroom
import SQLite

extension Article: StoredResource {
    static let table = "article"
    static let source = "article"
    static let queries = ResourceQueries<Article>()
    static let columnCount: Int32 = 25

    static func columns(isWhole: Bool) -> String { isWhole ? wholeColumns : listedColumns }

    /// The body comes last: without it the row's overflow pages stay unread.
    private static let listedColumns = """
        article.key, article.id, article.slug, article.version, article.created_at_ms, article.updated_at_ms,
            article.type, article.status, article.embargoed_until_ms, article.published_at_ms, article.first_published_at_ms,
            article.urgency, article.language, article.section, article.source, article.byline, article.dateline,
            article.headline, article.subheadline, article.summary, article.canonical_url, article.usage_terms,
            article.word_count, article.body_format, ''
        """

    private static let wholeColumns = String(listedColumns.dropLast(2)) + "article.body"

    static func decode(_ row: borrowing Row) throws(SQLiteError) -> Stored<Article> {
        var draft = Draft()
        let record = try row.record(Article.self)
        draft.slug = record.slug
        draft.type = try row.word(6, "article.type")
        let status: ArticleStatus = try row.word(7, "article.status")
        draft.status = status
        draft.embargoedUntil = row.instantOrNil(8)
        draft.publishedAt = row.instantOrNil(9)
        draft.firstPublishedAt = row.instantOrNil(10)
        draft.urgency = row.integerOrNil(11).flatMap { Urgency(Int($0)) }
        draft.language = try row.valueOrNil(12, "article.language", LanguageTag.remembered)
        draft.section = row.textOrNil(13)
        draft.source = row.textOrNil(14)
        draft.byline = row.textOrNil(15)
        draft.dateline = row.textOrNil(16)
        draft.headline = row.text(17)
        draft.subheadline = row.textOrNil(18)
        draft.summary = row.textOrNil(19)
        draft.canonicalURL = try row.valueOrNil(20, "article.canonical_url", WebURL.init)
        draft.usageTerms = row.textOrNil(21)
        draft.bodyFormat = try row.word(23, "article.body_format")
        draft.body = row.text(24)
        let article = Article(record: record, draft: draft, captions: Captions(), wordCount: Int(row.integer(22)))
        return Stored(key: row.integer(0), resource: article)
    }

    static func addParts(
        to stored: inout Stored<Article>, from database: Database, namesExternalIDs: Bool
    ) throws(SQLiteError) {
        let draft = stored.resource.draft
        let day = officeDay(
            publishedAt: draft.publishedAt, firstPublishedAt: draft.firstPublishedAt, updatedAt: stored.resource.record.updatedAt)
        var parts = ArticleParts(captions: CaptionsUnderWay(day: day))
        let key = stored.key
        try database.each(.articleParts) { values in
            values.add(key)
            values.add(day)
        } _: { row throws(SQLiteError) in
            try parts.add(row)
        }
        if namesExternalIDs { try parts.captions.addExternalIDs(from: database) }
        parts.move(into: &stored.resource)
    }
}

/// The parts of one article as they are read.
private struct ArticleParts {
    var captions: CaptionsUnderWay
    private var externalIDs: [ExternalID] = []
    private var tags: [String] = []
    private var places: [String] = []
    private var authors: [RoleReference<Person>] = []
    private var people: [RoleReference<Person>] = []
    private var organizations: [RoleReference<Organization>] = []
    private var events: [RoleReference<Event>] = []
    private var corrections: [Correction] = []

    init(captions: CaptionsUnderWay) {
        self.captions = captions
    }

    /// The first column says from which arm of `articleParts` the row is.
    mutating func add(_ row: borrowing Row) throws(SQLiteError) {
        switch row.integer(0) {
        case 0:
            guard let id = ExternalID(source: row.text(1), value: row.text(2)) else { throw .undecodable("article_external_id.value") }
            externalIDs.append(id)
        case 1: tags.append(row.text(1))
        case 2: places.append(row.text(1))
        case 3: authors.append(RoleReference(target: .id(try captions.addPerson(row)), role: row.textOrNil(3)))
        case 4: people.append(RoleReference(target: .id(try captions.addPerson(row)), role: row.textOrNil(3)))
        case 5: organizations.append(RoleReference(target: .id(try captions.addOrganization(row)), role: row.textOrNil(3)))
        case 6: events.append(RoleReference(target: .id(try captions.addEvent(row)), role: row.textOrNil(3)))
        case 9: corrections.append(try row.correction(from: 1))
        default: try captions.addOffice(row)
        }
    }

    consuming func move(into article: inout Article) {
        article.draft.externalIDs = ExternalIDs(externalIDs)
        article.draft.tags = tags
        article.draft.places = places
        article.draft.authors = authors
        article.draft.people = people
        article.draft.organizations = organizations
        article.draft.events = events
        article.draft.corrections = corrections
        article.captions = captions.finished
    }
}

extension SQL {
    /// All parts in one statement: eight statements would cost twice as much. The arms keep the order of their primary keys, which
    /// is that of the positions; CROSS JOIN keeps the planner from turning them round.
    fileprivate static let articleParts = SQL(
        """
        SELECT 0, source, value, NULL, NULL, NULL, NULL, NULL
        FROM article_external_id
        WHERE article_key = $1
        UNION ALL
        SELECT 1, tag, NULL, NULL, NULL, NULL, NULL, NULL
        FROM article_tag
        WHERE article_key = $1
        UNION ALL
        SELECT 2, place, NULL, NULL, NULL, NULL, NULL, NULL
        FROM article_place
        WHERE article_key = $1
        UNION ALL
        SELECT 3, person.id, person.name, article_author.role, person.key, NULL, NULL, NULL
        FROM article_author
        CROSS JOIN person ON person.key = article_author.person_key
        WHERE article_author.article_key = $1
        UNION ALL
        SELECT 4, person.id, person.name, article_person.role, person.key, NULL, NULL, NULL
        FROM article_person
        CROSS JOIN person ON person.key = article_person.person_key
        WHERE article_person.article_key = $1
        UNION ALL
        SELECT 5, organization.id, organization.name, article_organization.role, organization.key, NULL, NULL, NULL
        FROM article_organization
        CROSS JOIN organization ON organization.key = article_organization.organization_key
        WHERE article_organization.article_key = $1
        UNION ALL
        SELECT 6, event.id, event.title, article_event.role, event.key, event.status, event.edtf, event.zone
        FROM article_event
        CROSS JOIN event ON event.key = article_event.event_key
        WHERE article_event.article_key = $1
        UNION ALL
        SELECT 7, title, from_date, to_date, person_role.person_key, NULL, NULL, NULL
        FROM article_author
        CROSS JOIN person_role ON person_role.person_key = article_author.person_key
        WHERE article_author.article_key = $1
            AND (first_day IS NULL OR first_day <= $2) AND (last_day IS NULL OR last_day >= $2)
        UNION ALL
        SELECT 8, title, from_date, to_date, person_role.person_key, NULL, NULL, NULL
        FROM article_person
        CROSS JOIN person_role ON person_role.person_key = article_person.person_key
        WHERE article_person.article_key = $1
            AND (first_day IS NULL OR first_day <= $2) AND (last_day IS NULL OR last_day >= $2)
        UNION ALL
        SELECT 9, kind, text, issued_at_ms, statement, NULL, NULL, NULL
        FROM article_correction
        WHERE article_key = $1
        """)
}
