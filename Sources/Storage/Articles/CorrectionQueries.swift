package import Newsroom
import SQLite

extension Row {
    /// From (kind, text, issued_at_ms, statement).
    borrowing func correction(from first: Int32) throws(SQLiteError) -> Correction {
        Correction(
            try word(first, "article_correction.kind"), text(first + 1), issuedAt: instant(first + 2),
            statement: textOrNil(first + 3))
    }
}

/// A page of corrections as a statement: a walk along the index of what it asks for, the newest first.
struct CorrectionPlan: Sendable {
    let statement: ListStatement
    private let limit: Int

    /// - Parameter article: the key of the one that they are of; nil: of all.
    /// - Throws: `invalidQuery` for what names no article.
    init(_ query: CorrectionQuery, of article: Int64?, for viewer: Viewer, at now: Instant) throws(StoreError) {
        limit = query.limit
        var sql = SQLText()
        if let article { sql.require("article_correction.article_key = \(sql.bind(.integer(article)))") }
        if let name = query.article {
            let named = FilterCondition(comparison: .equal, values: [name])
            guard let condition = named.reference("article_correction.article_key", to: .article, in: &sql) else {
                throw .invalidQuery(member: "article", message: "must name an article")
            }
            sql.require(condition)
        }
        // One index leads, and what else is asked is looked at row by row.
        let isOfOne = article != nil || query.article != nil
        let isKindFirst = !isOfOne && query.section == nil && query.kinds.count == 1
        if let section = query.section {
            sql.require("\(isOfOne ? "+" : "")article_correction.section = \(sql.bind(.text(section)))")
        }
        if !query.kinds.isEmpty {
            let kinds = query.kinds.map { sql.bind(.text($0.rawValue)) }.joined(separator: ", ")
            sql.require("\(isKindFirst ? "" : "+")article_correction.kind \(query.kinds.count == 1 ? "= \(kinds)" : "IN (\(kinds))")")
        }
        let issuedAt = "\(isOfOne ? "+" : "")article_correction.issued_at_ms"
        if let from = query.from { sql.require("\(issuedAt) >= \(sql.bind(.integer(from.milliseconds)))") }
        if let to = query.to { sql.require("\(issuedAt) <= \(sql.bind(.integer(to.milliseconds)))") }
        if let after = query.after {
            let place = "(\(sql.bind(.integer(after.issuedAt.milliseconds))), \(sql.bind(.integer(after.key))))"
            sql.require("(\(issuedAt), article_correction.key) < \(place)")
        }
        if let visibility = Article.visibility(to: viewer, at: now) {
            sql.require(visibility.condition(at: now, in: &sql))
        }
        let text = """
            SELECT article_correction.key, article.id, article.headline,
                article_correction.kind, article_correction.text, article_correction.issued_at_ms, article_correction.statement
            FROM article_correction
            CROSS JOIN article ON article.key = article_correction.article_key\(sql.whereClause)
            ORDER BY article_correction.issued_at_ms DESC, article_correction.key DESC
            LIMIT \(query.limit + 1)
            """
        statement = ListStatement(sql: SQL(assembled: text), values: sql.values)
    }

    func page(from database: Database) throws(SQLiteError) -> CorrectionPage {
        var page = CorrectionPage(items: [], next: nil)
        var last: CorrectionPosition?
        var hasMore = false
        try database.each(statement.sql) { bindings in
            bindings.add(statement.values)
        } _: { row throws(SQLiteError) in
            guard page.items.count < limit else {
                hasMore = true
                return
            }
            let correction = try row.correction(from: 3)
            page.items.append(IssuedCorrection(article: try row.id(1, "article.id"), headline: row.text(2), correction: correction))
            last = CorrectionPosition(issuedAt: correction.issuedAt, key: row.integer(0))
        }
        if hasMore { page.next = last }
        return page
    }
}

extension SQLiteNewsroomStore {
    package func corrections(_ query: CorrectionQuery, as viewer: Viewer) async throws(StoreError) -> CorrectionPage {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            guard let article = query.of else {
                return try CorrectionPlan(query, of: nil, for: viewer, at: now).page(from: database)
            }
            guard let stored = try Article.target(of: article, in: database) else {
                throw try Article.absence(of: article, to: viewer, at: now, in: database)
            }
            _ = try Article.newestRow(of: article, to: viewer, at: now, in: database)
            return try CorrectionPlan(query, of: stored.key, for: viewer, at: now).page(from: database)
        }
    }
}

extension StoredResource {
    fileprivate static func target(of key: ResourceKey<Self>, in database: Database) throws(SQLiteError) -> Target<Self>? {
        switch key {
        case .id(let id): try database.first(queries.keyByID) { $0.add(id.text) }.map { Target(key: $0, id: id) }
        case .slug(let slug): try database.first(queries.targetBySlug) { $0.add(slug.text) }
        }
    }
}
