import Newsroom
import SQLite

extension Statement: StoredResource {
    static let table = "statement"
    static let source = "statement"
    static let queries = ResourceQueries<Statement>()
    static let columnCount: Int32 = 28
    /// The log does not say who may see it: that hangs on the article.
    static let hasOwnPublication = false

    static func columns(isWhole: Bool) -> String {
        """
        statement.key, statement.id, \(slug(of: "statement.id")), statement.version, statement.created_at_ms, statement.updated_at_ms,
            \(AttributionColumns.of("statement")),
            statement.manner, statement.form, statement.status,
            (SELECT id FROM article WHERE key = statement.article_key),
            (SELECT corrected.id FROM statement AS corrected WHERE corrected.key = statement.corrects_key),
            (SELECT id FROM event WHERE key = statement.claim_about_key), statement.claim_property, statement.claim_value,
            statement.edtf, statement.confirmed, statement.stated, statement.anchor, statement.zone,
            statement.anchor_exact, statement.anchor_prefix, statement.anchor_suffix, statement.text
        """
    }

    static func decode(_ row: borrowing Row) throws(SQLiteError) -> Stored<Statement> {
        var draft = Draft()
        let record = try row.record(Statement.self)
        draft.slug = record.slug
        draft.speaker = try row.attribution(from: 6)
        draft.manner = try row.word(11, "statement.manner")
        draft.form = try row.word(12, "statement.form")
        draft.status = try row.word(13, "statement.status")
        draft.article = try row.referenceOrNil(14, "article.id")
        draft.corrects = try row.referenceOrNil(15, "statement.id")
        if !row.isNull(16) {
            draft.claim = Claim(about: .id(try row.id(16, "event.id")), property: row.text(17), value: row.text(18))
        }
        draft.saidAt = try row.window(from: 19, of: "statement")
        if let exact = row.textOrNil(24) { draft.anchor = QuoteAnchor(exact: exact, prefix: row.textOrNil(25), suffix: row.textOrNil(26)) }
        draft.text = row.text(27)
        return Stored(key: row.integer(0), resource: Statement(record: record, draft: draft, captions: Captions()))
    }

    static func addParts(
        to stored: inout Stored<Statement>, from database: Database, namesExternalIDs: Bool
    ) throws(SQLiteError) {
        var externalIDs: [ExternalID] = []
        let key = stored.key
        var draft = stored.resource.draft
        try database.each(.statementParts) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            switch row.integer(0) {
            case 0:
                guard let id = ExternalID(source: row.text(1), value: row.text(2)) else {
                    throw .undecodable("statement_external_id.value")
                }
                externalIDs.append(id)
            case 1: draft.chain.append(try row.attribution(from: 1))
            default: draft.events.append(.id(try row.id(1, "event.id")))
            }
        }
        draft.externalIDs = ExternalIDs(externalIDs)
        stored.resource.draft = draft
        var captions = TableCaptions(database, namesExternalIDs: namesExternalIDs)
        stored.resource = try stored.resource.captioned(by: &captions)
    }
}

/// The five columns that say who speaks, or through whom it came.
enum AttributionColumns {
    static func of(_ table: String) -> String {
        """
        (SELECT id FROM person WHERE key = \(table).person_key), (SELECT id FROM organization WHERE key = \(table).organization_key),
            (SELECT id FROM unnamed_source WHERE key = \(table).source_key), \(table).described_as,
            (SELECT id FROM organization WHERE key = \(table).source_organization_key)
        """
    }
}

extension Row {
    /// From `AttributionColumns`.
    borrowing func attribution(from first: Int32) throws(SQLiteError) -> Attribution {
        if !isNull(first) { return .person(.id(try id(first, "person.id"))) }
        if !isNull(first + 1) { return .organization(.id(try id(first + 1, "organization.id"))) }
        guard let source = try valueOrNil(first + 2, "unnamed_source.id", SourceID.init) else { throw .undecodable("statement.source_key") }
        return .unnamed(
            UnnamedSource(
                id: source, description: textOrNil(first + 3), organization: try referenceOrNil(first + 4, "organization.id")))
    }

    borrowing func referenceOrNil<R: Resource>(
        _ column: Int32, _ name: @autoclosure () -> String
    ) throws(SQLiteError) -> Reference<R>? {
        guard !isNull(column) else { return nil }
        return .id(try id(column, name()))
    }
}

extension SQL {
    /// All parts in one statement; the arms keep the order of their primary keys.
    fileprivate static let statementParts = SQL(
        """
        SELECT 0, source, value, NULL, NULL, NULL
        FROM statement_external_id
        WHERE statement_key = $1
        UNION ALL
        SELECT 1, \(AttributionColumns.of("statement_chain"))
        FROM statement_chain
        WHERE statement_key = $1
        UNION ALL
        SELECT 2, event.id, NULL, NULL, NULL, NULL
        FROM statement_event
        CROSS JOIN event ON event.key = statement_event.event_key
        WHERE statement_event.statement_key = $1
        """)
}
