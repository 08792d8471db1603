import CSQLite

/// The current row of a statement: lent, never kept. It is valid until the next step, which the compiler sees to.
///
/// Columns count from 0. The readers trust the types of STRICT tables; a text that is not UTF-8 is repaired.
package struct Row: ~Copyable {
    let statement: OpaquePointer

    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    /// Whether a column is NULL.
    package borrowing func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// An integer; 0 for NULL.
    package borrowing func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(statement, column)
    }

    /// An integer; nil for NULL.
    package borrowing func integerOrNil(_ column: Int32) -> Int64? {
        isNull(column) ? nil : sqlite3_column_int64(statement, column)
    }

    /// A real number; nil for NULL.
    package borrowing func realOrNil(_ column: Int32) -> Double? {
        isNull(column) ? nil : sqlite3_column_double(statement, column)
    }

    /// The text of a column, whole, NULs included; empty for NULL.
    package borrowing func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(statement, column) else { return "" }
        let byteCount = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: byteCount), as: UTF8.self)
    }

    /// The text of a column, whole, NULs included; nil for NULL.
    package borrowing func textOrNil(_ column: Int32) -> String? {
        guard let bytes = sqlite3_column_text(statement, column) else { return nil }
        let byteCount = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: byteCount), as: UTF8.self)
    }

    /// Lends the bytes of a text, uncopied; none for NULL.
    package borrowing func withText<Result, Failure: Error>(
        _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = sqlite3_column_text(statement, column)
        let byteCount = bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        return try body(UnsafeBufferPointer(start: bytes, count: byteCount).span)
    }

    /// Lends the bytes of a text or a blob as they are stored, uncopied; none for NULL. Of a text that is not UTF-8 nothing is repaired.
    package borrowing func withBytes<Result, Failure: Error>(
        _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = sqlite3_column_blob(statement, column)
        let byteCount = bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        return try body(UnsafeBufferPointer(start: bytes?.assumingMemoryBound(to: UInt8.self), count: byteCount).span)
    }

    /// The bytes of a blob, or of a text as they are stored, copied; none for NULL.
    package borrowing func blob(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// Lends the bytes of a blob, uncopied; none for NULL.
    package borrowing func withBlob<Result, Failure: Error>(
        _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = sqlite3_column_blob(statement, column)
        let byteCount = bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        let buffer = UnsafeRawBufferPointer(start: bytes, count: byteCount)
        return try body(buffer.bindMemory(to: UInt8.self).span)
    }
}
