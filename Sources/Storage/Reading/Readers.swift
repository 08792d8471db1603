import SQLite

/// All that reads: the pool for cheap reads, the threads for long ones.
struct Readers: Sendable {
    let pool: ReaderPool
    let longQueries: LongQueries

    /// How long cheap reads are waited for when the write-ahead log is to start again.
    private static let pauseMax = Duration.milliseconds(10)

    func releaseSnapshots() {
        pool.releaseSnapshots()
    }

    func withoutSnapshots(_ body: () -> Void) {
        pool.withoutSnapshots(waiting: Readers.pauseMax, body)
    }

    func holdBackLongQueries() {
        longQueries.holdBack(true)
    }

    func admitLongQueries() {
        longQueries.holdBack(false)
    }

    func close() {
        longQueries.close()
        pool.close()
    }
}
