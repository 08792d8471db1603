import Newsroom
import SQLite

extension Statement {
    static func resolveReferences(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError) {
        if let speaker = draft.speaker { draft.speaker = try resolver.resolved(speaker, at: "/speaker") }
        for index in draft.chain.indices { draft.chain[index] = try resolver.resolved(draft.chain[index], at: "/chain/\(index)") }
        if var article = draft.article {
            try resolver.resolve(&article, at: "/article")
            draft.article = article
        }
        for index in draft.events.indices { try resolver.resolve(&draft.events[index], at: "/events/\(index)") }
        if var corrects = draft.corrects {
            try resolver.resolve(&corrects, at: "/corrects")
            draft.corrects = corrects
        }
        if var claim = draft.claim {
            try resolver.resolve(&claim.about, at: "/claim/about")
            draft.claim = claim
        }
    }

    static func hierarchyFailure(
        of id: ID<Statement>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        let lineage = Lineage(.correctedByStatement, in: database)
        if let failure = try lineage.failure(adding: draft.corrects, after: previous?.corrects, to: id, at: "/corrects", "correct") {
            return failure
        }
        return try correctionFailure(of: id, draft, after: previous, in: database)
    }

    static func insert(_ statement: Statement, _ keys: ReferenceKeys, into database: Database) throws(SQLiteError) -> Int64 {
        let columns = try StatementColumns(statement, keys, database)
        try database.run(.insertStatement) { values in
            values.add(statement.record.id.text)
            values.add(statement.record.createdAt.milliseconds)
            columns.bind(to: &values)
        }
        let key = database.lastInsertedKey
        try statement.draft.saidAt?.keepZoneRules(in: database)
        try statement.insertChain(key, keys, database)
        try statement.insertEvents(key, keys, database)
        return key
    }

    static func update(
        _ key: Int64, from old: Statement, to new: Statement, _ keys: ReferenceKeys, in database: Database
    ) throws(SQLiteError) {
        let columns = try StatementColumns(new, keys, database)
        try database.run(.updateStatement) { values in
            columns.bind(to: &values)
            values.add(key)
        }
        try new.draft.saidAt?.keepZoneRules(in: database)
        if !new.draft.chain.isIdentical(to: old.draft.chain) {
            try database.run(.deleteStatementChain) { $0.add(key) }
            try new.insertChain(key, keys, database)
        }
        if new.draft.events != old.draft.events {
            try database.run(.deleteStatementEvents) { $0.add(key) }
            try new.insertEvents(key, keys, database)
        }
    }

    static func users(of key: Int64, in database: Database) throws(SQLiteError) -> (kind: Kind, count: Int)? {
        if let count = try database.first(.correctionsOfStatement, { $0.add(key) }), count > 0 { return (.statement, count) }
        if let count = try database.first(.eventsOnStatement, { $0.add(key) }), count > 0 { return (.event, count) }
        if let count = try database.first(.articlesCorrectedByStatement, { $0.add(key) }), count > 0 { return (.article, count) }
        return nil
    }

    private func insertChain(_ key: Int64, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        for (position, entry) in draft.chain.enumerated() {
            let columns = try AttributionKeys(entry, at: record.updatedAt, keys, database)
            try database.run(.insertStatementChain) { values in
                values.add(key)
                values.add(position)
                columns.bind(to: &values)
            }
        }
    }

    private func insertEvents(_ key: Int64, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        for (position, event) in draft.events.enumerated() {
            let eventKey = try keys.key(of: event)
            try database.run(.insertStatementEvent) { values in
                values.add(key)
                values.add(position)
                values.add(eventKey)
            }
        }
    }
}

/// What INSERT and UPDATE have in common, in the order of their placeholders: from $3 on, or from $1 on.
private struct StatementColumns {
    private let statement: Statement
    private let speaker: AttributionKeys
    private let article: Int64?
    private let corrects: Int64?
    private let about: Int64?

