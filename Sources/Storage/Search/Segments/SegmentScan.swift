import SQLite

/// Goes through a segment's postings, one after the other, for a merge.
final class SegmentScan {
    private let tables: BlockTables
    private let segment: Segment
    /// Documents of this segment that have gone.
    private let dead: Set<Int64>

    private var block: Int64
    private var bytes: [UInt8] = []
    private var walk = BlockWalk()
    private var chunk = PostingsChunk()
    private var index = 0
    private var placesStart = 0
    private var placesEnd = 0

    /// The word that it has come to; nil at the end.
    private(set) var term: [UInt8]?
    var key: Int64 { chunk.keys[index] }
    var code: PostingCode { chunk.codes[index] }
    var places: ArraySlice<UInt8> { chunk.places[placesStart..<placesEnd] }

    /// Begins at a document of a word, or at what comes behind it.
    init(_ segment: Segment, _ tables: BlockTables, from term: [UInt8], _ document: Int64, dead: Set<Int64>) throws(SQLiteError) {
        self.tables = tables
        self.segment = segment
        self.dead = dead
        block = segment.firstBlock
        _ = try tables.find(term, from: document, in: segment) { key, found throws(SQLiteError) in
            block = key
            bytes = found.withUnsafeBufferPointer(Array.init)
        }
        try nextChunk()
        while isBefore(term, document) { try nextChunk() }
        while self.term == term, key < document { try step() }
        try skipDead()
    }

    /// Whether the whole chunk lies before a document of a word.
    private func isBefore(_ wanted: [UInt8], _ document: Int64) -> Bool {
        guard let term, let last = chunk.keys.last else { return false }
        return term == wanted ? last < document : term.lexicographicallyPrecedes(wanted)
    }

    func next() throws(SQLiteError) {
        try step()
        try skipDead()
    }

    private func skipDead() throws(SQLiteError) {
        guard !dead.isEmpty else { return }
        while term != nil, dead.contains(key) { try step() }
    }

    private func step() throws(SQLiteError) {
        index += 1
        guard index < chunk.keys.count else { return try nextChunk() }
        try measurePlaces()
    }

    private func nextChunk() throws(SQLiteError) {
        let last = term == nil ? nil : chunk.keys.last
        let before = term
        while true {
            let block = bytes
            if let header = try walk.next(in: block.span) {
                try chunk.read(header, of: block.span, withPlaces: true)
                break
            }
            guard try nextBlock() else {
                term = nil
                return
            }
        }
        // What is merged must ascend, or what is made of it is damaged too.
        if let before, let last {
            let ascends = before == walk.term ? last < chunk.keys[0] : before.lexicographicallyPrecedes(walk.term)
            guard ascends else { throw .damagedPostings }
        }
        term = walk.term
        index = 0
        placesEnd = 0
        try measurePlaces()
    }

    /// Copied, because what is merged is written by the same connection.
    private func nextBlock() throws(SQLiteError) -> Bool {
        let next = bytes.isEmpty ? block : block + 1
        guard segment.blocks.contains(next) else { return false }
        let isFound = try tables.read(next) { key, found throws(SQLiteError) in
            block = key
            bytes = found.withUnsafeBufferPointer(Array.init)
        }
        guard isFound, !bytes.isEmpty else { throw .damagedPostings }
        walk = BlockWalk()
        return true
    }

    private func measurePlaces() throws(SQLiteError) {
        placesStart = placesEnd
        let places = chunk.places
        try WordPlaces.skip(places.span, at: &placesEnd, code.fields)
    }
}
