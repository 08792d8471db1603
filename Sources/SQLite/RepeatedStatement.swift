import CSQLite

/// A statement that is asked for one row after the other, with the same first values each time: the cheap way to ask a thousand times.
package struct RepeatedStatement: ~Copyable {
    private let statement: Statement
    private let sql: SQL
    private let fixedCount: Int32

    fileprivate init(_ statement: Statement, _ sql: SQL, fixedCount: Int32) {
        self.statement = statement
        self.sql = sql
        self.fixedCount = fixedCount
    }

    /// Lends the first row for these last values; false when there is none.
    package borrowing func one(
        _ first: Int64, _ second: Int64, _ third: Int64, _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) -> Bool {
        // The number of placeholders was checked at the beginning, and integers fit any.
        sqlite3_bind_int64(statement.handle, fixedCount + 1, first)
        sqlite3_bind_int64(statement.handle, fixedCount + 2, second)
        sqlite3_bind_int64(statement.handle, fixedCount + 3, third)
        defer { sqlite3_reset(statement.handle) }
        guard try statement.step(sql) else { return false }
        try body(Row(statement.handle))
        return true
    }
}

extension Database {
    /// Lends a statement for many askings. Its last three placeholders are integers, bound at each asking; `bind` binds those before.
    package func repeating<Answer>(
        _ sql: SQL, _ bind: (inout Bindings) -> Void, _ body: (borrowing RepeatedStatement) throws(SQLiteError) -> Answer
    ) throws(SQLiteError) -> Answer {
        let statement = try statement(sql)
        var fixedCount: Int32 = 0
        try statement.begin(sql) { bindings in
            bind(&bindings)
            fixedCount = bindings.count
            for _ in 0..<3 { bindings.add(0 as Int64) }
        }
        defer { statement.end() }
        return try body(RepeatedStatement(statement, sql, fixedCount: fixedCount))
    }
}
