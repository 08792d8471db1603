import Synchronization

/// A statement's whole text. Each connection prepares it once and keeps it.
///
/// Made once and kept in a `static let`; what is put together at run time is `SQL(assembled:)`.
package struct SQL: Sendable {
    package let text: String
    /// Where connections keep the prepared statement; nil for one that they look up by its text.
    let slot: Int?

    private static let slotCount = Atomic<Int>(0)

    package init(_ text: String) {
        self.text = text
        self.slot = SQL.slotCount.wrappingAdd(1, ordering: .relaxed).oldValue
    }

    /// A text that is one of many, put together from fragments of the program's own. Connections keep the ones that were used last.
    package init(assembled text: String) {
        self.text = text
        self.slot = nil
    }

    /// The first line: enough to recognise it in a log.
    var firstLine: String {
        String(decoding: text.utf8.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}

/// A statement that answers rows, with the reading of one of them.
package struct Query<Output>: Sendable {
    package let sql: SQL
    package let decode: @Sendable (borrowing Row) throws(SQLiteError) -> Output

    package init(_ text: String, decode: @escaping @Sendable (borrowing Row) throws(SQLiteError) -> Output) {
        self.sql = SQL(text)
        self.decode = decode
    }

    package init(_ sql: SQL, decode: @escaping @Sendable (borrowing Row) throws(SQLiteError) -> Output) {
        self.sql = sql
        self.decode = decode
    }
}
