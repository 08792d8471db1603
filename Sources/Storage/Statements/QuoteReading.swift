import Newsroom
import SQLite

extension ArticleQuotes {
    /// What an article reports, its body as it is now. Whoever may see the article may see its statements.
    static func read(of article: Stored<Article>, from database: Database) throws(SQLiteError) -> ArticleQuotes {
        let keys = try database.all(.statementKeysOfArticle) {
            $0.add(article.key)
            $0.add(ArticleQuotes.countMax + 1)
        }
        let body = QuotedText(article.resource.draft.body, article.resource.draft.bodyFormat)
        var quotes: [ArticleQuote] = []
        for key in keys.prefix(ArticleQuotes.countMax) {
            try database.checkDeadline("the quotations of an article")
            guard let stored = try Statement.stored(key: key, in: database) else { continue }
            let caption = try database.first(.statementCaption) { $0.add(stored.resource.record.id.text) }
            quotes.append(ArticleQuote(stored.resource, in: body, speaker: caption?.speaker))
        }
        return ArticleQuotes(of: article.resource, quotes, isComplete: keys.count <= ArticleQuotes.countMax)
    }
}

extension Query<Int64> {
    fileprivate static let statementKeysOfArticle = Query(
        """
        SELECT key
        FROM statement
        WHERE article_key = $1
        ORDER BY window_order, key
        LIMIT $2
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
