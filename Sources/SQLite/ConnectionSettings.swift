/// How a connection is opened. Whatever is not named here is the same for every connection: `Database.init` sets it and reads it back.
package struct ConnectionSettings: Sendable {
    package enum Access: Sendable {
        /// Reads and writes; the file is made when it is not there.
        case create
        /// Reads and writes a file that is there.
        case readWrite
        /// Reads. Such a connection also refuses writes by itself (`query_only`) and never checkpoints.
        case readOnly
        /// Reads, and knows the CHECK constraints, which SQLite does not even parse on a connection that cannot write: what
        /// `integrity_check` needs to look for rows that break them. Refuses writes all the same.
        case inspection
        /// Writes a file that nobody else has open, without a write-ahead log beside it; a file that has one is turned back.
        case copy
    }

    package enum Synchronous: Int64, Sendable {
        /// Leaves syncing to whoever opened the file.
        case off = 0
        /// Survives the end of the process, and of the machine but for the newest commits.
        case normal = 1
        /// COMMIT returns when the write-ahead log is on disk.
        case full = 2
    }

    package var access: Access
    package var synchronous: Synchronous
    /// How long a statement waits for a lock that another connection holds.
    package var busyWithin: Duration
    /// How much of the file is read through memory maps; 0 for none. SQLite's build may allow less (2 GiB on Debian).
    package var mmapByteCount: Int64
    package var cacheKibibyteCount: Int64
    /// Whether each page is looked over when it is taken up. Read through memory maps, pages are taken up again and again: this was nearly
    /// half of a search. `integrity_check` looks at all of them.
    package var checksCells: Bool
    /// What the write-ahead log is cut down to when it starts again from its beginning.
    package var journalByteCountMax: Int64

    package init(
        access: Access, synchronous: Synchronous = .full, busyWithin: Duration = .seconds(5), mmapByteCount: Int64 = 0,
        cacheKibibyteCount: Int64 = 32 * 1024, checksCells: Bool = true, journalByteCountMax: Int64 = 64 * 1024 * 1024
    ) {
        self.access = access
        self.synchronous = synchronous
        self.busyWithin = busyWithin
        self.mmapByteCount = mmapByteCount
        self.cacheKibibyteCount = cacheKibibyteCount
        self.checksCells = checksCells
        self.journalByteCountMax = journalByteCountMax
    }
}
