import Locks
import Newsroom
import SQLite

/// Where the writer's thread counts and others look. Once a batch, not once a write, so that a lock costs nothing that shows.
final class WriterFigures: Sendable {
    private let figures = Lock(WritingFigures())

    var current: WritingFigures { figures.withLock { $0 } }

    func addBatch(of count: Int) {
        figures.withLock { $0.batchSizes.add(UInt64(count)) }
    }

    func addCommit(since start: MonotonicTime) {
        let taken = MonotonicTime.now.nanoseconds - start.nanoseconds
        figures.withLock { $0.commits.add(taken) }
    }

    func addBusy() {
        figures.withLock { $0.busyCount += 1 }
    }

    func note(walPageCount: Int) {
        figures.withLock { $0.walPageCount = walPageCount }
    }

    func addCheckpoint(_ result: WritingFigures.CheckpointResult, since start: MonotonicTime) {
        let taken = MonotonicTime.now.nanoseconds - start.nanoseconds
        figures.withLock {
            $0.checkpoints.add(taken)
            $0.checkpointCounts[result, default: 0] += 1
        }
    }
}
