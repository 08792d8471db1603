import Newsroom
import SQLite

extension StoreError {
    /// What a failure of SQLite means to whoever asked the store.
    init(_ error: SQLiteError) {
        switch error.code.primary {
        case .interrupted: self = .deadline
        case .busy, .locked: self = .locked
        case _ where error.isOfFullDisk: self = .diskFull
        default: self = .unavailable(error.description)
        }
    }

    /// Of the errors that the work inside a transaction ends with: the store's own, or SQLite's.
    init(any error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as SQLiteError: self = StoreError(error)
        default: self = .unavailable(String(describing: error))
        }
    }
}

extension StoreOpeningError {
    /// A failure of SQLite, told of the file that it happened to.
    init(opening path: String, _ error: SQLiteError) {
        switch error.code.primary {
        case .notADatabase: self.init("\(path) is not a database, or it is encrypted")
        case .busy, .locked: self.init("\(path) is locked by another process")
        case .readOnly: self.init("\(path) cannot be written: the file or its folder is read-only")
        case .corrupt: self.init("\(path) is damaged: \(error.description)")
        case _ where error.isOfFullDisk: self.init("there is no room left on the disk of \(path)")
        default: self.init("\(path) cannot be opened: \(error.description)")
        }
    }
}
