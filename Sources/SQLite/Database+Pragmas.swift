import CSQLite

extension Database {
    /// In the order that matters: the busy timeout before the first statement, the limits before any text from elsewhere.
    func configure(_ settings: ConnectionSettings) throws(SQLiteError) {
        busyWithin = settings.busyWithin
        for (limit, value) in Database.limits { sqlite3_limit(handle, limit, value) }
        try harden(SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive")
        try harden(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, "trusted_schema")
        try harden(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "load_extension")
        try harden(SQLITE_DBCONFIG_DQS_DML, 0, "double-quoted strings")
        try harden(SQLITE_DBCONFIG_DQS_DDL, 0, "double-quoted strings")

        switch settings.access {
        case .create, .readWrite:
            try set("journal_mode", to: "wal")
            try set("query_only", to: 0)
        case .copy:
            try set("journal_mode", to: "delete")
            try set("query_only", to: 0)
        case .readOnly, .inspection:
            try harden(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, "no checkpoint on close")
            try set("query_only", to: 1)
        }
        // Checkpoints are planned, and run on one connection alone: SQLite before 3.51.3 can lose commits when one connection
        // checkpoints while another commits (sqlite.org/wal.html, "the WAL-reset bug").
        try set("wal_autocheckpoint", to: 0)
        try set("synchronous", to: settings.synchronous.rawValue)
        try set("foreign_keys", to: 1)
        try set("journal_size_limit", to: settings.journalByteCountMax)
        try set("temp_store", to: 2)
        try set("cache_size", to: -settings.cacheKibibyteCount)
        try set("cell_size_check", to: settings.checksCells ? 1 : 0)
        // Overwrites what is deleted where that costs no write of its own.
        try set("secure_delete", to: "fast", readingBack: "2")
        // The build may allow less than was asked for, so what is read back tells nothing.
        try execute(script: "PRAGMA mmap_size = \(settings.mmapByteCount)")
    }

    /// What no statement of ours comes near, and what a hostile file or text must not exceed (sqlite.org/limits.html).
    private static let limits: [(Int32, Int32)] = [
        (SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024), (SQLITE_LIMIT_SQL_LENGTH, 256 * 1024), (SQLITE_LIMIT_COLUMN, 200),
        (SQLITE_LIMIT_EXPR_DEPTH, 200), (SQLITE_LIMIT_COMPOUND_SELECT, 50), (SQLITE_LIMIT_VDBE_OP, 250_000),
        (SQLITE_LIMIT_FUNCTION_ARG, 100), (SQLITE_LIMIT_ATTACHED, 1), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 4_000),
        (SQLITE_LIMIT_VARIABLE_NUMBER, 12_000), (SQLITE_LIMIT_TRIGGER_DEPTH, 10), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]

    private func harden(_ option: Int32, _ value: Int32, _ name: String) throws(SQLiteError) {
        var result: Int32 = -1
        let code = csqlite_configure(handle, option, value, &result)
        guard code == SQLITE_OK, result == value else {
            throw SQLiteError(code: ResultCode(rawValue: code), message: "the setting did not take", context: name)
        }
    }

    private func set(_ pragma: String, to value: Int64) throws(SQLiteError) {
        try set(pragma, to: String(value), readingBack: String(value))
    }

    private func set(_ pragma: String, to value: String, readingBack expected: String? = nil) throws(SQLiteError) {
        try execute(script: "PRAGMA \(pragma) = \(value)")
        let taken = try self.pragma(pragma)
        guard taken == expected ?? value else {
            throw SQLiteError(code: .error, message: "the setting did not take: it is \(taken ?? "missing")", context: "PRAGMA \(pragma)")
        }
    }

    /// Runs the script of a migration, which may also change what the file says of its tables where no statement can (`writable_schema`;
    /// sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"). Nothing else may.
    package func executeChangingSchema(script: String) throws(SQLiteError) {
        try harden(SQLITE_DBCONFIG_DEFENSIVE, 0, "defensive")
        do throws(SQLiteError) {
            try execute(script: script)
        } catch {
            try harden(SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive")
            throw error
        }
        try harden(SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive")
    }

    /// What a pragma says, as text; nil when it says nothing.
    package func pragma(_ name: String) throws(SQLiteError) -> String? {
        try first(Query(SQL(assembled: "PRAGMA \(name)")) { row throws(SQLiteError) in row.text(0) })
    }

    /// A number that changes when another connection has committed; it is the same throughout a transaction.
    package func dataVersion() throws(SQLiteError) -> Int64 {
        try first(.dataVersion) ?? 0
    }
}

extension Query<Int64> {
    fileprivate static let dataVersion = Query("PRAGMA data_version") { row throws(SQLiteError) in row.integer(0) }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
