import CSQLite

/// A prepared statement of one connection, which keeps it. A final class, because collections cannot hold noncopyable values.
final class Statement {
    let handle: OpaquePointer
    private let parameterCount: Int32
    /// True between the first step and the reset: a statement cannot run inside itself.
    private var isRunning = false
    /// When it was used last, in uses of its connection.
    var lastUse = 0

    /// - Throws: what SQLite says of the text; `error` too when it holds more than one statement, or none.
    init(_ sql: SQL, on database: OpaquePointer) throws(SQLiteError) {
        var text = sql.text
        var prepared: OpaquePointer?
        var unread = 0
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let length = Int32(clamping: characters.count)
                let code = sqlite3_prepare_v3(
                    database, characters.baseAddress, length, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
                if let tail, let start = characters.baseAddress { unread = characters.count - (tail - start) }
                return code
            }
        }
        guard code == SQLITE_OK else { throw SQLiteError(code: code, of: database, context: sql.firstLine) }
        guard let prepared else {
            throw SQLiteError(code: .error, message: "no statement", context: sql.firstLine)
        }
        guard unread == 0 else {
            sqlite3_finalize(prepared)
            throw SQLiteError(code: .error, message: "more than one statement", context: sql.firstLine)
        }
        handle = prepared
        parameterCount = sqlite3_bind_parameter_count(prepared)
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func begin(_ sql: SQL, _ bind: (inout Bindings) -> Void) throws(SQLiteError) {
        precondition(!isRunning, "a statement runs inside itself")
        var bindings = Bindings(handle)
        bind(&bindings)
        guard bindings.code == SQLITE_OK else {
            throw SQLiteError(code: bindings.code, of: sqlite3_db_handle(handle), context: sql.firstLine)
        }
        precondition(bindings.count == parameterCount, "values and placeholders differ in number")
        isRunning = true
    }

    /// True when there is a row.
    @inline(__always)
    func step(_ sql: SQL) throws(SQLiteError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw SQLiteError(code: code, of: sqlite3_db_handle(handle), context: sql.firstLine)
    }

    /// Makes it ready for the next use; what the last step answered has been seen already.
    func end() {
        sqlite3_reset(handle)
        isRunning = false
    }
}
