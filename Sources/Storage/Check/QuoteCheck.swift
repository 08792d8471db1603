import Newsroom
import SQLite

/// Looks for quotations that their articles no longer have as they were reported. That is no damage: somebody changed a body, or a text,
/// and may want to know.
package enum QuoteCheck {
    /// What there is to be seen to, a line each, a hundred at the most.
    ///
    /// - Throws: that the file could not be looked at.
    package static func remarks(path: String) throws(StoreOpeningError) -> [String] {
        do throws(SQLiteError) {
            let database = try Database(path: path, settings: ConnectionSettings(access: .inspection))
            try database.beginReading()
            var remarks: [String] = []
            for key in try database.all(.articlesWithQuotes) where remarks.count < countMax {
                guard let article = try Article.stored(key: key, in: database) else { continue }
                remarks += try ArticleQuotes.read(of: article, from: database).remarks
            }
            try database.commit()
            try database.close()
            return Array(remarks.prefix(countMax))
        } catch {
            throw StoreOpeningError(opening: path, error)
        }
    }

    private static let countMax = 100
}

extension ArticleQuotes {
    /// Of what is withdrawn nothing is said.
    fileprivate var remarks: [String] {
        quotes.filter { $0.status != .withdrawn }.flatMap { quote -> [String] in
            var remarks: [String] = []
            if quote.isVerbatim == false { remarks.append("the quotation \(quote.statement.text) is not verbatim in \(article.text)") }
            if quote.anchor == .orphaned { remarks.append("the anchor of \(quote.statement.text) is not in \(article.text) any more") }
            return remarks
        }
    }
}

extension Query<Int64> {
    fileprivate static let articlesWithQuotes = Query(
        """
        SELECT DISTINCT article_key
        FROM statement
        WHERE article_key IS NOT NULL AND status <> 'withdrawn' AND (form = 'quote' OR anchor_exact IS NOT NULL)
        ORDER BY article_key
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
