internal import Synchronization

/// Adds up how long a task waits for the store, for whoever asks what an answer was waiting for.
///
/// A store adds to the one of the task that calls it; without one, which is the rule, it measures nothing.
package final class StoreWatch: Sendable {
    @TaskLocal package static var current: StoreWatch?

    private let sum = Atomic<UInt64>(0)

    package init() {}

    package func add(nanoseconds: UInt64) {
        sum.add(nanoseconds, ordering: .relaxed)
    }

    package var nanoseconds: UInt64 { sum.load(ordering: .relaxed) }
}
