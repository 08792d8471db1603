internal import Synchronization

/// What one loop counts, for anybody to read.
final class LoopCounters: Sendable {
    let accepted = Counter()
    let refused = Counter()
    let acceptErrors = Counter()
    let inFlight = Counter()
    let open = Counter()
    let stalls = Counter()

    /// A count with one writer, the loop's thread: a load and a store do, where many writers would need a locked instruction.
    struct Counter: ~Copyable, Sendable {
        private let value = Atomic<Int>(0)

        var count: Int { value.load(ordering: .relaxed) }
        func add(_ step: Int) { value.store(value.load(ordering: .relaxed) &+ step, ordering: .relaxed) }
    }
}
