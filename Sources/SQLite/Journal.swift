import CSQLite

/// How long the write-ahead log is, which SQLite tells after each commit of a connection.
final class Journal {
    var pageCount = 0

    /// The connection does not outlive its owner, which keeps the journal: the unretained pointer stays good.
    func watch(_ handle: OpaquePointer) {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pageCount in
                if let context { Unmanaged<Journal>.fromOpaque(context).takeUnretainedValue().pageCount = Int(pageCount) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}

extension Database {
    /// The length of the write-ahead log in pages, as of this connection's newest commit or checkpoint.
    package var journalPageCount: Int { journal.pageCount }
}
