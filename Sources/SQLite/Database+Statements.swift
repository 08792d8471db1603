import CSQLite

extension Database {
    /// Runs a statement that answers no rows.
    package func run(_ sql: SQL, _ bind: (inout Bindings) -> Void = { _ in }) throws(SQLiteError) {
        let statement = try statement(sql)
        try statement.begin(sql, bind)
        defer { statement.end() }
        while try statement.step(sql) {}
    }

    /// Lends each row of a statement.
    package func each(
        _ sql: SQL, _ bind: (inout Bindings) -> Void = { _ in }, _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let statement = try statement(sql)
        try statement.begin(sql, bind)
        defer { statement.end() }
        while try statement.step(sql) { try body(Row(statement.handle)) }
    }

    /// Lends one row of a statement after the other, until there is none left or the body answers false.
    package func each(
        _ sql: SQL, _ bind: (inout Bindings) -> Void, while body: (borrowing Row) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        let statement = try statement(sql)
        try statement.begin(sql, bind)
        defer { statement.end() }
        while try statement.step(sql), try body(Row(statement.handle)) {}
    }

    /// Lends the first row of a statement; false when there is none.
    @discardableResult
    package func one(
        _ sql: SQL, _ bind: (inout Bindings) -> Void = { _ in }, _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) -> Bool {
        let statement = try statement(sql)
        try statement.begin(sql, bind)
        defer { statement.end() }
        guard try statement.step(sql) else { return false }
        try body(Row(statement.handle))
        return true
    }

    /// The first row, nil when there is none.
    package func first<Output>(
        _ query: Query<Output>, _ bind: (inout Bindings) -> Void = { _ in }
    ) throws(SQLiteError) -> Output? {
        var output: Output?
        try one(query.sql, bind) { row throws(SQLiteError) in output = try query.decode(row) }
        return output
    }

    /// All rows.
    package func all<Output>(
        _ query: Query<Output>, _ bind: (inout Bindings) -> Void = { _ in }
    ) throws(SQLiteError) -> [Output] {
        var outputs: [Output] = []
        try each(query.sql, bind) { row throws(SQLiteError) in outputs.append(try query.decode(row)) }
        return outputs
    }

    /// Runs a script: statements one after the other, without values or rows. For migrations.
    package func execute(script: String) throws(SQLiteError) {
        guard !script.utf8.contains(0) else {
            throw SQLiteError(code: .error, message: "a script cannot hold a NUL", context: "script")
        }
        var message: UnsafeMutablePointer<CChar>?
        let code = sqlite3_exec(handle, script, nil, nil, &message)
        let text = message.map { String(cString: $0) }
        sqlite3_free(message)
        guard code == SQLITE_OK else {
            throw SQLiteError(code: ResultCode(rawValue: code), message: text ?? "", context: "script")
        }
    }

    /// The key of the row that was inserted last.
    package var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Rows that the connection has changed since it was opened, those of virtual tables' own tables included.
    package var changeCount: Int64 { sqlite3_total_changes64(handle) }
}
