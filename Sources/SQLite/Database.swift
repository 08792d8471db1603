import CSQLite

/// A connection to a database file. It belongs to one thread at a time: SQLite is opened without its own mutexes.
///
/// The handle is owned: letting go of the last reference closes it.
package final class Database {
    let handle: OpaquePointer
    /// The prepared statements of `SQL` values, by slot.
    private var statements: [Statement?] = []
    /// The prepared statements of assembled texts.
    private var assembled: [String: Statement] = [:]
    private var useCount = 0
    let stopwatch = Stopwatch()
    let journal = Journal()
    private var isClosed = false

    /// Once in a process, before SQLite is used. Where it comes too late, all works as well, only slower.
    private static let processIsConfigured = csqlite_count_no_memory() == SQLITE_OK

    /// How many assembled statements are kept; beyond that the one that was used longest ago goes.
    private static let assembledCountMax = 64

    /// Opens a file, sets what `ConnectionSettings` says and all that every connection has, and reads it back.
    ///
    /// - Throws: `cannotOpen`, `notADatabase`, `busy`, `readOnly`, `ioError`; `error` when a pragma did not take.
    package init(path: String, settings: ConnectionSettings) throws(SQLiteError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SQLiteError(code: .cannotOpen, message: "not a path", context: "open")
        }
        _ = Database.processIsConfigured
        var opened: OpaquePointer?
        let access =
            switch settings.access {
            case .create, .copy: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readWrite, .inspection: SQLITE_OPEN_READWRITE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        // Debian's SQLite reads "file:" and ":memory:" as something else than files; with a folder in front they are names.
        let name = path.utf8.first == UInt8(ascii: "/") ? path : "./" + path
        let code = sqlite3_open_v2(name, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SQLiteError(code: code, of: opened, context: "open")
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        stopwatch.watch(opened)
        try configure(settings)
        // Last, because the pragma that switches automatic checkpoints off takes the hook away.
        journal.watch(opened)
    }

    deinit {
        guard !isClosed else { return }
        statements = []
        assembled = [:]
        sqlite3_close_v2(handle)
    }

    /// Closes the file now, and says whether that went well. Nothing may be asked of the connection afterwards.
    package func close() throws(SQLiteError) {
        precondition(!isClosed, "closed twice")
        statements = []
        assembled = [:]
        let code = sqlite3_close(handle)
        guard code == SQLITE_OK else { throw SQLiteError(code: code, of: handle, context: "close") }
        isClosed = true
    }

    /// Whether the file has another name by now, or none: then what is opened is not what others find under its name.
    package var hasMoved: Bool {
        var answer: Int32 = 0
        return sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &answer) == SQLITE_OK && answer != 0
    }

    func statement(_ sql: SQL) throws(SQLiteError) -> Statement {
        guard let slot = sql.slot else { return try assembledStatement(sql) }
        if slot < statements.count, let statement = statements[slot] { return statement }
        let statement = try Statement(sql, on: handle)
        while statements.count <= slot { statements.append(nil) }
        statements[slot] = statement
        return statement
    }

    private func assembledStatement(_ sql: SQL) throws(SQLiteError) -> Statement {
        useCount += 1
        if let statement = assembled[sql.text] {
            statement.lastUse = useCount
            return statement
        }
        if assembled.count >= Database.assembledCountMax, let oldest = assembled.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            assembled[oldest.key] = nil
        }
        let statement = try Statement(sql, on: handle)
        statement.lastUse = useCount
        assembled[sql.text] = statement
        return statement
    }
}

/// A connection is used by one thread at a time; `Parked` hands it over.
@available(*, unavailable)
extension Database: Sendable {}
