import Newsroom
import SQLite

extension Organization: StoredResource {
    static let table = "organization"
    static let queries = ResourceQueries<Organization>()
    static let columnCount: Int32 = 12

    static let source = """
        organization
        LEFT JOIN organization AS parent ON parent.key = organization.parent_key
        """

    static func columns(isWhole: Bool) -> String {
        """
        organization.key, organization.id, organization.slug, organization.version,
            organization.created_at_ms, organization.updated_at_ms,
            organization.name, organization.kind, organization.country, parent.key, parent.id, parent.name
        """
    }

    static func decode(_ row: borrowing Row) throws(SQLiteError) -> Stored<Organization> {
        var draft = Draft()
        var captions = Captions()
        let record = try row.record(Organization.self)
        draft.slug = record.slug
        draft.name = row.text(6)
        draft.kind = try row.word(7, "organization.kind")
        draft.country = try row.valueOrNil(8, "organization.country", CountryCode.init)
        if !row.isNull(9) {
            let parent: ID<Organization> = try row.id(10, "organization.id")
            draft.parent = .id(parent)
            captions[parent] = Caption(name: row.text(11))
        }
        return Stored(key: row.integer(0), resource: Organization(record: record, draft: draft, captions: captions))
    }

    static func addParts(
        to stored: inout Stored<Organization>, from database: Database, namesExternalIDs: Bool
    ) throws(SQLiteError) {
        var externalIDs: [ExternalID] = []
        let key = stored.key
        var draft = stored.resource.draft
        try database.each(.organizationParts) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            switch row.integer(0) {
            case 0:
                guard let id = ExternalID(source: row.text(1), value: row.text(2)) else {
                    throw .undecodable("organization_external_id.value")
                }
                externalIDs.append(id)
            case 1: draft.aliases.append(try row.alias("organization_alias"))
            default: draft.identifiers[row.text(1)] = row.text(2)
            }
        }
        draft.externalIDs = ExternalIDs(externalIDs)
        stored.resource.draft = draft
        if namesExternalIDs, case .id(let parent)? = draft.parent,
            let parentKey = try database.first(queries.keyByID, { $0.add(parent.text) })
        {
            stored.resource.captions[parent]?.externalID = try database.first(queries.firstExternalID) { $0.add(parentKey) } ?? nil
        }
    }
}

extension SQL {
    /// All parts in one statement; the arms keep the order of their primary keys.
    fileprivate static let organizationParts = SQL(
        """
        SELECT 0, source, value, NULL
        FROM organization_external_id
        WHERE organization_key = $1
        UNION ALL
        SELECT 1, name, from_date, to_date
        FROM organization_alias
        WHERE organization_key = $1
        UNION ALL
        SELECT 2, scheme, value, NULL
        FROM organization_identifier
        WHERE organization_key = $1
        """)
}
