import SQLite

/// All that reads: the pool for cheap reads, the threads for long ones, and what says when answers are out of date.
struct Readers: Sendable {
    let pool: ReaderPool
    let longQueries: LongQueries
    let editions: Editions

    func releaseSnapshots() {
        pool.releaseSnapshots()
    }

    /// Runs something while nobody has a snapshot from before. False when somebody had one all the same.
    ///
    /// - Parameters:
    ///   - waiting: how long readers are waited for; those who ask meanwhile wait too.
    ///   - pausesLongQueries: whether long queries are among them; else it is only looked whether one runs.
    func withoutSnapshots(waiting: Duration, pausesLongQueries: Bool, _ body: () -> Void) -> Bool {
        guard pausesLongQueries else { return pool.withoutSnapshots(waiting: waiting, body) && longQueries.isIdle }
        var isPoolFree = false
        let isIdle = longQueries.withoutQueries(waiting: waiting) {
            isPoolFree = pool.withoutSnapshots(waiting: waiting, body)
        }
        return isPoolFree && isIdle
    }

    func close() {
        longQueries.close()
        pool.close()
        editions.close()
    }
}
