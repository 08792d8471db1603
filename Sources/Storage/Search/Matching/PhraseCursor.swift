import SQLite

/// Goes through the documents of one segment that have a word, or several one after the other, in fields that count.
final class PhraseCursor {
    private let words: [PostingsCursor]
    private let fields: FieldSet
    private var places: [[WordPlace]]
    /// As `PostingsCursor.key`.
    private(set) var key: Int64 = -1

    init(_ phrase: MatchExpression.Phrase, in segment: Segment, _ tables: BlockTables) {
        let isOne = phrase.words.count == 1
        words = phrase.words.map { PostingsCursor($0, in: segment, tables, wantsPlaces: !isOne) }
        fields = phrase.fields
        places = isOne ? [] : phrase.words.map { _ in [] }
    }

    /// How much it weighs in the document: as much as the least of its words.
    var impact: Double {
        words.count == 1 ? words[0].code.impact : words.reduce(2.2) { min($0, $1.code.impact) }
    }

    /// How many documents have it at most, roughly.
    func estimatedCount() throws(SQLiteError) -> Int64 {
        var least = Int64.max
        for word in words {
            least = min(least, try word.estimatedCount())
            guard least > 0 else { break }
        }
        return least
    }

    /// Goes to a document, or to the first behind it.
    @inline(__always)
    func seek(_ wanted: Int64) throws(SQLiteError) {
        if key < wanted { try advance(to: wanted) }
    }

    private func advance(to wanted: Int64) throws(SQLiteError) {
        var wanted = wanted
        while true {
            guard let met = try meet(wanted) else {
                key = .max
                return
            }
            if try isMatch() {
                key = met
                return
            }
            wanted = met + 1
        }
    }

    /// The first document at or behind `wanted` that has all words.
    private func meet(_ wanted: Int64) throws(SQLiteError) -> Int64? {
        var target = wanted
        var place = 0
        while place < words.count {
            try words[place].seek(target)
            let key = words[place].key
            guard key != .max else { return nil }
            // Whoever is further on is followed by all.
            place = key > target ? (place == 0 ? 1 : 0) : place + 1
            target = key
        }
        return target
    }

    private func isMatch() throws(SQLiteError) -> Bool {
        var common = fields
        for word in words { common.formIntersection(word.code.fields) }
        guard !common.isEmpty else { return false }
        guard words.count > 1 else { return true }
        for (number, word) in words.enumerated() { try word.readPlaces(into: &places[number]) }
        return places[0].contains { first in
            fields.contains(FieldSet(rawValue: 1 << (5 + UInt8(first.field & 3))))
                && places.indices.dropFirst().allSatisfy { PhraseCursor.contains(places[$0], first.advanced(by: $0)) }
        }
    }

    private static func contains(_ places: [WordPlace], _ wanted: WordPlace) -> Bool {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] == wanted
    }
}
