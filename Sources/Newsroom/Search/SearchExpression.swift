/// What somebody looks for, as it was understood: all clauses hold, and nothing excluded does.
package struct SearchExpression: Sendable, Equatable {
    /// Where a term is looked for.
    package enum Field: String, Sendable, CaseIterable {
        /// Headline, name or title.
        case title
        /// What stands beside it: subheadline, summary, aliases, tags, byline, place, titles of offices.
        case lead
        case body

        /// Of a name before a colon, such as `headline`.
        package init?(name: String) {
            switch name.lowercased() {
            case "title", "headline", "name": self = .title
            case "lead", "summary", "subheadline", "alias", "tag", "byline", "role", "place": self = .lead
            case "body", "text", "description": self = .body
            default: return nil
            }
        }
    }

    /// One word, or several that stand one after the other, folded.
    package struct Term: Sendable, Equatable {
        package var words: [String]
        /// Whether the last word is only the beginning of one.
        package var isPrefix: Bool
        package var field: Field?
        /// Whether it was written between quotation marks.
        package var isQuoted: Bool

        package init(words: [String], isPrefix: Bool = false, field: Field? = nil, isQuoted: Bool = false) {
            self.words = words
            self.isPrefix = isPrefix
            self.field = field
            self.isQuoted = isQuoted
        }

        /// As it would be written.
        package var text: String {
            let joined = words.joined(separator: " ")
            let written = words.count > 1 || isQuoted ? "\"\(joined)\"" : joined
            return (field.map { $0.rawValue + ":" } ?? "") + written + (isPrefix ? "*" : "")
        }
    }

    /// Each is a list of alternatives.
    package var clauses: [[Term]]
    package var excluded: [Term]
    /// Whether the text had more terms than are looked for.
    package var isCut: Bool

    package init(clauses: [[Term]] = [], excluded: [Term] = [], isCut: Bool = false) {
        self.clauses = clauses
        self.excluded = excluded
        self.isCut = isCut
    }

    /// As it would be written: parsing it gives the same expression.
    package var text: String {
        let all = clauses.map { $0.map(\.text).joined(separator: " OR ") } + excluded.map { "-" + $0.text }
        return all.joined(separator: " ")
    }

    package var terms: [Term] { clauses.flatMap { $0 } }

    /// Words and excluded words together.
    package static let termCountMax = 32
}
