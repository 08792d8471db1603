import CSQLite

extension Database {
    /// How many pages were found in the connection's cache, and how many had to be read, since this was asked before
    /// (sqlite.org/c3ref/c_dbstatus_options.html). Pages that are read through the memory map are in neither.
    package func takePageCacheCounts() -> (hits: UInt64, misses: UInt64) {
        (hits: takeCount(SQLITE_DBSTATUS_CACHE_HIT), misses: takeCount(SQLITE_DBSTATUS_CACHE_MISS))
    }

    /// The counts wrap at 32 bits, which nobody comes near between two questions.
    private func takeCount(_ option: Int32) -> UInt64 {
        var count: Int32 = 0
        var highest: Int32 = 0
        guard sqlite3_db_status(handle, option, &count, &highest, 1) == SQLITE_OK else { return 0 }
        return UInt64(UInt32(bitPattern: count))
    }
}
