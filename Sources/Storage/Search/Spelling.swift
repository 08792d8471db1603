import Newsroom
import SQLite

/// Finds what was meant by words that nothing is found for, or little. Only words are offered that lead to what the viewer may see.
struct Spelling {
    let searcher: Searcher
    let query: SearchQuery

    /// How many words of one search are corrected.
    private static let correctionCountMax = 4
    /// How many words of the index are compared with one.
    private static let comparedCountMax = 50_000
    private static let candidateCountMax = 8

    /// The expression with such words in place of those.
    func corrected() throws -> (SearchExpression, [SearchCorrection]) {
        var expression = query.expression
        var corrections: [SearchCorrection] = []
        for clause in expression.clauses.indices {
            for term in expression.clauses[clause].indices where !expression.clauses[clause][term].isQuoted {
                var changed = expression.clauses[clause][term]
                guard !changed.isPrefix else { continue }
                for word in changed.words.indices where corrections.count < Spelling.correctionCountMax {
                    guard let better = try correction(of: changed.words[word], changed.field) else { continue }
                    corrections.append(SearchCorrection(from: changed.words[word], to: better))
                    changed.words[word] = better
                }
                expression.clauses[clause][term] = changed
            }
        }
        return corrections.isEmpty ? try correctedTogether() : (expression, corrections)
    }

    /// Each word is found by itself, but nothing has all of them: one of them may be a rarer spelling of what was meant.
    private func correctedTogether() throws -> (SearchExpression, [SearchCorrection]) {
        guard query.expression.clauses.count > 1 else { return (query.expression, []) }
        var triedCount = 0
        for clause in query.expression.clauses.indices {
            guard let word = replaceable(clause) else { continue }
            triedCount += 1
            guard triedCount <= Spelling.correctionCountMax else { break }
            for candidate in try candidates(for: word) {
                var expression = query.expression
                expression.clauses[clause][0].words = [candidate]
                if try leadsAnywhere(expression) { return (expression, [SearchCorrection(from: word, to: candidate)]) }
            }
        }
        return (query.expression, [])
    }

    /// Words in place of one of those that more would be found with, the nearest alone.
    func alternatives(findingMoreThan total: Int) throws -> [SearchCorrection] {
        for clause in query.expression.clauses.indices.prefix(Spelling.correctionCountMax) {
            guard let word = replaceable(clause) else { continue }
            for candidate in try candidates(for: word) {
                var expression = query.expression
                expression.clauses[clause][0].words = [candidate]
                if try count(expression, upTo: total + 1) > total { return [SearchCorrection(from: word, to: candidate)] }
            }
        }
        return []
    }

    /// The word of a clause that is nothing but a word, long enough to be misspelt.
    private func replaceable(_ clause: Int) -> String? {
        guard let term = query.expression.clauses[clause].first, query.expression.clauses[clause].count == 1 else { return nil }
        guard !term.isQuoted, !term.isPrefix, term.words.count == 1, let word = term.words.first, word.utf8.count >= 4 else { return nil }
        return word
    }

    private func correction(of word: String, _ field: SearchExpression.Field?) throws -> String? {
        guard word.utf8.count >= 4, word.utf8.count <= 40, try !leadsAnywhere(word, field) else { return nil }
        for candidate in try candidates(for: word) where try leadsAnywhere(candidate, field) { return candidate }
        return nil
    }

    private func leadsAnywhere(_ word: String, _ field: SearchExpression.Field?) throws -> Bool {
        try leadsAnywhere(SearchExpression(clauses: [[SearchExpression.Term(words: [word], field: field)]]))
    }

    private func leadsAnywhere(_ expression: SearchExpression) throws -> Bool {
        try count(expression, upTo: 1) > 0
    }

    /// How much is found, of what is looked through: a correction to a name is no use among articles that do not have it.
    private func count(_ expression: SearchExpression, upTo countMax: Int) throws -> Int {
        let matches = try Matches(MatchExpression(expression, in: searcher.index), searcher.index)
        var count = 0
        for kind in query.lookedThrough {
            count += try searcher.walk(kind, query, matches, countMax: countMax, after: nil).found.count
            guard count < countMax else { break }
        }
        return count
    }

    /// The words that are nearest, names before others: first among those that begin alike, which are few.
    private func candidates(for word: String) throws(SQLiteError) -> [String] {
        guard let first = word.unicodeScalars.first, let next = Unicode.Scalar(first.value + 1) else { return [] }
        let alike = try nearest(to: word, from: String(first), to: String(next))
        return alike.isEmpty ? try nearest(to: word, from: "", to: "\u{10FFFF}") : alike
    }

    private func nearest(to word: String, from: String, to: String) throws(SQLiteError) -> [String] {
        let wanted = Array(word.utf8)
        let slipCountMax = wanted.count < 6 ? 1 : 2
        var ranks: [[UInt8]: Int] = [:]
        var comparedCount = 0
        try Vocabulary(index: searcher.index).each(from: Array(from.utf8), to: Array(to.utf8)) { bytes, isName in
            comparedCount += 1
            if abs(bytes.count - wanted.count) <= slipCountMax {
                let slips = Nearest.slips(from: wanted, to: bytes)
                if slips > 0, slips <= slipCountMax { ranks[bytes] = min(ranks[bytes] ?? .max, slips * 2 - (isName ? 1 : 0)) }
            }
            return comparedCount < Spelling.comparedCountMax
        }
        let near = ranks.map { (word: String(decoding: $0.key, as: UTF8.self), rank: $0.value) }
        return near.sorted { ($0.rank, $0.word) < ($1.rank, $1.word) }.prefix(Spelling.candidateCountMax).map(\.word)
    }
}
