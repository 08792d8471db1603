extension SearchExpression {
    /// From whatever somebody typed: words that all must occur, `"a phrase"`, `beginning*`, `-excluded` (or `NOT excluded`),
    /// `headline:word`, and `this OR that`. Nothing is an error: what has no meaning here is looked for as words, or passed over.
    package init(parsing text: String) {
        self.init()
        var joinsLast = false
        var excludesNext = false
        var count = 0
        for item in Item.items(of: text) {
            if !item.isQuoted, !item.isExcluded, item.field == nil {
                switch item.text {
                case "OR" where !clauses.isEmpty:
                    joinsLast = true
                    continue
                case "NOT":
                    excludesNext = true
                    continue
                case "AND": continue
                default: break
                }
            }
            let words = SearchWords.words(in: item.text)
            guard !words.isEmpty else { continue }
            count += 1
            guard count <= SearchExpression.termCountMax else {
                isCut = true
                break
            }
            let term = Term(words: words, isPrefix: item.isPrefix, field: item.field, isQuoted: item.isQuoted)
            if item.isExcluded || excludesNext {
                excluded.append(term)
            } else if joinsLast, !clauses.isEmpty {
                clauses[clauses.count - 1].append(term)
            } else {
                clauses.append([term])
            }
            joinsLast = false
            excludesNext = false
        }
    }

    /// What stands between blanks, or between quotation marks.
    private struct Item {
        var text = ""
        var isQuoted = false
        var isPrefix = false
        var isExcluded = false
        var field: Field?

        static func items(of text: String) -> [Item] {
            var items: [Item] = []
            var rest = Substring(text)[...]
            while let item = next(&rest) { items.append(item) }
            return items
        }

        private static func next(_ rest: inout Substring) -> Item? {
            rest = rest.drop { $0.isWhitespace }
            guard !rest.isEmpty else { return nil }
            var item = Item()
            if rest.first == "-", let second = rest.dropFirst().first, !second.isWhitespace {
                item.isExcluded = true
                rest = rest.dropFirst()
            }
            if let colon = rest.firstIndex(where: { $0 == ":" || $0.isWhitespace || isQuote($0) }), rest[colon] == ":",
                let field = Field(name: String(rest[..<colon])), let value = rest[colon...].dropFirst().first, !value.isWhitespace
            {
                item.field = field
                rest = rest[colon...].dropFirst()
            }
            if let first = rest.first, isQuote(first) {
                item.isQuoted = true
                rest = rest.dropFirst()
                let end = rest.firstIndex(where: isQuote) ?? rest.endIndex
                item.text = String(rest[..<end])
                rest = rest[end...].dropFirst()
                if rest.first == "*" {
                    item.isPrefix = true
                    rest = rest.dropFirst()
                }
                return item
            }
            let end = rest.firstIndex { $0.isWhitespace || isQuote($0) } ?? rest.endIndex
            item.text = String(rest[..<end])
            item.isPrefix = item.text.hasSuffix("*")
            rest = rest[end...]
            return item
        }

        private static func isQuote(_ character: Character) -> Bool {
            character == "\"" || character == "“" || character == "”" || character == "„" || character == "«" || character == "»"
        }
    }
}
