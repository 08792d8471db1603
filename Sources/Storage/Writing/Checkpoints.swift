import SQLite

/// When the write-ahead log is moved into the file, so that it stays short, and how.
///
/// Checkpoints run on the writer's connection alone: SQLite before 3.51.3 can lose commits when one connection checkpoints while another
/// commits (sqlite.org/wal.html, "The WAL-Reset Bug"). Within this process that cannot be. Against other processes a second connection
/// holds the write lock meanwhile; where that cannot be had, somebody is writing, and the checkpoint is left for later.
struct Checkpoints {
    // In pages of 4 KiB. When the log has grown by so much since the newest attempt, another is due while no write waits …
    static let pageCountPlanned = 1_000
    /// … or in any case …
    static let pageCountUrgent = 4_000
    /// … or where only readers stood in the way …
    static let pageCountAgain = 250
    /// … from this length on long queries make room for it too …
    static let pageCountMax = 8_000
    /// … and from this one on every reader is waited for to its end, which its deadline sets, while writes wait.
    static let pageCountCritical = 32_000

    /// What an attempt came to.
    private enum Outcome {
        /// All is in the file, and the next commit writes at the log's beginning again.
        case emptied
        /// All is in the file, but somebody still reads from the log.
        case read
        /// Something is left, for an old snapshot's or another process's sake.
        case left
    }

    private struct Attempt {
        var pageCount = 0
        var outcome = Outcome.emptied
        /// When what was not finished is tried again, however little is written meanwhile.
        var retryAt = MonotonicTime.distantFuture
    }

    private let database: Database
    private let lock: Database
    private let readers: Readers
    /// How long the log was at the newest attempt, and what that came to: trying again at once would do no better.
    private var attempt = Attempt()

    init(database: Database, lock: Database, readers: Readers) {
        self.database = database
        self.lock = lock
        self.readers = readers
    }

    /// When an attempt is due by time alone.
    var retryAt: MonotonicTime { attempt.retryAt }

    /// Asked after each commit, and now and then without one.
    mutating func runIfDue(isIdle: Bool) {
        let pageCount = database.journalPageCount
        // A shorter log is one that has started again from its beginning.
        if pageCount < attempt.pageCount { attempt = Attempt() }
        let added = pageCount - attempt.pageCount
        let addedMax =
            switch (attempt.outcome, isIdle) {
            case (.read, _): Checkpoints.pageCountAgain
            case (_, true): Checkpoints.pageCountPlanned
            case (_, false): Checkpoints.pageCountUrgent
            }
        if added >= addedMax || MonotonicTime.now >= attempt.retryAt { run(pageCount) }
    }

    private mutating func run(_ pageCount: Int) {
        let outcome = empty(pageCount)
        let retryAfter = Duration.milliseconds(pageCount >= Checkpoints.pageCountMax ? 100 : 1_000)
        attempt = Attempt(
            pageCount: pageCount, outcome: outcome,
            retryAt: outcome == .emptied ? .distantFuture : MonotonicTime.now + retryAfter)
    }

    /// A failed checkpoint loses nothing: all is still in the log.
    private func empty(_ pageCount: Int) -> Outcome {
        readers.releaseSnapshots()
        // The bulk goes while everybody reads on …
        guard var moved = moveUnderLock() else { return .left }
        // … and then, while nobody does for a moment, the little that they stood in the way of. Who begins to read after that reads the
        // file alone, so that the log may start again; the writer does not write meanwhile.
        let isLong = pageCount >= Checkpoints.pageCountMax
        let isFree = readers.withoutSnapshots(waiting: patience(pageCount), pausesLongQueries: isLong) {
            if !moved.isWhole, let rest = moveUnderLock() { moved = rest }
            if moved.isWhole, isLong { _ = try? database.checkpoint(.truncate) }
        }
        guard moved.isWhole else { return .left }
        return isFree ? .emptied : .read
    }

    /// How long readers are waited for.
    private func patience(_ pageCount: Int) -> Duration {
        switch pageCount {
        case ..<Checkpoints.pageCountMax: .milliseconds(10)
        case ..<Checkpoints.pageCountCritical: .milliseconds(100)
        default: .seconds(2)
        }
    }

    /// At the end, when nobody reads any more.
    func finish() {
        guard let moved = moveUnderLock(), moved.isWhole else { return }
        _ = try? database.checkpoint(.truncate)
    }

    private func moveUnderLock() -> Checkpoint? {
        do throws(SQLiteError) {
            try lock.beginWriting()
        } catch {
            return nil
        }
        defer { lock.rollback() }
        return try? database.checkpoint(.passive)
    }
}
