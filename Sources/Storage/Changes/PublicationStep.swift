import Newsroom
import SQLite

/// A write that nobody waits for and that writes nothing itself: what has become public by the clock is told of before any write.
final class PublicationStep: PendingWrite {
    let askedAt = MonotonicTime.now

    func perform(in session: WriteSession) {}

    func answer(_ failure: StoreError?) {}
}
