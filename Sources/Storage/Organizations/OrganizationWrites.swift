import Newsroom
import SQLite

extension Organization {
    static func resolveReferences(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError) {
        guard var parent = draft.parent else { return }
        try resolver.resolve(&parent, at: "/parent")
        draft.parent = parent
    }

    static func hierarchyFailure(
        of id: ID<Organization>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        try Lineage(.parentOfOrganization, in: database)
            .failure(adding: draft.parent, after: previous?.parent, to: id, at: "/parent", "belong to")
    }

    static func insert(_ organization: Organization, _ keys: ReferenceKeys, into database: Database) throws(SQLiteError) -> Int64 {
        let parent = try organization.parentKey(keys)
        try database.run(.insertOrganization) { values in
            values.add(organization.record.id.text)
            values.add(organization.record.createdAt.milliseconds)
            organization.bind(to: &values, parent)
        }
        let key = database.lastInsertedKey
        try organization.insertAliases(key, database)
        try organization.insertIdentifiers(key, database)
        return key
    }

    static func update(
        _ key: Int64, from old: Organization, to new: Organization, _ keys: ReferenceKeys, in database: Database
    ) throws(SQLiteError) {
        let parent = try new.parentKey(keys)
        try database.run(.updateOrganization) { values in
            new.bind(to: &values, parent)
            values.add(key)
        }
        if !new.draft.aliases.isIdentical(to: old.draft.aliases) {
            try database.run(.deleteOrganizationAliases) { $0.add(key) }
            try new.insertAliases(key, database)
        }
        if !new.draft.identifiers.isIdentical(to: old.draft.identifiers) {
            try database.run(.deleteOrganizationIdentifiers) { $0.add(key) }
            try new.insertIdentifiers(key, database)
        }
    }

    static func users(of key: Int64, in database: Database) throws(SQLiteError) -> (kind: Kind, count: Int)? {
        for (kind, query) in [
            (Kind.article, Query.articlesOfOrganization), (.event, .eventsOfOrganization), (.person, .peopleOfOrganization),
            (.organization, .childrenOfOrganization), (.statement, .statementsOfOrganization),
        ] {
            if let count = try database.first(query, { $0.add(key) }), count > 0 { return (kind, count) }
        }
        return nil
    }

    private func parentKey(_ keys: ReferenceKeys) throws(SQLiteError) -> Int64? {
        guard let parent = draft.parent else { return nil }
        return try keys.key(of: parent)
    }

    /// What INSERT and UPDATE have in common, in the order of their placeholders: from $3 on, or from $1 on.
    private func bind(to values: inout Bindings, _ parent: Int64?) {
        values.add(record.slug.text)
        values.add(record.version)
        values.add(record.updatedAt.milliseconds)
        values.add(draft.name)
        values.add(draft.kind.rawValue)
        values.add(parent)
        values.add(draft.country?.text)
    }

    private func insertAliases(_ key: Int64, _ database: Database) throws(SQLiteError) {
        for (position, alias) in draft.aliases.enumerated() {
            try database.run(.insertOrganizationAlias) { $0.add(alias, key, position) }
        }
    }

    private func insertIdentifiers(_ key: Int64, _ database: Database) throws(SQLiteError) {
        for (scheme, value) in draft.identifiers.all {
            try database.run(.insertOrganizationIdentifier) { values in
                values.add(key)
                values.add(scheme)
                values.add(value)
            }
        }
    }
}

extension SQL {
    fileprivate static let insertOrganization = SQL(
        """
        INSERT INTO organization (id, created_at_ms, slug, version, updated_at_ms, name, kind, parent_key, country)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    fileprivate static let updateOrganization = SQL(
        """
        UPDATE organization
        SET (slug, version, updated_at_ms, name, kind, parent_key, country) = ($1, $2, $3, $4, $5, $6, $7)
        WHERE key = $8
        """)

    fileprivate static let insertOrganizationAlias = SQL(
        """
        INSERT INTO organization_alias (organization_key, position, name, from_date, to_date)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let insertOrganizationIdentifier = SQL(
        """
        INSERT INTO organization_identifier (organization_key, scheme, value)
        VALUES ($1, $2, $3)
        """)

    fileprivate static let deleteOrganizationAliases = SQL("DELETE FROM organization_alias WHERE organization_key = $1")
    fileprivate static let deleteOrganizationIdentifiers = SQL("DELETE FROM organization_identifier WHERE organization_key = $1")
}

extension Query<String> {
    fileprivate static let parentOfOrganization = Query(
        """
        SELECT parent.id
        FROM organization
        CROSS JOIN organization AS parent ON parent.key = organization.parent_key
        WHERE organization.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension Query<Int> {
    fileprivate static let articlesOfOrganization = Query(
        """
        SELECT count(DISTINCT article_key)
        FROM article_organization
        WHERE organization_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let eventsOfOrganization = Query(
        """
        SELECT count(DISTINCT event_key)
        FROM event_participant
        WHERE organization_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let peopleOfOrganization = Query(
        """
        SELECT count(DISTINCT person_key)
        FROM person_role
        WHERE organization_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let childrenOfOrganization = Query(
        """
        SELECT count(*)
        FROM organization
        WHERE parent_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }
}
