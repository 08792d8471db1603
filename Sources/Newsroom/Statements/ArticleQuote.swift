/// A statement as the article has it that reports it: whether its words are still there.
package struct ArticleQuote: Sendable, Equatable {
    package var statement: ID<Statement>
    package var form: StatementForm
    package var text: String
    package var status: StatementStatus
    package var speaker: String?
    /// Where its anchor is; nil where it has none.
    package var anchor: QuotedText.AnchorState?
    package var stretch: QuotedText.Stretch?
    /// Of a direct quotation: whether its text stands in the body as it is.
    package var isVerbatim: Bool?

    package init(_ statement: Statement, in body: QuotedText, speaker: String?) {
        let draft = statement.draft
        (self.statement, form, text, status) = (statement.record.id, draft.form, draft.text, draft.status)
        self.speaker = speaker
        if let anchor = draft.anchor { (self.anchor, stretch) = body.place(of: anchor) }
        if draft.form == .quote { isVerbatim = body.holds(draft.text) }
    }
}

/// The statements that one article reports, in the order in which they stand in its body; those that stand nowhere last.
package struct ArticleQuotes: Sendable, Equatable {
    package var article: ID<Article>
    package var version: Int
    package var quotes: [ArticleQuote]
    /// Whether there are no more than these.
    package var isComplete: Bool

    /// So many are looked for.
    package static let countMax = 500

    package init(of article: Article, _ all: [ArticleQuote], isComplete: Bool) {
        (self.article, version, self.isComplete) = (article.record.id, article.record.version, isComplete)
        quotes = all.filter { $0.stretch != nil }.sorted { ($0.stretch?.start ?? 0, $0.statement) < ($1.stretch?.start ?? 0, $1.statement) }
        quotes += all.filter { $0.stretch == nil }
    }
}
