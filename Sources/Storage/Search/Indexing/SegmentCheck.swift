import SQLite

/// Whether the index's segments can be read, and are what their tables say.
struct SegmentCheck {
    private let database: Database

    private static let findingCountMax = 100

    init(_ database: Database) {
        self.database = database
    }

    func findings() throws(SQLiteError) -> [String] {
        var findings: [String] = []
        var blockCount: Int64 = 0
        for segment in try database.all(.segments) {
            blockCount += segment.blockCount
            // What was dropped goes bit by bit.
            if segment.state == .dropped {
                blockCount -= segment.blockCount - (try database.first(.countBlocks) { bind(segment, &$0) } ?? 0)
            } else if try !isReadable(segment) {
                findings.append("segment \(segment.key) of the search index is damaged; dateline check --rebuild-search makes it anew")
            }
            guard findings.count < SegmentCheck.findingCountMax else { break }
        }
        let count = try database.first(.countAllBlocks) ?? 0
        if findings.isEmpty, count != blockCount {
            findings.append("the search index has \(count) blocks, and its segments \(blockCount)")
        }
        return findings
    }

    private func isReadable(_ segment: Segment) throws(SQLiteError) -> Bool {
        let tables = BlockTables(database: database)
        var order = PostingsOrder()
        for key in segment.blocks {
            var isRight = false
            do throws(SQLiteError) {
                _ = try tables.read(key) { _, bytes throws(SQLiteError) in
                    let start = try order.read(bytes)
                    isRight =
                        try database.first(.countTerm) {
                            $0.add(segment.key)
                            $0.add(blob: start.term)
                            $0.add(start.document)
                            $0.add(key)
                        } == 1
                }
            } catch {
                guard error.code.primary == .corrupt else { throw error }
            }
            guard isRight else { return false }
        }
        return true
    }

    private func bind(_ segment: Segment, _ bindings: inout Bindings) {
        bindings.add(segment.blocks.lowerBound)
        bindings.add(segment.blocks.upperBound)
    }
}

/// Reads blocks one after the other, and sees to it that words and documents ascend.
private struct PostingsOrder {
    private var term: [UInt8] = []
    private var document: Int64 = -1
    private var chunk = PostingsChunk()

    /// What the block begins with.
    ///
    /// - Throws: `damagedPostings`.
    mutating func read(_ bytes: Span<UInt8>) throws(SQLiteError) -> (term: [UInt8], document: Int64) {
        var walk = BlockWalk()
        var start: (term: [UInt8], document: Int64)?
        while let header = try walk.next(in: bytes) {
            let ascends = walk.term == term ? document < header.firstKey : term.lexicographicallyPrecedes(walk.term)
            guard ascends else { throw .damagedPostings }
            try chunk.read(header, of: bytes, withPlaces: true)
            var offset = 0
            for code in chunk.codes { try WordPlaces.skip(chunk.places.span, at: &offset, code.fields) }
            guard offset == chunk.places.count else { throw .damagedPostings }
            (term, document) = (walk.term, header.lastKey)
            if start == nil { start = (walk.term, header.firstKey) }
        }
        guard let start else { throw .damagedPostings }
        return start
    }
}

extension Query<Int64> {
    fileprivate static let countBlocks = Query("SELECT count(*) FROM search_block WHERE key >= $1 AND key < $2") {
        row throws(SQLiteError) in row.integer(0)
    }

    fileprivate static let countAllBlocks = Query("SELECT count(*) FROM search_block") { row throws(SQLiteError) in row.integer(0) }

    fileprivate static let countTerm = Query(
        """
        SELECT count(*)
        FROM search_term
        WHERE segment = $1 AND term = $2 AND document = $3 AND block = $4
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
