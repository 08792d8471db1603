import Synchronization

/// What the threads of one store know of each other.
final class StoreState: Sendable {
    /// Raised after each commit: snapshots from before it are out of date.
    let generation = Atomic<UInt64>(1)
    /// The number of the newest log row that this process knows of; it only grows.
    let sequence = Atomic<Int64>(0)
    /// The same of those that this process wrote, or found when it opened the file.
    let written = Atomic<Int64>(0)
    /// How far the search index has read the log, as far as this process knows; the greatest number where there is no index.
    let indexed = Atomic<Int64>(0)
    /// False once a commit's outcome is unknown: only opening the file again tells.
    let isSound = Atomic(true)
    /// What readers found stale.
    let staleRenderings = StaleRenderings()
    /// The newest log row when all articles were found to have fresh renderings last.
    let walkedSequence = Atomic<Int64>(0)
    /// How many have a snapshot for as long as it takes: exports, backups.
    let holderCount = Atomic(0)
    let isBackingUp = Atomic(false)
    /// Raised when the store closes, for those who look now and then.
    let isClosing = Atomic(false)
    /// Whether the newest batch of writes could be committed, or none has been tried.
    let isWriting = Atomic(true)
    let pageCache = PageCacheCounts()
}