    init(_ statement: Statement, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        self.statement = statement
        guard let speaker = statement.draft.speaker else { throw .undecodable("a statement without a speaker") }
        self.speaker = try AttributionKeys(speaker, at: statement.record.updatedAt, keys, database)
        article = try statement.draft.article.map { article throws(SQLiteError) in try keys.key(of: article) }
        corrects = try statement.draft.corrects.map { corrects throws(SQLiteError) in try keys.key(of: corrects) }
        about = try statement.draft.claim.map { claim throws(SQLiteError) in try keys.key(of: claim.about) }
    }

    func bind(to values: inout Bindings) {
        let draft = statement.draft
        values.add(statement.record.version)
        values.add(statement.record.updatedAt.milliseconds)
        speaker.bind(to: &values)
        values.add(draft.hops)
        values.add(draft.manner.rawValue)
        values.add(draft.form.rawValue)
        values.add(draft.status.rawValue)
        values.add(article)
        values.add(corrects)
        values.add(about)
        values.add(draft.claim?.property)
        values.add(draft.claim?.value)
        values.add(draft.saidAt?.edtf.text)
        values.add(draft.saidAt?.first?.milliseconds)
        values.add(draft.saidAt?.last?.milliseconds)
        values.add(draft.saidAt?.precision.rawValue)
        values.add(draft.saidAt.map { $0.confirmed ? 1 as Int64 : 0 })
        values.add(draft.saidAt?.stated)
        values.add(draft.saidAt?.anchor?.text)
        values.add(draft.saidAt?.zone?.text)
        values.add(draft.anchor?.exact)
        values.add(draft.anchor?.prefix)
        values.add(draft.anchor?.suffix)
        values.add(draft.text)
    }
}

extension SQL {
    fileprivate static let insertStatement = SQL(
        """
        INSERT INTO statement (
            id, created_at_ms, version, updated_at_ms, person_key, organization_key, source_key, described_as, source_organization_key,
            hops, manner, form, status, article_key, corrects_key, claim_about_key, claim_property, claim_value,
            edtf, earliest_ms, latest_ms, precision, confirmed, stated, anchor, zone, anchor_exact, anchor_prefix, anchor_suffix, text
        )
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
            $27, $28, $29, $30
        )
        """)

    fileprivate static let updateStatement = SQL(
        """
        UPDATE statement
        SET (
            version, updated_at_ms, person_key, organization_key, source_key, described_as, source_organization_key,
            hops, manner, form, status, article_key, corrects_key, claim_about_key, claim_property, claim_value,
            edtf, earliest_ms, latest_ms, precision, confirmed, stated, anchor, zone, anchor_exact, anchor_prefix, anchor_suffix, text
        ) = (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
            $27, $28
        )
        WHERE key = $29
        """)

    fileprivate static let insertStatementChain = SQL(
        """
        INSERT INTO statement_chain (
            statement_key, position, person_key, organization_key, source_key, described_as, source_organization_key
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    fileprivate static let insertStatementEvent = SQL(
        """
        INSERT INTO statement_event (statement_key, position, event_key)
        VALUES ($1, $2, $3)
        """)

    fileprivate static let deleteStatementChain = SQL("DELETE FROM statement_chain WHERE statement_key = $1")
    fileprivate static let deleteStatementEvents = SQL("DELETE FROM statement_event WHERE statement_key = $1")
}

extension Query<String> {
    fileprivate static let correctedByStatement = Query(
        """
        SELECT corrected.id
        FROM statement
        CROSS JOIN statement AS corrected ON corrected.key = statement.corrects_key
        WHERE statement.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension Query<Int> {
    /// Articles whose corrections name it: they do so by its id.
    fileprivate static let articlesCorrectedByStatement = Query(
        """
        SELECT count(DISTINCT article_correction.article_key)
        FROM statement
        CROSS JOIN article_correction ON article_correction.statement = statement.id
        WHERE statement.key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    static let correctionsOfStatement = Query(
        """
        SELECT count(*)
        FROM statement
        WHERE corrects_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    fileprivate static let eventsOnStatement = Query(
        """
        SELECT count(*)
        FROM (
            SELECT event_key FROM event_cause_basis WHERE statement_key = $1
            UNION
            SELECT event_key FROM event_transition_basis WHERE statement_key = $1
        )
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }
}
