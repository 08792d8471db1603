import CSQLite

/// How much of the write-ahead log a checkpoint moved into the file.
package struct Checkpoint: Sendable, Equatable {
    package enum Mode: Sendable {
        /// Moves what no reader needs, and waits for nobody.
        case passive
        /// Moves all, and cuts the log to nothing; readers of old snapshots stand in its way.
        case truncate
    }

    /// Whether somebody stood in the way.
    package var isBlocked: Bool
    /// In pages; the whole log, and the part of it that is in the file now.
    package var pageCount: Int
    package var movedPageCount: Int

    package var isWhole: Bool { !isBlocked && pageCount == movedPageCount }
}

extension Database {
    /// - Throws: `ioError`, `full`. That somebody stood in the way is an outcome.
    package func checkpoint(_ mode: Checkpoint.Mode) throws(SQLiteError) -> Checkpoint {
        let sqliteMode =
            switch mode {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        var pageCount: Int32 = 0
        var movedPageCount: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(handle, nil, sqliteMode, &pageCount, &movedPageCount)
        guard code == SQLITE_OK || ResultCode(rawValue: code).primary == .busy else {
            throw SQLiteError(code: code, of: handle, context: "checkpoint")
        }
        journal.pageCount = Int(max(0, pageCount))
        return Checkpoint(isBlocked: code != SQLITE_OK, pageCount: journal.pageCount, movedPageCount: Int(max(0, movedPageCount)))
    }
}
