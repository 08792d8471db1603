import Newsroom
import SQLite

extension Person {
    static func resolveReferences(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError) {
        for index in draft.roles.indices {
            guard var organization = draft.roles[index].organization else { continue }
            try resolver.resolve(&organization, at: "/roles/\(index)/organization")
            draft.roles[index].organization = organization
        }
    }

    static func insert(_ person: Person, _ keys: ReferenceKeys, into database: Database) throws(SQLiteError) -> Int64 {
        try database.run(.insertPerson) { values in
            values.add(person.record.id.text)
            values.add(person.record.createdAt.milliseconds)
            person.bind(to: &values)
        }
        let key = database.lastInsertedKey
        try person.insertAliases(key, database)
        try person.insertRoles(key, keys, database)
        try person.insertIdentifiers(key, database)
        try person.insertLinks(key, database)
        return key
    }

    static func update(
        _ key: Int64, from old: Person, to new: Person, _ keys: ReferenceKeys, in database: Database
    ) throws(SQLiteError) {
        try database.run(.updatePerson) { values in
            new.bind(to: &values)
            values.add(key)
        }
        if !new.draft.aliases.isIdentical(to: old.draft.aliases) {
            try database.run(.deletePersonAliases) { $0.add(key) }
            try new.insertAliases(key, database)
        }
        if !new.draft.roles.isIdentical(to: old.draft.roles) {
            try database.run(.deletePersonRoles) { $0.add(key) }
            try new.insertRoles(key, keys, database)
        }
        if !new.draft.identifiers.isIdentical(to: old.draft.identifiers) {
            try database.run(.deletePersonIdentifiers) { $0.add(key) }
            try new.insertIdentifiers(key, database)
        }
        if !new.draft.links.isIdentical(to: old.draft.links) {
            try database.run(.deletePersonLinks) { $0.add(key) }
            try new.insertLinks(key, database)
        }
    }

    static func users(of key: Int64, in database: Database) throws(SQLiteError) -> (kind: Kind, count: Int)? {
        if let count = try database.first(.articlesOfPerson, { $0.add(key) }), count > 0 { return (.article, count) }
        if let count = try database.first(.eventsOfPerson, { $0.add(key) }), count > 0 { return (.event, count) }
        if let count = try database.first(.statementsOfPerson, { $0.add(key) }), count > 0 { return (.statement, count) }
        return nil
    }

    /// What INSERT and UPDATE have in common, in the order of their placeholders: from $3 on, or from $1 on.
    private func bind(to values: inout Bindings) {
        values.add(record.slug.text)
        values.add(record.version)
        values.add(record.updatedAt.milliseconds)
        values.add(draft.name)
        values.add(draft.sortName ?? draft.name)
        values.add(draft.born?.text)
        values.add(draft.description)
    }

    private func insertAliases(_ key: Int64, _ database: Database) throws(SQLiteError) {
        for (position, alias) in draft.aliases.enumerated() {
            try database.run(.insertPersonAlias) { $0.add(alias, key, position) }
        }
    }

    private func insertRoles(_ key: Int64, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        for (position, role) in draft.roles.enumerated() {
            var organization: Int64?
            if let reference = role.organization { organization = try keys.key(of: reference) }
            try database.run(.insertPersonRole) { values in
                values.add(key)
                values.add(position)
                values.add(role.title)
                values.add(organization)
                values.add(role.from?.text)
                values.add(role.to?.text)
                values.add(role.from.map { Int64($0.earliestDay) })
                values.add(role.to.map { Int64($0.latestDay) })
                values.add(role.title.folded)
            }
        }
    }

    private func insertIdentifiers(_ key: Int64, _ database: Database) throws(SQLiteError) {
        for (scheme, value) in draft.identifiers.all {
            try database.run(.insertPersonIdentifier) { values in
                values.add(key)
                values.add(scheme)
                values.add(value)
            }
        }
    }

    private func insertLinks(_ key: Int64, _ database: Database) throws(SQLiteError) {
        for (position, link) in draft.links.enumerated() {
            try database.run(.insertPersonLink) { values in
                values.add(key)
                values.add(position)
                values.add(link.url.text)
                values.add(link.title)
            }
        }
    }
}

extension Bindings {
    mutating func add(_ alias: Alias, _ key: Int64, _ position: Int) {
        add(key)
        add(position)
        add(alias.name)
        add(alias.from?.text)
        add(alias.to?.text)
    }
}

extension SQL {
    fileprivate static let insertPerson = SQL(
        """
        INSERT INTO person (id, created_at_ms, slug, version, updated_at_ms, name, sort_name, born, description)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    fileprivate static let updatePerson = SQL(
        """
        UPDATE person
        SET (slug, version, updated_at_ms, name, sort_name, born, description) = ($1, $2, $3, $4, $5, $6, $7)
        WHERE key = $8
        """)

    fileprivate static let insertPersonAlias = SQL(
        """
        INSERT INTO person_alias (person_key, position, name, from_date, to_date)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let insertPersonRole = SQL(
        """
        INSERT INTO person_role (
            person_key, position, title, organization_key, from_date, to_date, first_day, last_day, folded_title
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    fileprivate static let insertPersonIdentifier = SQL(
        """
        INSERT INTO person_identifier (person_key, scheme, value)
        VALUES ($1, $2, $3)
        """)

    fileprivate static let insertPersonLink = SQL(
        """
        INSERT INTO person_link (person_key, position, url, title)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let deletePersonAliases = SQL("DELETE FROM person_alias WHERE person_key = $1")
    fileprivate static let deletePersonRoles = SQL("DELETE FROM person_role WHERE person_key = $1")
    fileprivate static let deletePersonIdentifiers = SQL("DELETE FROM person_identifier WHERE person_key = $1")
    fileprivate static let deletePersonLinks = SQL("DELETE FROM person_link WHERE person_key = $1")
}

extension Query<Int> {
    fileprivate static let articlesOfPerson = Query(
        """
        SELECT count(*)
        FROM (
            SELECT article_key FROM article_author WHERE person_key = $1
            UNION
            SELECT article_key FROM article_person WHERE person_key = $1
        )
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let eventsOfPerson = Query(
        """
        SELECT count(DISTINCT event_key)
        FROM event_participant
        WHERE person_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }
}
