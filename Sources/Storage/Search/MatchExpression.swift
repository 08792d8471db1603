import Newsroom
import SQLite

/// An expression as FTS5 takes it. Words are letters and digits alone, so quotation marks make each safe; nothing else of what was typed
/// is in the text.
struct MatchExpression {
    /// Empty: nothing can match.
    private(set) var text = ""
    /// How telling each phrase is, in their order.
    private(set) var telling: [Double] = []
    /// The sequences of words that make a hit, as hashes, for highlights.
    private(set) var sequences: [[UInt64]] = []
    /// Whether each beginning of a word stands for all words that begin so.
    private(set) var isExpansionComplete = true

    private let database: Database
    private let documentCount: Int64
    /// Whether beginnings are those of names alone.
    private let expandsNames: Bool

    /// How many words a beginning stands for at most.
    static let expansionCountMax = 32
    /// How many phrases there are at most.
    private static let phraseCountMax = 256

    /// - Parameter columns: where all terms without a field are looked for; nil: everywhere.
    init(
        _ expression: SearchExpression, in database: Database, documentCount: Int64, columns: String? = nil, expandsNames: Bool = false
    ) throws(SQLiteError) {
        self.database = database
        self.documentCount = documentCount
        self.expandsNames = expandsNames
        guard !expression.clauses.isEmpty else { return }
        let weighs = expression.clauses.count > 1
        var clauses: [String] = []
        for clause in expression.clauses {
            var alternatives: [String] = []
            for term in clause { alternatives += try phrases(of: term, columns) }
            let isFew = alternatives.count <= 3
            for alternative in alternatives { telling.append(weighs ? isFew ? try self.telling(alternative) : 3 : 1) }
            clauses.append(alternatives.count == 1 ? alternatives[0] : "(\(alternatives.joined(separator: " OR ")))")
        }
        text = clauses.joined(separator: " AND ")
        let kept = sequences
        var excluded: [String] = []
        for term in expression.excluded { excluded += try phrases(of: term, columns) }
        sequences = kept
        if !excluded.isEmpty { text = "(\(text)) NOT (\(excluded.joined(separator: " OR ")))" }
    }

    /// A term's phrases in FTS5's syntax; several where it ends in the beginning of a word.
    private mutating func phrases(of term: SearchExpression.Term, _ columns: String?) throws(SQLiteError) -> [String] {
        let field = (term.field?.rawValue ?? columns).map { "{\($0)} : " } ?? ""
        var endings: [String] = []
        if term.isPrefix, let last = term.words.last {
            endings = try words(beginningWith: last)
            if endings.count > MatchExpression.expansionCountMax {
                endings.removeLast()
                isExpansionComplete = false
            }
        }
        if endings.isEmpty { endings = [term.words.last ?? ""] }
        return endings.prefix(max(1, MatchExpression.phraseCountMax - sequences.count)).map { ending in
            let words = term.words.dropLast() + [ending]
            sequences.append(words.map { SearchWords.hash($0.utf8) })
            return "\(field)\"\(words.joined(separator: " "))\""
        }
    }

    private func words(beginningWith beginning: String) throws(SQLiteError) -> [String] {
        try database.all(expandsNames ? .nameWords : .words) {
            $0.add(beginning)
            $0.add(beginning + "\u{10FFFF}")
            $0.add(MatchExpression.expansionCountMax + 1)
        }
    }

    /// The inverse document frequency, in coarse steps: pages of one search must agree although others write meanwhile.
    /// What is more frequent than some thousand counts as that.
    private func telling(_ phrase: String) throws(SQLiteError) -> Double {
        let sample = try database.first(.frequency) { $0.add(phrase) }
        let count = Double(sample ?? 0)
        let total = Double(max(documentCount, sample ?? 0))
        let frequency = (1 + (total - count + 0.5) / (count + 0.5))
        return max(0.5, (MatchExpression.logarithm(frequency) * 2).rounded() / 2)
    }

    /// The natural logarithm, roughly: the exponent, and the rest of the number as a straight line.
    private static func logarithm(_ number: Double) -> Double {
        (Double(number.exponent) + number.significand - 1) * 0.693
    }
}

extension Query<String> {
    fileprivate static let words = Query(
        """
        SELECT word
        FROM search_word
        WHERE word >= $1 AND word < $2
        ORDER BY word
        LIMIT $3
        """
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let nameWords = Query(
        """
        SELECT word
        FROM search_word
        WHERE word >= $1 AND word < $2 AND is_name = 1
        ORDER BY word
        LIMIT $3
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension Query<Int64> {
    /// How many match, up to some thousand.
    fileprivate static let frequency = Query(
        """
        SELECT count(*)
        FROM (SELECT rowid FROM search_index WHERE search_index MATCH $1 LIMIT 2000)
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
