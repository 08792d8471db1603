import CSQLite

extension Database {
    /// Whether a transaction is open. SQLite itself ends one on some errors: a full disk, an I/O error, no memory.
    package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// A transaction for reading: its snapshot is taken by its first statement.
    package func beginReading() throws(SQLiteError) {
        try run(.begin)
    }

    /// A transaction for writing, which takes the one write lock at once: begun as a reader it could not wait for it later.
    ///
    /// - Throws: `busy` when another connection has held the lock for as long as the connection waits.
    package func beginWriting() throws(SQLiteError) {
        try run(.beginImmediate)
    }

    /// The same, with attempts until a deadline: each waits no longer than the connection's busy timeout.
    package func beginWriting(until deadline: MonotonicTime) throws(SQLiteError) {
        while true {
            do throws(SQLiteError) {
                return try beginWriting()
            } catch {
                guard error.code.primary == .busy, MonotonicTime.now < deadline else { throw error }
            }
        }
    }

    /// Ends a transaction with its changes. After an error they may be on disk or not, and the transaction may be open still.
    package func commit() throws(SQLiteError) {
        try run(.commit)
    }

    /// Ends a transaction without its changes. Where SQLite has ended it already, nothing is left to do.
    package func rollback() {
        guard isInTransaction else { return }
        try? run(.rollback)
    }

    /// Marks the place that `rollbackToSavepoint` goes back to. Savepoints nest; outside a transaction one begins a transaction.
    package func setSavepoint() throws(SQLiteError) {
        try run(.savepoint)
    }

    /// Forgets the innermost savepoint and keeps what was done since. Throws `error` when there is none.
    package func releaseSavepoint() throws(SQLiteError) {
        try run(.release)
    }

    /// Undoes what was done since the savepoint, and forgets it.
    package func rollbackToSavepoint() throws(SQLiteError) {
        try run(.rollbackTo)
        try run(.release)
    }
}

extension Database {
    /// How long a statement waits for a lock that another connection holds.
    package var busyWithin: Duration {
        get { stopwatch.busyWithin }
        set {
            stopwatch.busyWithin = newValue
            sqlite3_busy_timeout(handle, Int32(clamping: newValue.milliseconds))
        }
    }
}

extension SQL {
    fileprivate static let begin = SQL("BEGIN")
    fileprivate static let beginImmediate = SQL("BEGIN IMMEDIATE")
    fileprivate static let commit = SQL("COMMIT")
    fileprivate static let rollback = SQL("ROLLBACK")
    fileprivate static let savepoint = SQL("SAVEPOINT inner")
    fileprivate static let release = SQL("RELEASE inner")
    fileprivate static let rollbackTo = SQL("ROLLBACK TO inner")
}
