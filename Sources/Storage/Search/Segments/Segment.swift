import SQLite

/// A piece of the index that is not changed once it is made.
struct Segment: Sendable {
    enum State: String, Sendable {
        case live, making, dropped
    }

    let key: Int64
    /// The rows of the log that its documents are of. A document that is of another row by now is not this segment's any more.
    let sequences: ClosedRange<Int64>
    /// As many as were put in.
    let documentCount: Int64
    let blockCount: Int64
    let state: State

    /// Where the keys of its blocks begin.
    var firstBlock: Int64 { key << 24 }
    var blocks: Range<Int64> { firstBlock..<firstBlock + blockCount }

    /// Its size in eighths of eighths: of one level are segments of which the biggest has less than eight times the smallest.
    var level: Int { (63 - max(1, documentCount).leadingZeroBitCount) / 3 }
}

extension Query<Segment> {
    static let segments = Query(
        """
        SELECT key, first_seq, last_seq, document_count, block_count, state
        FROM search_segment
        ORDER BY first_seq, key
        """
    ) { row throws(SQLiteError) in
        let (first, last) = (row.integer(1), row.integer(2))
        guard let state = Segment.State(rawValue: row.text(5)), first <= last, (0..<1 << 24).contains(row.integer(4)),
            (0..<1 << 38).contains(row.integer(0))
        else { throw .undecodable("search_segment") }
        return Segment(
            key: row.integer(0), sequences: first...last, documentCount: row.integer(3), blockCount: row.integer(4), state: state)
    }
}

extension SQL {
    /// A segment's number is greater than any that there is.
    static let insertSegment = SQL(
        """
        INSERT INTO search_segment (key, first_seq, last_seq, document_count, block_count, state, begun_at_seq, next_term, next_document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    static let deleteSegment = SQL(
        """
        DELETE FROM search_segment
        WHERE key = $1
        """)
}
