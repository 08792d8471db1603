import Newsroom
import SQLite
import Synchronization

/// What all connections of a store found in their page caches: each adds its own from time to time, on its own thread.
final class PageCacheCounts: Sendable {
    private let hits = Atomic<UInt64>(0)
    private let misses = Atomic<UInt64>(0)

    /// Takes over what a connection has counted since it was asked before. A fraction of a microsecond.
    func add(of database: Database) {
        let counts = database.takePageCacheCounts()
        hits.add(counts.hits, ordering: .relaxed)
        misses.add(counts.misses, ordering: .relaxed)
    }

    var figures: PageCacheFigures {
        PageCacheFigures(hitCount: hits.load(ordering: .relaxed), missCount: misses.load(ordering: .relaxed))
    }
}
