import Newsroom
import SQLite

extension Article {
    /// Inserts the corrections that came to an article; those that were there stay as they are.
    func insertCorrections(after old: Article?, _ key: Int64, _ database: Database) throws(SQLiteError) {
        for position in (old?.draft.corrections.count ?? 0)..<draft.corrections.count {
            let correction = draft.corrections[position]
            try database.run(.insertCorrection) { values in
                values.add(key)
                values.add(position)
                values.add(correction.kind.rawValue)
                values.add(correction.text)
                values.add(correction.issuedAt.milliseconds)
                values.add(correction.statement)
                values.add(draft.section)
            }
        }
    }
}

extension Article {
    /// Whether a correction that comes to an article is about a statement that the article reports. What a new article brings along is not
    /// asked: in an import a statement comes after the article that it belongs to.
    static func hierarchyFailure(
        of id: ID<Article>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        guard let previous else { return nil }
        for index in draft.corrections.indices.dropFirst(previous.corrections.count) {
            guard let statement = draft.corrections[index].statement else { continue }
            let article = try database.first(.articleOfStatement) { $0.add(statement) }
            guard article != id.text else { continue }
            let message = "names no statement that this article reports"
            return MemberFailure(path: "/corrections/\(index)/statement", rule: .unknownReference, message: message)
        }
        return nil
    }
}

extension Statement {
    /// Whether a statement leaves an article of which a correction names it: everybody who sees the correction is told its id, so that they
    /// are to see it too.
    static func correctionFailure(
        of id: ID<Statement>, _ draft: Draft, after previous: Draft?, in database: Database
    ) throws(SQLiteError) -> MemberFailure? {
        guard case .id(let article)? = previous?.article, draft.article != .id(article) else { return nil }
        let isNamed = try database.first(.correctionOfArticle) {
            $0.add(id.text)
            $0.add(article.text)
        }
        guard isNamed != nil else { return nil }
        let message = "must stay the article that it is, \(article.text): a correction of that is about this statement"
        return MemberFailure(path: "/article", rule: .conflict, message: message)
    }
}

extension Query<Int64> {
    /// Of an article, about a statement.
    fileprivate static let correctionOfArticle = Query(
        """
        SELECT position
        FROM article_correction
        WHERE statement = $1 AND article_key = (SELECT key FROM article WHERE id = $2)
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension Query<String> {
    /// As the newest row of the log about a statement has it; no row where it was deleted.
    fileprivate static let articleOfStatement = Query(
        """
        SELECT coalesce(json_extract(document, '$.article.id'), '')
        FROM (SELECT kind, document FROM log WHERE id = $1 ORDER BY version DESC LIMIT 1)
        WHERE kind = 'statement' AND document IS NOT NULL
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension SQL {
    fileprivate static let insertCorrection = SQL(
        """
        INSERT INTO article_correction (article_key, position, kind, text, issued_at_ms, statement, section)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)
}
