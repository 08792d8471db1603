/// How often something had which size, for histograms.
package struct Distribution: Sendable, Equatable {
    /// The upper bounds of the buckets, inclusive and rising; behind them is one bucket more, for what is greater.
    package let bounds: [UInt64]
    /// What each bucket holds by itself.
    package private(set) var counts: [UInt64]
    package private(set) var sum: UInt64 = 0

    package init(bounds: [UInt64]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    package mutating func add(_ value: UInt64) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    package var count: UInt64 { counts.reduce(0, +) }

    /// From a tenth of a millisecond to ten seconds, in nanoseconds.
    package static var durations: Distribution {
        Distribution(bounds: [
            100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
            500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
        ])
    }
}

/// What the writer counts of its own work since the store was opened.
package struct WritingFigures: Sendable, Equatable {
    /// What a checkpoint came to.
    package enum CheckpointResult: String, Sendable, CaseIterable {
        /// All is in the file, and the log starts again.
        case emptied
        /// All is in the file, but somebody still reads from the log.
        case read
        /// Something is left, for an old snapshot's or another process's sake.
        case left
    }

    /// Writes that one commit took along.
    package var batchSizes = Distribution(bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000])
    /// Of COMMIT alone, its sync included, in nanoseconds.
    package var commits = Distribution.durations
    /// Of checkpoints, in nanoseconds: so long no write was taken up.
    package var checkpoints = Distribution.durations
    package var checkpointCounts: [CheckpointResult: UInt64] = [:]
    /// Batches that found the file locked by another process for as long as they waited.
    package var busyCount: UInt64 = 0
    /// The length of the write-ahead log, in pages, as of the newest commit or checkpoint.
    package var walPageCount = 0

    package init() {}
}

/// What the connections to the database found in their page caches, and what they had to read.
package struct PageCacheFigures: Sendable, Equatable {
    package var hitCount: UInt64
    package var missCount: UInt64

    package init(hitCount: UInt64 = 0, missCount: UInt64 = 0) {
        self.hitCount = hitCount
        self.missCount = missCount
    }
}
