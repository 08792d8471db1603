import SQLite

/// The blocks of segments in their tables.
struct BlockTables {
    let database: Database

    /// Lends the block in which a document of a word, or the first behind it, is found, if there is one at all: it is in this block or at
    /// the beginning of the next one. False where the segment has no blocks.
    func find(
        _ term: [UInt8], from document: Int64, in segment: Segment, _ body: (Int64, Span<UInt8>) throws(SQLiteError) -> Void
    ) throws(SQLiteError) -> Bool {
        let isFound = try database.one(.blockOfTerm) {
            $0.add(segment.key)
            $0.add(blob: term)
            $0.add(document)
        } _: { row throws(SQLiteError) in
            let key = row.integer(0)
            try row.withBlob(1) { bytes throws(SQLiteError) in try body(key, bytes) }
        }
        return isFound ? true : try read(segment.firstBlock, body)
    }

    /// Lends a block; false where there is none of this key.
    func read(_ key: Int64, _ body: (Int64, Span<UInt8>) throws(SQLiteError) -> Void) throws(SQLiteError) -> Bool {
        try database.one(.block) {
            $0.add(key)
        } _: { row throws(SQLiteError) in
            try row.withBlob(0) { bytes throws(SQLiteError) in try body(key, bytes) }
        }
    }

    /// How many blocks begin with a word, up to a few.
    func blockCount(of term: [UInt8], in segment: Segment) throws(SQLiteError) -> Int64 {
        try database.first(.blockCount) {
            $0.add(segment.key)
            $0.add(blob: term)
        } ?? 0
    }

    /// Writes what a builder has done, behind the blocks that there are. The number of blocks then.
    func write(_ builder: inout BlockBuilder, to segment: Int64, behind blockCount: Int64) throws(SQLiteError) -> Int64 {
        var count = blockCount
        for block in builder.done {
            guard count < 1 << 24 - 1 else { throw SQLiteError(code: .full, message: "too many blocks", context: "search_block") }
            let key = segment << 24 + count
            try database.run(.insertBlock) {
                $0.add(key)
                $0.add(blob: block.bytes)
            }
            try database.run(.insertTerm) {
                $0.add(segment)
                $0.add(blob: block.term)
                $0.add(block.firstKey)
                $0.add(key)
            }
            count += 1
        }
        builder.done.removeAll(keepingCapacity: true)
        return count
    }

    /// Deletes some blocks of a segment. Whether there are more.
    func delete(from segment: Segment, countMax: Int64) throws(SQLiteError) -> Bool {
        guard let first = try database.first(.firstBlock, { bind(segment.blocks, &$0) }) else {
            try database.run(.deleteTerms) {
                $0.add(segment.key)
                $0.add(countMax)
            }
            return try database.first(.anyTerm) { $0.add(segment.key) } != nil
        }
        let end = min(first + countMax, segment.blocks.upperBound)
        try database.run(.deleteBlocks) {
            $0.add(first)
            $0.add(end)
        }
        try database.run(.deleteTerms) {
            $0.add(segment.key)
            $0.add(end - first)
        }
        return end < segment.blocks.upperBound
    }

    private func bind(_ blocks: Range<Int64>, _ bindings: inout Bindings) {
        bindings.add(blocks.lowerBound)
        bindings.add(blocks.upperBound)
    }
}

extension SQL {
    fileprivate static let blockOfTerm = SQL(
        """
        SELECT search_block.key, search_block.postings
        FROM search_term
        CROSS JOIN search_block ON search_block.key = search_term.block
        WHERE search_term.segment = $1 AND (search_term.term, search_term.document) <= ($2, $3)
        ORDER BY search_term.term DESC, search_term.document DESC
        LIMIT 1
        """)

    fileprivate static let block = SQL(
        """
        SELECT postings
        FROM search_block
        WHERE key = $1
        """)

    fileprivate static let insertBlock = SQL(
        """
        INSERT INTO search_block (key, postings)
        VALUES ($1, $2)
        """)

    fileprivate static let insertTerm = SQL(
        """
        INSERT INTO search_term (segment, term, document, block)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let deleteBlocks = SQL(
        """
        DELETE FROM search_block
        WHERE key >= $1 AND key < $2
        """)

    /// The first of a segment, for words ascend as blocks do.
    fileprivate static let deleteTerms = SQL(
        """
        DELETE FROM search_term
        WHERE (segment, term, document) IN (
            SELECT segment, term, document
            FROM search_term
            WHERE segment = $1
            ORDER BY term, document
            LIMIT $2
        )
        """)
}

extension Query<Int64> {
    fileprivate static let blockCount = Query(
        """
        SELECT count(*)
        FROM (SELECT 1 FROM search_term WHERE segment = $1 AND term = $2 LIMIT 8)
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    fileprivate static let firstBlock = Query(
        """
        SELECT key
        FROM search_block
        WHERE key >= $1 AND key < $2
        ORDER BY key
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    fileprivate static let anyTerm = Query(
        """
        SELECT 1
        FROM search_term
        WHERE segment = $1
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
