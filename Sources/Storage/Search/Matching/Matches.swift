import SQLite

/// All documents of the index that match an expression, the newest of a kind first; those that have gone or were replaced are among them,
/// until the document's row is asked (`MatchWalk`). It goes forward only: kinds are asked for in the order of their keys.
final class Matches {
    struct Match {
        let key: Int64
        /// The rows of the log of which the document must be.
        let sequences: ClosedRange<Int64>
        /// Whether it is known to be there still; nil where its row must be asked.
        let isLive: Bool?
        let score: Double
    }

    private let segments: [SegmentMatches]
    /// What of each segment has gone; nil where that is too much to know.
    private let dead: [Set<Int64>]?
    /// What each segment has come to.
    private var heads: [Int64]
    /// How telling each phrase of the expression is.
    private let telling: [[Double]]
    private let canMatch: Bool

    init(_ expression: MatchExpression, _ index: IndexSnapshot) throws(SQLiteError) {
        canMatch = !expression.clauses.isEmpty
        segments = canMatch ? index.segments.map { SegmentMatches(expression, in: $0, index.tables) } : []
        dead = try canMatch ? index.dead() : []
        heads = segments.map(\.key)
        telling = try Matches.telling(expression, segments, index.documentCount)
    }

    /// The first match from a document on, and not behind another, that was not told yet. A number may be told twice, for different
    /// segments: of a document that was replaced, and of what came in its place.
    func next(in range: ClosedRange<Int64>) throws(SQLiteError) -> Match? {
        var best = -1
        for index in heads.indices {
            if heads[index] < range.lowerBound { heads[index] = try segments[index].seek(range.lowerBound) }
            if heads[index] <= range.upperBound, best < 0 || heads[index] < heads[best] { best = index }
        }
        guard best >= 0 else { return nil }
        let segment = segments[best]
        let isLive = dead.map { $0[best].isEmpty || !$0[best].contains(heads[best]) }
        let match = Match(
            key: heads[best], sequences: segment.segment.sequences, isLive: isLive, score: segment.score(telling))
        heads[best] = try segment.seek(match.key + 1)
        return match
    }

    /// The inverse document frequency, in coarse steps: pages of one search must agree although others write meanwhile. What is more
    /// frequent than some thousand counts as that. A word that is alone is as telling as any.
    private static func telling(
        _ expression: MatchExpression, _ segments: [SegmentMatches], _ documentCount: Int64
    ) throws(SQLiteError) -> [[Double]] {
        guard expression.clauses.count > 1 else { return expression.clauses.map { $0.map { _ in 1 } } }
        // The beginning of a word stands for many.
        guard expression.clauses.allSatisfy({ $0.count <= 3 }) else { return expression.clauses.map { $0.map { _ in 3 } } }
        var counts = expression.clauses.map { $0.map { _ in 0 as Int64 } }
        for segment in segments { try segment.count(into: &counts) }
        return counts.map { $0.map { telling(min($0, countMax), of: documentCount) } }
    }

    private static let countMax: Int64 = 2_000

    private static func telling(_ documents: Int64, of all: Int64) -> Double {
        let count = Double(documents)
        let frequency = 1 + (Double(max(all, documents)) - count + 0.5) / (count + 0.5)
        return max(0.5, (logarithm(frequency) * 2).rounded() / 2)
    }

    /// The natural logarithm, roughly: the exponent, and the rest of the number as a straight line.
    private static func logarithm(_ number: Double) -> Double {
        (Double(number.exponent) + number.significand - 1) * 0.693
    }
}

/// The index as one connection's snapshot has it.
struct IndexSnapshot {
    let tables: BlockTables
    let segments: [Segment]
    let documentCount: Int64

    init(_ database: Database, documentCount: Int64) throws(SQLiteError) {
        tables = BlockTables(database: database)
        segments = try database.all(.segments).filter { $0.state == .live }
        self.documentCount = documentCount
    }

    /// How many documents that have gone are looked at.
    private static let deadCountMax = 1_000

    /// What of each segment has gone; nil where that is too much.
    func dead() throws(SQLiteError) -> [Set<Int64>]? {
        let gone = try tables.database.all(.goneDocuments) { $0.add(IndexSnapshot.deadCountMax + 1) }
        guard gone.count <= IndexSnapshot.deadCountMax else { return nil }
        return segments.map { segment in Set(gone.lazy.filter { segment.sequences.contains($0.sequence) }.map(\.key)) }
    }
}

extension Query<IndexedDocument> {
    fileprivate static let goneDocuments = Query(
        """
        SELECT document, seq
        FROM search_dead
        LIMIT $1
        """
    ) { row throws(SQLiteError) in IndexedDocument(key: row.integer(0), sequence: row.integer(1)) }
}
