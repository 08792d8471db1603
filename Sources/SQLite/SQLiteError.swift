import CSQLite
import Glibc

/// What SQLite answered instead of OK.
///
/// Neither text holds a bound value: SQLite's messages name tables, columns and syntax, and the context is a statement's first line.
package struct SQLiteError: Error, Sendable, Equatable {
    package let code: ResultCode
    /// SQLite's own words, in English; for the log. Decisions look at the code.
    package let message: String
    /// What was being done: `open`, or the first line of a statement.
    package let context: String
    /// What the system said of an I/O error (errno); nought where SQLite did not ask it.
    package let systemError: Int32

    package init(code: ResultCode, message: String, context: String, systemError: Int32 = 0) {
        self.code = code
        self.message = message
        self.context = context
        self.systemError = systemError
    }

    /// The newest error of a connection, read before anything else is asked of it.
    init(code: Int32, of handle: OpaquePointer?, context: String) {
        let known = handle.map { sqlite3_errcode($0) & 0xFF } == code & 0xFF
        let text = known ? sqlite3_errmsg(handle) : sqlite3_errstr(code)
        let systemError = known && code & 0xFF == SQLITE_IOERR ? sqlite3_system_errno(handle) : 0
        self.init(
            code: ResultCode(rawValue: code), message: text.map { String(cString: $0) } ?? "", context: context, systemError: systemError)
    }

    /// Whether a write found no room: on the disk, under the owner's quota or under the process's limit for files (setrlimit(2)). SQLite
    /// has a code of its own for the first alone; each leaves the transaction undone, and not in doubt.
    package var isOfFullDisk: Bool {
        code.primary == .full || code == .writeFailed && (systemError == EDQUOT || systemError == EFBIG)
    }

    /// A stored value that its column's type allows, but that its meaning does not.
    package static func undecodable(_ column: String) -> SQLiteError {
        SQLiteError(code: .mismatch, message: "a value that does not belong there", context: column)
    }

    package var description: String { "\(message) (SQLite \(code.rawValue)) in \(context)" }
}

/// An extended result code (sqlite.org/rescode.html).
package struct ResultCode: RawRepresentable, Sendable, Hashable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The code without its extension: `ioError` for each of the I/O errors.
    package var primary: ResultCode { ResultCode(rawValue: rawValue & 0xFF) }

    package static let error = ResultCode(rawValue: SQLITE_ERROR)
    package static let permission = ResultCode(rawValue: SQLITE_PERM)
    package static let busy = ResultCode(rawValue: SQLITE_BUSY)
    package static let locked = ResultCode(rawValue: SQLITE_LOCKED)
    package static let outOfMemory = ResultCode(rawValue: SQLITE_NOMEM)
    package static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
    package static let interrupted = ResultCode(rawValue: SQLITE_INTERRUPT)
    package static let ioError = ResultCode(rawValue: SQLITE_IOERR)
    package static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
    package static let full = ResultCode(rawValue: SQLITE_FULL)
    package static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
    package static let tooBig = ResultCode(rawValue: SQLITE_TOOBIG)
    package static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
    package static let mismatch = ResultCode(rawValue: SQLITE_MISMATCH)
    package static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)

    package static let writeFailed = ResultCode(rawValue: Int32(CSQLITE_IOERR_WRITE))
    package static let checkFailed = ResultCode(rawValue: Int32(CSQLITE_CONSTRAINT_CHECK))
    package static let foreignKeyFailed = ResultCode(rawValue: Int32(CSQLITE_CONSTRAINT_FOREIGNKEY))
    package static let notUnique = ResultCode(rawValue: Int32(CSQLITE_CONSTRAINT_UNIQUE))
    package static let wrongDatatype = ResultCode(rawValue: Int32(CSQLITE_CONSTRAINT_DATATYPE))
}
