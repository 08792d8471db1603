import CSQLite

/// The values of a statement, added in the order of its placeholders `$1`, `$2` …
///
/// An error (a text over the length limit) is kept, and thrown when the statement runs.
package struct Bindings: ~Copyable {
    private let statement: OpaquePointer
    private(set) var count: Int32 = 0
    private(set) var code = SQLITE_OK

    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    /// Binds the next placeholder. What fails here, one value too many among it, is thrown when the statement runs.
    package mutating func add(_ value: Int64) {
        count += 1
        note(sqlite3_bind_int64(statement, count, value))
    }

    /// Binds the next placeholder, NULL for nil.
    package mutating func add(_ value: Int64?) {
        if let value { add(value) } else { addNull() }
    }

    /// Binds the next placeholder.
    package mutating func add(_ value: Int) {
        add(Int64(value))
    }

    /// Binds 1 or 0: SQLite has no truth values.
    package mutating func add(_ value: Bool) {
        add(value ? 1 as Int64 : 0)
    }

    /// Binds the next placeholder, NULL for nil. SQLite makes NULL of not-a-number.
    package mutating func add(_ value: Double?) {
        guard let value else { return addNull() }
        count += 1
        note(sqlite3_bind_double(statement, count, value))
    }

    /// Binds a text, copied, with its length: a NUL in it does not end it.
    package mutating func add(_ value: String) {
        var value = value
        count += 1
        note(value.withUTF8 { bytes in csqlite_bind_text(statement, count, bytes.baseAddress, UInt64(bytes.count)) })
    }

    /// Binds a text, NULL for nil.
    package mutating func add(_ value: String?) {
        if let value { add(value) } else { addNull() }
    }

    /// A text that is already bytes of UTF-8.
    package mutating func add(utf8 bytes: [UInt8]) {
        add(utf8: bytes.span)
    }

    /// A text that is already bytes of UTF-8.
    package mutating func add(utf8 bytes: Span<UInt8>) {
        count += 1
        note(bytes.withUnsafeBytes { csqlite_bind_text(statement, count, $0.baseAddress, UInt64($0.count)) })
    }

    /// Binds a blob, copied.
    package mutating func add(blob bytes: [UInt8]) {
        count += 1
        note(bytes.withUnsafeBytes { csqlite_bind_blob(statement, count, $0.baseAddress, UInt64($0.count)) })
    }

    /// Binds NULL to the next placeholder.
    package mutating func addNull() {
        count += 1
        note(sqlite3_bind_null(statement, count))
    }

    private mutating func note(_ code: Int32) {
        if self.code == SQLITE_OK { self.code = code }
    }
}
