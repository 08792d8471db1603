import SQLite
import Synchronization

/// All that reads: the pool for cheap reads, the threads for long ones, what says when answers are out of date, and who waits for the log.
struct Readers: Sendable {
    let pool: ReaderPool
    let longQueries: LongQueries
    let editions: Editions
    let watch: LogWatch
    let state: StoreState

    func releaseSnapshots() {
        pool.releaseSnapshots()
    }

    /// Runs something while no quick reader has a snapshot from before. False when somebody had one all the same, a long query among them.
    ///
    /// - Parameter waiting: how long quick readers are waited for; those who ask meanwhile wait too.
    func withoutSnapshots(waiting: Duration, _ body: () -> Void) -> Bool {
        pool.withoutSnapshots(waiting: waiting, body) && longQueries.isIdle
    }

    /// Whether somebody has a snapshot for as long as it takes: an export, a backup.
    var areHeld: Bool { state.holderCount.load(ordering: .acquiring) > 0 }

    func close() {
        watch.close()
        longQueries.close()
        pool.close()
        editions.close()
    }
}
