import Synchronization

/// What the threads of one store know of each other.
final class StoreState: Sendable {
    /// Raised after each commit: snapshots from before it are out of date.
    let generation = Atomic<UInt64>(1)
    /// The number of the newest log row.
    let sequence = Atomic<Int64>(0)
    /// How far the search index has read the log, as far as this process knows; the greatest number where there is no index.
    let indexed = Atomic<Int64>(0)
    /// False once a commit's outcome is unknown: only opening the file again tells.
    let isSound = Atomic(true)
    /// Whether the newest batch of writes could be committed, or none has been tried.
    let isWriting = Atomic(true)
}
