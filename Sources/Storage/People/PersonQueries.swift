import Newsroom
import SQLite

extension Person: StoredResource {
    static let table = "person"
    static let source = "person"
    static let queries = ResourceQueries<Person>()
    static let columnCount: Int32 = 10

    static func columns(isWhole: Bool) -> String {
        """
        person.key, person.id, person.slug, person.version, person.created_at_ms, person.updated_at_ms,
            person.name, person.sort_name, person.born, person.description
        """
    }

    static func decode(_ row: borrowing Row) throws(SQLiteError) -> Stored<Person> {
        var draft = Draft()
        let record = try row.record(Person.self)
        draft.slug = record.slug
        draft.name = row.text(6)
        draft.sortName = row.text(7)
        draft.born = try row.partialDateOrNil(8, "person.born")
        draft.description = row.textOrNil(9)
        return Stored(key: row.integer(0), resource: Person(record: record, draft: draft, captions: Captions()))
    }

    static func addParts(
        to stored: inout Stored<Person>, from database: Database, namesExternalIDs: Bool
    ) throws(SQLiteError) {
        var captions = CaptionsUnderWay(day: 0)
        var externalIDs: [ExternalID] = []
        let key = stored.key
        var draft = stored.resource.draft
        try database.each(.personParts) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            switch row.integer(0) {
            case 0:
                guard let id = ExternalID(source: row.text(1), value: row.text(2)) else { throw .undecodable("person_external_id.value") }
                externalIDs.append(id)
            case 1: draft.aliases.append(try row.alias("person_alias"))
            case 2: draft.identifiers[row.text(1)] = row.text(2)
            case 3:
                guard let url = WebURL(row.text(1)) else { throw .undecodable("person_link.url") }
                draft.links.append(Link(url: url, title: row.textOrNil(2)))
            default: draft.roles.append(try row.role(&captions))
            }
        }
        draft.externalIDs = ExternalIDs(externalIDs)
        if namesExternalIDs { try captions.addExternalIDs(from: database) }
        stored.resource.draft = draft
        stored.resource.captions = captions.finished
    }
}

extension Row {
    /// From (arm, name, from, to).
    borrowing func alias(_ table: String) throws(SQLiteError) -> Alias {
        Alias(
            name: text(1), from: try partialDateOrNil(2, table + ".from_date"), to: try partialDateOrNil(3, table + ".to_date"))
    }

    /// From (arm, the organization's id and name, -, its key, title, from, to).
    fileprivate borrowing func role(_ captions: inout CaptionsUnderWay) throws(SQLiteError) -> Person.Role {
        var organization: Reference<Organization>?
        if !isNull(1) { organization = .id(try captions.addOrganization(self)) }
        return Person.Role(
            title: text(5), organization: organization, from: try partialDateOrNil(6, "person_role.from_date"),
            to: try partialDateOrNil(7, "person_role.to_date"))
    }
}

extension SQL {
    /// All parts in one statement; the arms keep the order of their primary keys.
    fileprivate static let personParts = SQL(
        """
        SELECT 0, source, value, NULL, NULL, NULL, NULL, NULL
        FROM person_external_id
        WHERE person_key = $1
        UNION ALL
        SELECT 1, name, from_date, to_date, NULL, NULL, NULL, NULL
        FROM person_alias
        WHERE person_key = $1
        UNION ALL
        SELECT 2, scheme, value, NULL, NULL, NULL, NULL, NULL
        FROM person_identifier
        WHERE person_key = $1
        UNION ALL
        SELECT 3, url, title, NULL, NULL, NULL, NULL, NULL
        FROM person_link
        WHERE person_key = $1
        UNION ALL
        SELECT 4, organization.id, organization.name, NULL, organization.key, title, from_date, to_date
        FROM person_role
        LEFT JOIN organization ON organization.key = person_role.organization_key
        WHERE person_role.person_key = $1
        """)
}
