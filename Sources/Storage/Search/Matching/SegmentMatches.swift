import SQLite

/// Goes through the documents of one segment that match an expression, the newest first.
final class SegmentMatches {
    let segment: Segment
    private let clauses: [[PhraseCursor]]
    private let excluded: [PhraseCursor]
    private(set) var key: Int64 = -1

    init(_ expression: MatchExpression, in segment: Segment, _ tables: BlockTables) {
        self.segment = segment
        clauses = expression.clauses.map { $0.map { PhraseCursor($0, in: segment, tables) } }
        excluded = expression.excluded.map { PhraseCursor($0, in: segment, tables) }
    }

    /// Goes to a document, or to the first behind it, which is answered; `Int64.max` behind the last one.
    func seek(_ wanted: Int64) throws(SQLiteError) -> Int64 {
        var wanted = wanted
        while key < wanted {
            key = try meet(wanted)
            guard key != .max, try isExcluded() else { break }
            wanted = key + 1
        }
        return key
    }

    /// How well the document matches that it has come to.
    ///
    /// - Parameter telling: how telling each phrase is.
    func score(_ telling: [[Double]]) -> Double {
        var score = 0.0
        for (clause, weights) in zip(clauses, telling) {
            for (phrase, weight) in zip(clause, weights) where phrase.key == key { score += phrase.impact * weight }
        }
        return score
    }

    /// Adds to each phrase's count how many documents have it here.
    func count(into counts: inout [[Int64]]) throws(SQLiteError) {
        for (number, clause) in clauses.enumerated() {
            for (place, phrase) in clause.enumerated() { counts[number][place] += try phrase.estimatedCount() }
        }
    }

    /// The first document at or behind `wanted` for which all clauses hold; `Int64.max` for none.
    private func meet(_ wanted: Int64) throws(SQLiteError) -> Int64 {
        var target = wanted
        var number = 0
        while number < clauses.count {
            let key = try first(of: clauses[number], from: target)
            guard key != .max else { return .max }
            number = key > target ? (number == 0 ? 1 : 0) : number + 1
            target = key
        }
        return target
    }

    private func first(of alternatives: [PhraseCursor], from wanted: Int64) throws(SQLiteError) -> Int64 {
        var first = Int64.max
        for phrase in alternatives {
            try phrase.seek(wanted)
            first = min(first, phrase.key)
        }
        return first
    }

    private func isExcluded() throws(SQLiteError) -> Bool {
        for phrase in excluded {
            try phrase.seek(key)
            if phrase.key == key { return true }
        }
        return false
    }
}
