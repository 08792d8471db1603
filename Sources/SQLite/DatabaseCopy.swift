import CSQLite
import Glibc

/// A copy of one database into another, page by page (sqlite.org/c3ref/backup_finish.html).
///
/// Where the source is in a read transaction all the while, the copy is of that one moment: what others commit does not make it begin
/// again, as it would for a source that is let go of between two steps.
package final class DatabaseCopy {
    private let source: Database
    private let target: Database
    private let handle: OpaquePointer

    /// - Parameters:
    ///   - source: to be left alone until the copy is finished, but for reading.
    ///   - target: another file, which nobody else has open; what it held is overwritten.
    /// - Throws: `error` where the target is in use.
    package init(of source: Database, into target: Database) throws(SQLiteError) {
        guard let handle = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw SQLiteError(code: sqlite3_errcode(target.handle), of: target.handle, context: "backup")
        }
        self.source = source
        self.target = target
        self.handle = handle
    }

    deinit {
        sqlite3_backup_finish(handle)
    }

    /// Copies some pages; true when that was all.
    ///
    /// - Throws: `full`, `ioError`, `busy`, `readOnly`; then the target is of no use.
    package func step(pageCount: Int32) throws(SQLiteError) -> Bool {
        let code = sqlite3_backup_step(handle, pageCount)
        // Neither connection knows of it before the end of the copy.
        let systemError = code == CSQLITE_IOERR_WRITE ? errno : 0
        switch code {
        case SQLITE_OK: return false
        case SQLITE_DONE: return true
        default:
            let message = sqlite3_errstr(code).map { String(cString: $0) } ?? ""
            throw SQLiteError(code: ResultCode(rawValue: code), message: message, context: "backup", systemError: systemError)
        }
    }

    /// As of the newest step.
    package var pageCount: Int { Int(sqlite3_backup_pagecount(handle)) }
}
