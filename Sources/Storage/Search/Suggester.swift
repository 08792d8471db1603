import Newsroom
import SQLite

extension Searcher {
    /// Names, and behind them headlines, in which all words occur, the last one as a beginning.
    func suggestions(_ text: String, limit: Int) throws -> [Suggestion] {
        let words = SearchWords.words(in: text).suffix(8)
        guard let last = words.last else { return [] }
        var expression = SearchExpression()
        for word in words.dropLast() { expression.clauses.append([.init(words: [word])]) }
        expression.clauses.append([.init(words: [last], isPrefix: true)])
        var suggestions: [Suggestion] = []
        let names = try match(expression, "title lead", expandsNames: true)
        let factors = RankingFactors(weights: Searcher.weights, telling: names.telling, usualLength: Searcher.usualLength)
        var found: [Candidate] = []
        for kind in [Kind.person, .organization, .event] {
            found += try walk(kind, SearchQuery(expression), names, ranking: factors, countMax: 200, after: nil).found
        }
        found.sort { ($1.score, $0.key) < ($0.score, $1.key) }
        try suggest(found.prefix(limit), names, into: &suggestions)
        guard suggestions.count < limit else { return suggestions }
        let headlines = try match(expression, "title", expandsNames: false)
        let articles = try walk(
            .article, SearchQuery(expression), headlines, ranking: nil, countMax: limit - suggestions.count, after: nil)
        try suggest(articles.found[...], headlines, into: &suggestions)
        return suggestions
    }

    private func match(_ expression: SearchExpression, _ columns: String, expandsNames: Bool) throws(SQLiteError) -> MatchExpression {
        try MatchExpression(
            expression, in: database, documentCount: state.documentCount, columns: columns, expandsNames: expandsNames)
    }

    private func suggest(
        _ found: ArraySlice<Candidate>, _ match: MatchExpression, into suggestions: inout [Suggestion]
    ) throws(SQLiteError) {
        let highlighter = Highlighter(sequences: match.sequences)
        for candidate in found {
            guard let hit = try hit(candidate, highlighter) else { continue }
            suggestions.append(Suggestion(kind: hit.kind, id: hit.id, text: hit.title, highlight: hit.highlight))
        }
    }
}
