import Newsroom
import SQLite

/// What is indexed of a resource.
struct IndexedDocument: Sendable {
    let key: Int64
    /// The row of the log that it was made of.
    let sequence: Int64
}

/// How far the index has come.
struct SearchState: Sendable {
    let sequence: Int64
    let documentCount: Int64
    let form: Int64
}

/// A row of the log that is to be indexed.
struct IndexableRow: Sendable {
    let sequence: Int64
    let kind: Kind?
    let id: String
    let version: Int64
    let recordedAt: Int64
    /// Nil for a deletion.
    let document: [UInt8]?
}

extension Query<SearchState> {
    static let searchState = Query(
        """
        SELECT seq, document_count, form
        FROM search_state
        """
    ) { row throws(SQLiteError) in
        SearchState(sequence: row.integer(0), documentCount: row.integer(1), form: row.integer(2))
    }
}

extension Query<IndexableRow> {
    static let logToIndex = Query(
        """
        SELECT seq, kind, id, version, recorded_at_ms, document
        FROM log
        WHERE seq > $1
        ORDER BY seq
        LIMIT $2
        """
    ) { row throws(SQLiteError) in
        IndexableRow(
            sequence: row.integer(0), kind: Kind(rawValue: row.text(1)), id: row.text(2), version: row.integer(3),
            recordedAt: row.integer(4), document: row.isNull(5) ? nil : row.withText(5) { span in span.withUnsafeBufferPointer(Array.init) }
        )
    }
}

extension Query<IndexedDocument> {
    static let indexedDocument = Query(
        """
        SELECT key, seq
        FROM search_document
        WHERE id = $1
        """
    ) { row throws(SQLiteError) in IndexedDocument(key: row.integer(0), sequence: row.integer(1)) }
}

extension Query<Int64> {
    static let isSearchKeyTaken = Query(
        """
        SELECT 1
        FROM search_document
        WHERE key = $1
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    static func resourceKey(of kind: Kind) -> Query<Int64> {
        Query<Int64>(SQL(assembled: "SELECT key FROM \(kind.rawValue) WHERE id = $1")) { row throws(SQLiteError) in row.integer(0) }
    }
}

extension SQL {
    static let insertSearchDocument = SQL(
        """
        INSERT INTO search_document (key, id, resource_key, version, seq)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let deleteSearchDocument = SQL(
        """
        DELETE FROM search_document
        WHERE key = $1
        """)

    static let insertDeadDocument = SQL(
        """
        INSERT INTO search_dead (seq, document, gone_at_seq)
        VALUES ($1, $2, $3)
        """)

    static let updateSearchState = SQL(
        """
        UPDATE search_state
        SET seq = $1, document_count = document_count + $2
        """)

    static let resetSearchState = SQL(
        """
        UPDATE search_state
        SET seq = 0, document_count = 0, form = $1
        """)

    /// The state is reset by itself.
    static let clearSearch = [
        SQL("DELETE FROM search_segment"), SQL("DELETE FROM search_block"), SQL("DELETE FROM search_term"),
        SQL("DELETE FROM search_document"), SQL("DELETE FROM search_dead"),
    ]
}
