import SQLite

/// All that reads: the pool for cheap reads, the threads for long ones.
struct Readers: Sendable {
    let pool: ReaderPool
    let longQueries: LongQueries

    /// How long cheap reads are waited for when the write-ahead log is to start again, and when it has become long.
    private static let pauseMax = Duration.milliseconds(10)
    private static let urgentPauseMax = Duration.milliseconds(100)

    func releaseSnapshots() {
        pool.releaseSnapshots()
    }

    /// Runs something while nobody has a snapshot from before. False when somebody had one all the same.
    func withoutSnapshots(isUrgent: Bool, _ body: () -> Void) -> Bool {
        let isPoolFree = pool.withoutSnapshots(waiting: isUrgent ? Readers.urgentPauseMax : Readers.pauseMax, body)
        return isPoolFree && longQueries.isIdle
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
