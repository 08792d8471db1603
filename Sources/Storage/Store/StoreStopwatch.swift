import Newsroom
import SQLite

/// Measures one call of the store for the task that makes it, if somebody wants to know; nil if nobody does.
struct StoreStopwatch {
    private let watch: StoreWatch
    private let start = MonotonicTime.now

    init?() {
        guard let watch = StoreWatch.current else { return nil }
        self.watch = watch
    }

    func stop() {
        watch.add(nanoseconds: MonotonicTime.now.nanoseconds - start.nanoseconds)
    }
}
