import SQLite

/// Goes through the documents of one word in one segment, the newest first, and skips those that nobody asks for.
final class PostingsCursor {
    private let tables: BlockTables
    private let segment: Segment
    private let term: [UInt8]
    private let wantsPlaces: Bool
    private var chunk = PostingsChunk()
    private var index = 0
    /// Whether there may be more behind the chunk.
    private var hasMore = true
    /// The posting whose places begin at the offset.
    private var placesIndex = 0
    private var placesOffset = 0

    /// The document that it has come to; before the first `seek` -1, at the end `Int64.max`.
    private(set) var key: Int64 = -1

    init(_ term: [UInt8], in segment: Segment, _ tables: BlockTables, wantsPlaces: Bool) {
        self.term = term
        self.segment = segment
        self.tables = tables
        self.wantsPlaces = wantsPlaces
    }

    /// Of the document that it has come to.
    var code: PostingCode { chunk.codes[index] }

    /// Goes to a document, or to the first behind it; never back.
    @inline(__always)
    func seek(_ wanted: Int64) throws(SQLiteError) {
        if key < wanted { try advance(to: wanted) }
    }

    /// How many documents have the word, roughly where there are many.
    func estimatedCount() throws(SQLiteError) -> Int64 {
        try seek(0)
        guard hasMore, key != .max else { return Int64(chunk.keys.count) }
        return Int64(chunk.keys.count) + (try tables.blockCount(of: term, in: segment)) * PostingsCursor.documentsOfBlock
    }

    /// A usual block of a frequent word.
    private static let documentsOfBlock: Int64 = 600

    /// Where the word stands in the document that it has come to.
    func readPlaces(into places: inout [WordPlace]) throws(SQLiteError) {
        let bytes = chunk.places
        while placesIndex < index {
            try WordPlaces.skip(bytes.span, at: &placesOffset, chunk.codes[placesIndex].fields)
            placesIndex += 1
        }
        var offset = placesOffset
        try WordPlaces.read(bytes.span, at: &offset, code.fields, into: &places)
    }

    private func advance(to wanted: Int64) throws(SQLiteError) {
        if chunk.keys.last.map({ $0 < wanted }) ?? true {
            guard hasMore, try load(wanted) else {
                key = .max
                return
            }
        }
        // Most steps are short: it looks near by first, in strides that double.
        var (low, stride) = (index, 1)
        while low + stride < chunk.keys.count, chunk.keys[low + stride] < wanted {
            low += stride
            stride *= 2
        }
        var high = min(low + stride, chunk.keys.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if chunk.keys[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        index = low
        key = chunk.keys[low]
    }

    /// Reads the chunk that has the document or the first behind it; false where there is none.
    private func load(_ wanted: Int64) throws(SQLiteError) -> Bool {
        var outcome = Outcome.goesOn
        var block = segment.firstBlock
        guard
            try tables.find(
                term, from: wanted, in: segment,
                { key, bytes throws(SQLiteError) in
                    block = key
                    outcome = try look(into: bytes, wanted)
                })
        else { return false }
        while outcome == .goesOn, segment.blocks.contains(block + 1) {
            block += 1
            let isFound = try tables.read(block) { _, bytes throws(SQLiteError) in outcome = try look(into: bytes, wanted) }
            guard isFound else { throw .damagedPostings }
        }
        return outcome == .found
    }

    private enum Outcome {
        case found, goesOn, isBehind
    }

    private func look(into bytes: Span<UInt8>, _ wanted: Int64) throws(SQLiteError) -> Outcome {
        var walk = BlockWalk()
        while let header = try walk.next(in: bytes) {
            guard walk.term == term else {
                if term.lexicographicallyPrecedes(walk.term) { return .isBehind }
                continue
            }
            guard header.lastKey >= wanted else { continue }
            try chunk.read(header, of: bytes, withPlaces: wantsPlaces)
            (index, placesIndex, placesOffset) = (0, 0, 0)
            // Another word behind it says that it was the last.
            hasMore = try walk.next(in: bytes) == nil || walk.term == term
            return .found
        }
        return .goesOn
    }
}
