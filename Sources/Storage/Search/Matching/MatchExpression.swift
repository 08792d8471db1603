import Newsroom
import SQLite

/// An expression as the index takes it: beginnings of words have become the words that begin so.
struct MatchExpression {
    /// Words one after the other, in one of some fields.
    struct Phrase {
        let words: [[UInt8]]
        let fields: FieldSet
    }

    /// One phrase of each must be there. None: nothing can match.
    private(set) var clauses: [[Phrase]] = []
    private(set) var excluded: [Phrase] = []
    /// Whether each beginning of a word stands for all words that begin so.
    private(set) var isExpansionComplete = true

    private let vocabulary: Vocabulary
    /// Where terms without a field are looked for.
    private let fields: FieldSet
    /// Whether beginnings are those of names alone.
    private let expandsNames: Bool
    private var phraseCount = 0

    /// How many words a beginning stands for at most.
    static let expansionCountMax = 32
    /// How many phrases there are at most.
    private static let phraseCountMax = 256

    init(
        _ expression: SearchExpression, in index: IndexSnapshot, fields: FieldSet = .all, expandsNames: Bool = false
    ) throws(SQLiteError) {
        vocabulary = Vocabulary(index: index)
        self.fields = fields
        self.expandsNames = expandsNames
        guard !expression.clauses.isEmpty else { return }
        for clause in expression.clauses {
            var alternatives: [Phrase] = []
            for term in clause { alternatives += try phrases(of: term) }
            clauses.append(alternatives)
        }
        for term in expression.excluded { excluded += try phrases(of: term) }
    }

    /// The sequences of words that make a hit, for highlights.
    var sequences: [[[UInt8]]] { clauses.joined().map(\.words) }

    /// How many phrases are looked for.
    var alternativeCount: Int { clauses.reduce(0) { $0 + $1.count } }

    /// A term's phrases; several where it ends in the beginning of a word.
    private mutating func phrases(of term: SearchExpression.Term) throws(SQLiteError) -> [Phrase] {
        let fields = term.field.map { FieldSet($0) } ?? fields
        let words = term.words.map { Array($0.utf8) }
        guard let last = words.last else { return [] }
        var endings = [last]
        if term.isPrefix {
            let found = try vocabulary.words(
                beginningWith: last, onlyNames: expandsNames, countMax: MatchExpression.expansionCountMax + 1)
            if found.count > MatchExpression.expansionCountMax { isExpansionComplete = false }
            if !found.isEmpty { endings = Array(found.prefix(MatchExpression.expansionCountMax)) }
        }
        let room = max(1, MatchExpression.phraseCountMax - phraseCount)
        phraseCount += endings.count
        return endings.prefix(room).map { Phrase(words: words.dropLast() + [$0], fields: fields) }
    }
}

extension FieldSet {
    fileprivate init(_ field: SearchExpression.Field) {
        switch field {
        case .title: self = .title
        case .lead: self = .lead
        case .body: self = .body
        }
    }
}
