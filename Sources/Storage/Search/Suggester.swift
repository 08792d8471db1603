import Newsroom
import SQLite

extension Searcher {
    /// Names, and behind them headlines, but no statements, in which all words occur, the last one as a beginning.
    func suggestions(_ text: String, limit: Int) throws -> [Suggestion] {
        let words = SearchWords.words(in: text).suffix(8)
        guard let last = words.last else { return [] }
        var expression = SearchExpression()
        for word in words.dropLast() { expression.clauses.append([.init(words: [word])]) }
        expression.clauses.append([.init(words: [last], isPrefix: true)])
        var suggestions: [Suggestion] = []
        let names = try MatchExpression(expression, in: index, fields: [.title, .lead], expandsNames: true)
        let matches = try Matches(names, index)
        var found: [Candidate] = []
        for kind in SearchQuery(expression).lookedThrough where kind != .article && kind != .statement {
            found += try walk(kind, SearchQuery(expression), matches, countMax: 200, after: nil).found
        }
        found.sort { ($1.score, $0.key) < ($0.score, $1.key) }
        try suggest(found.prefix(limit), names, into: &suggestions)
        guard suggestions.count < limit else { return suggestions }
        let headlines = try MatchExpression(expression, in: index, fields: .title)
        let articles = try walk(
            .article, SearchQuery(expression), Matches(headlines, index), countMax: limit - suggestions.count, after: nil)
        try suggest(articles.found[...], headlines, into: &suggestions)
        return suggestions
    }

    private func suggest(
        _ found: ArraySlice<Candidate>, _ match: MatchExpression, into suggestions: inout [Suggestion]
    ) throws(SQLiteError) {
        let highlighter = Highlighter(match.sequences)
        for candidate in found {
            guard let hit = try hit(candidate, highlighter) else { continue }
            suggestions.append(Suggestion(kind: hit.kind, id: hit.id, text: hit.title, highlight: hit.highlight))
        }
    }
}
