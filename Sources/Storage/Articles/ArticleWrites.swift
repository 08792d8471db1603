import Newsroom
import SQLite

extension Article {
    static func resolveReferences(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError) {
        try resolver.resolve(&draft.authors, at: "/authors")
        try resolver.resolve(&draft.people, at: "/people")
        try resolver.resolve(&draft.organizations, at: "/organizations")
        try resolver.resolve(&draft.events, at: "/events")
    }

    static func insert(_ article: Article, _ keys: ReferenceKeys, into database: Database) throws(SQLiteError) -> Int64 {
        try database.run(.insertArticle) { values in
            values.add(article.record.id.text)
            values.add(article.record.createdAt.milliseconds)
            article.bind(to: &values)
        }
        let key = database.lastInsertedKey
        try article.insertTexts(article.draft.tags, .insertArticleTag, key, database)
        try article.insertTexts(article.draft.places, .insertArticlePlace, key, database)
        try article.insertReferences(article.draft.authors, .insertArticleAuthor, key, keys, database)
        try article.insertReferences(article.draft.people, .insertArticlePerson, key, keys, database)
        try article.insertReferences(article.draft.organizations, .insertArticleOrganization, key, keys, database)
        try article.insertReferences(article.draft.events, .insertArticleEvent, key, keys, database)
        try article.insertCorrections(after: nil, key, database)
        return key
    }

    static func update(
        _ key: Int64, from old: Article, to new: Article, _ keys: ReferenceKeys, in database: Database
    ) throws(SQLiteError) {
        try database.run(.updateArticle) { values in
            new.bind(to: &values)
            values.add(key)
        }
        if !new.draft.tags.isIdentical(to: old.draft.tags) {
            try database.run(.deleteArticleTags) { $0.add(key) }
            try new.insertTexts(new.draft.tags, .insertArticleTag, key, database)
        }
        if !new.draft.places.isIdentical(to: old.draft.places) {
            try database.run(.deleteArticlePlaces) { $0.add(key) }
            try new.insertTexts(new.draft.places, .insertArticlePlace, key, database)
        }
        if !new.draft.authors.isIdentical(to: old.draft.authors) {
            try database.run(.deleteArticleAuthors) { $0.add(key) }
            try new.insertReferences(new.draft.authors, .insertArticleAuthor, key, keys, database)
        }
        if !new.draft.people.isIdentical(to: old.draft.people) {
            try database.run(.deleteArticlePeople) { $0.add(key) }
            try new.insertReferences(new.draft.people, .insertArticlePerson, key, keys, database)
        }
        if !new.draft.organizations.isIdentical(to: old.draft.organizations) {
            try database.run(.deleteArticleOrganizations) { $0.add(key) }
            try new.insertReferences(new.draft.organizations, .insertArticleOrganization, key, keys, database)
        }
        if !new.draft.events.isIdentical(to: old.draft.events) {
            try database.run(.deleteArticleEvents) { $0.add(key) }
            try new.insertReferences(new.draft.events, .insertArticleEvent, key, keys, database)
        }
        try new.insertCorrections(after: old, key, database)
    }

    static func users(of key: Int64, in database: Database) throws(SQLiteError) -> (kind: Kind, count: Int)? {
        if let count = try database.first(.statementsOfArticle, { $0.add(key) }), count > 0 { return (.statement, count) }
        return nil
    }

    /// What INSERT and UPDATE have in common, in the order of their placeholders: from $3 on, or from $1 on.
    private func bind(to values: inout Bindings) {
        values.add(record.slug.text)
        values.add(record.version)
        values.add(record.updatedAt.milliseconds)
        values.add(draft.type.rawValue)
        values.add((draft.status ?? .draft).rawValue)
        values.add(draft.embargoedUntil?.milliseconds)
        values.add(draft.publishedAt?.milliseconds)
        values.add(draft.firstPublishedAt?.milliseconds)
        values.add(draft.urgency.map { Int64($0.value) })
        values.add(draft.language?.text)
        values.add(draft.section)
        values.add(draft.source)
        values.add(draft.byline)
        values.add(draft.dateline)
        values.add(draft.headline)
        values.add(draft.subheadline)
        values.add(draft.summary)
        values.add(draft.canonicalURL?.text)
        values.add(draft.usageTerms)
        values.add(wordCount)
        values.add(draft.bodyFormat.rawValue)
        values.add(draft.body)
    }

    private func insertTexts(_ texts: [String], _ sql: SQL, _ key: Int64, _ database: Database) throws(SQLiteError) {
        for (position, text) in texts.enumerated() {
            try database.run(sql) { values in
                values.add(key)
                values.add(position)
                values.add(text)
                values.add(draft.publishedAt?.milliseconds)
            }
        }
    }

    private func insertReferences<R: Resource>(
        _ references: [RoleReference<R>], _ sql: SQL, _ key: Int64, _ keys: ReferenceKeys, _ database: Database
    ) throws(SQLiteError) {
        for (position, reference) in references.enumerated() {
            let target = try keys.key(of: reference.target)
            try database.run(sql) { values in
                values.add(key)
                values.add(position)
                values.add(target)
                values.add(reference.role)
                values.add(draft.publishedAt?.milliseconds)
            }
        }
    }
}

extension SQL {
    fileprivate static let insertArticle = SQL(
        """
        INSERT INTO article (
            id, created_at_ms, slug, version, updated_at_ms, type, status, embargoed_until_ms, published_at_ms, first_published_at_ms,
            urgency, language, section, source, byline, dateline, headline, subheadline, summary, canonical_url, usage_terms,
            word_count, body_format, body
        )
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24
        )
        """)

    fileprivate static let updateArticle = SQL(
        """
        UPDATE article
        SET (
            slug, version, updated_at_ms, type, status, embargoed_until_ms, published_at_ms, first_published_at_ms,
            urgency, language, section, source, byline, dateline, headline, subheadline, summary, canonical_url, usage_terms,
            word_count, body_format, body
        ) = (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22
        )
        WHERE key = $23
        """)

    fileprivate static let insertArticleTag = SQL(
        """
        INSERT INTO article_tag (article_key, position, tag, published_at_ms)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let insertArticlePlace = SQL(
        """
        INSERT INTO article_place (article_key, position, place, published_at_ms)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let insertArticleAuthor = SQL(
        """
        INSERT INTO article_author (article_key, position, person_key, role, published_at_ms)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let insertArticlePerson = SQL(
        """
        INSERT INTO article_person (article_key, position, person_key, role, published_at_ms)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let insertArticleOrganization = SQL(
        """
        INSERT INTO article_organization (article_key, position, organization_key, role, published_at_ms)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let insertArticleEvent = SQL(
        """
        INSERT INTO article_event (article_key, position, event_key, role, published_at_ms)
        VALUES ($1, $2, $3, $4, $5)
        """)

    fileprivate static let deleteArticleTags = SQL("DELETE FROM article_tag WHERE article_key = $1")
    fileprivate static let deleteArticlePlaces = SQL("DELETE FROM article_place WHERE article_key = $1")
    fileprivate static let deleteArticleAuthors = SQL("DELETE FROM article_author WHERE article_key = $1")
    fileprivate static let deleteArticlePeople = SQL("DELETE FROM article_person WHERE article_key = $1")
    fileprivate static let deleteArticleOrganizations = SQL("DELETE FROM article_organization WHERE article_key = $1")
    fileprivate static let deleteArticleEvents = SQL("DELETE FROM article_event WHERE article_key = $1")
}
