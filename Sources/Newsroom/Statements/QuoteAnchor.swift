/// Where in the body of an article a statement is reported: the words themselves, and some of those before and behind them, by which they
/// are found again after the text around them has changed (W3C Web Annotation Data Model, TextQuoteSelector).
package struct QuoteAnchor: Sendable, Equatable {
    package var exact: String
    package var prefix: String?
    package var suffix: String?

    package init(exact: String, prefix: String? = nil, suffix: String? = nil) {
        self.exact = exact
        self.prefix = prefix
        self.suffix = suffix
    }
}
