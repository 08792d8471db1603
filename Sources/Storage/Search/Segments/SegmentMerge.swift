import SQLite

/// Makes one segment of several, in steps of bounded size, and lets what is not needed any more go: so no write waits long behind it. How
/// far it has come is in the segments' table, in the transaction of what it did.
struct SegmentMerge {
    let database: Database
    private let tables: BlockTables

    /// What a step deletes of dropped segments.
    private static let deletedBlockCountMax: Int64 = 400

    init(_ database: Database) {
        self.database = database
        tables = BlockTables(database: database)
    }

    /// Does some of what is to be done. How many segments are read now, and whether there is more to do.
    ///
    /// - Parameter isEager: whether even a few segments of one size are merged.
    func step(postingCountMax: Int, isEager: Bool) throws(SQLiteError) -> (segmentCount: Int, hasMore: Bool) {
        var budget = postingCountMax
        var segments = try database.all(.segments)
        while budget > 0 {
            if let dropped = segments.first(where: { $0.state == .dropped }) {
                // A block holds some hundred postings, and goes for a tenth of what they cost.
                budget -= Int(min(dropped.blockCount, SegmentMerge.deletedBlockCountMax)) * 20
                if try !tables.delete(from: dropped, countMax: SegmentMerge.deletedBlockCountMax) {
                    try database.run(.deleteSegment) { $0.add(dropped.key) }
                    segments.removeAll { $0.key == dropped.key }
                }
            } else if let making = try database.first(.mergeUnderWay) {
                budget -= try go(on: making, segments, postingCountMax: budget)
                segments = try database.all(.segments)
            } else if let sources = MergePolicy.due(segments, isEager: isEager) {
                try begin(sources)
                segments = try database.all(.segments)
            } else {
                break
            }
        }
        return (segments.count { $0.state == .live }, budget <= 0)
    }

    private func begin(_ sources: [Segment]) throws(SQLiteError) {
        guard let first = sources.first, let last = sources.last else { return }
        let reached = try database.first(.searchState)?.sequence ?? 0
        let key = (try database.first(.newestSegment) ?? 0) + 1
        try database.run(.insertSegment) {
            $0.add(key)
            $0.add(first.sequences.lowerBound)
            $0.add(last.sequences.upperBound)
            $0.add(sources.reduce(0) { $0 + $1.documentCount })
            $0.add(0)
            $0.add(Segment.State.making.rawValue)
            $0.add(reached)
            $0.add(blob: [])
            $0.add(0)
        }
    }

    /// How many postings were merged.
    private func go(on making: MergeUnderWay, _ segments: [Segment], postingCountMax: Int) throws(SQLiteError) -> Int {
        let sources = segments.filter { $0.state == .live && making.sequences.contains($0.sequences.lowerBound) }
        var scans: [SegmentScan] = []
        // What went after the merge was begun is still in what was merged before: it stays throughout.
        var deadCount: Int64 = 0
        for source in sources {
            let dead = try database.all(.deadDocuments) {
                $0.add(source.sequences.lowerBound)
                $0.add(source.sequences.upperBound)
                $0.add(making.begunAt)
            }
            deadCount += Int64(dead.count)
            scans.append(try SegmentScan(source, tables, from: making.nextTerm, making.nextDocument, dead: Set(dead)))
        }
        var merger = PostingsMerger(scans)
        var builder = BlockBuilder()
        let count = try merger.merge(into: &builder, countMax: postingCountMax)
        builder.finish()
        let blockCount = try tables.write(&builder, to: making.key, behind: making.blockCount)
        if let next = merger.next {
            try database.run(.updateMerge) {
                $0.add(blockCount)
                $0.add(blob: next.term)
                $0.add(next.document)
                $0.add(making.key)
            }
        } else {
            try finish(making, blockCount, deadCount, sources)
        }
        return max(1, count)
    }

    private func finish(
        _ making: MergeUnderWay, _ blockCount: Int64, _ deadCount: Int64, _ sources: [Segment]
    ) throws(SQLiteError) {
        for source in sources { try database.run(.dropSegment) { $0.add(source.key) } }
        try database.run(.finishMerge) {
            $0.add(blockCount)
            $0.add(deadCount)
            $0.add(making.key)
        }
        try database.run(.forgetDead) {
            $0.add(making.sequences.lowerBound)
            $0.add(making.sequences.upperBound)
            $0.add(making.begunAt)
        }
    }
}

/// A merge that has been begun.
struct MergeUnderWay: Sendable {
    let key: Int64
    let sequences: ClosedRange<Int64>
    let blockCount: Int64
    let begunAt: Int64
    let nextTerm: [UInt8]
    let nextDocument: Int64
}

extension Query<MergeUnderWay> {
    fileprivate static let mergeUnderWay = Query(
        """
        SELECT key, first_seq, last_seq, block_count, begun_at_seq, next_term, next_document
        FROM search_segment
        WHERE state = 'making'
        """
    ) { row throws(SQLiteError) in
        guard row.integer(1) <= row.integer(2) else { throw .undecodable("search_segment") }
        return MergeUnderWay(
            key: row.integer(0), sequences: row.integer(1)...row.integer(2), blockCount: row.integer(3), begunAt: row.integer(4),
            nextTerm: row.blob(5), nextDocument: row.integer(6))
    }
}

extension Query<Int64> {
    static let newestSegment = Query("SELECT max(key) FROM search_segment") { row throws(SQLiteError) in row.integer(0) }

    fileprivate static let deadDocuments = Query(
        """
        SELECT document
        FROM search_dead
        WHERE seq >= $1 AND seq <= $2 AND gone_at_seq <= $3
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension SQL {
    fileprivate static let updateMerge = SQL(
        """
        UPDATE search_segment
        SET block_count = $1, next_term = $2, next_document = $3
        WHERE key = $4
        """)

    fileprivate static let finishMerge = SQL(
        """
        UPDATE search_segment
        SET block_count = $1, document_count = max(0, document_count - $2), state = 'live', begun_at_seq = NULL, next_term = NULL,
            next_document = NULL
        WHERE key = $3
        """)

    fileprivate static let dropSegment = SQL(
        """
        UPDATE search_segment
        SET state = 'dropped'
        WHERE key = $1
        """)

    fileprivate static let forgetDead = SQL(
        """
        DELETE FROM search_dead
        WHERE seq >= $1 AND seq <= $2 AND gone_at_seq <= $3
        """)
}
