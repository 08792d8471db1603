import Newsroom
import SQLite

/// When the write-ahead log is moved into the file, so that it stays short, and how.
///
/// Checkpoints run on the writer's connection alone: SQLite before 3.51.3 can lose commits when one connection checkpoints while another
/// commits (sqlite.org/wal.html, "The WAL-Reset Bug"). Within this process that cannot be. Against other processes a second connection
/// holds the write lock meanwhile; where that cannot be had, somebody is writing, and the checkpoint is left for later.
///
/// The writer never waits for a long query: where those keep the log from starting again, none begins any more, writes go on, and once
/// the last has ended the log is emptied in a moment.
struct Checkpoints {
    // In pages of 4 KiB. When the log has grown by so much since the newest attempt, another is due while no write waits …
    static let pageCountPlanned = 1_000
    /// … or in any case …
    static let pageCountUrgent = 4_000
    /// … or where only readers stood in the way …
    static let pageCountAgain = 250
    /// … and from this length on long queries make room for it too.
    static let pageCountMax = 8_000

    /// How long long queries are waited for, while none begins; each has a deadline, which is shorter unless it was set otherwise.
    private static let clearingWithin = Duration.seconds(5)
    /// How long they are left alone after that was in vain: then it is not they who keep the log.
    private static let clearingPause = Duration.seconds(10)

    private typealias Outcome = WritingFigures.CheckpointResult

    private struct Attempt {
        var pageCount = 0
        var outcome = Outcome.emptied
        /// When what was not finished is tried again, however little is written meanwhile.
        var retryAt = MonotonicTime.distantFuture
    }

    private let database: Database
    private let lock: Database
    private let readers: Readers
    private let figures: WriterFigures
    /// How long the log was at the newest attempt, and what that came to: trying again at once would do no better.
    private var attempt = Attempt()
    /// Until when long queries are waited for; nil: they run as they come.
    private var clearsUntil: MonotonicTime?
    /// From when on they may be held back again.
    private var mayClearAt = MonotonicTime(nanoseconds: 0)

    init(database: Database, lock: Database, readers: Readers, figures: WriterFigures) {
        self.database = database
        self.lock = lock
        self.readers = readers
        self.figures = figures
    }

    /// When an attempt is due by time alone.
    var retryAt: MonotonicTime { attempt.retryAt }

    /// Asked after each commit, and now and then without one.
    mutating func runIfDue(isIdle: Bool) {
        let pageCount = database.journalPageCount
        if let clearsUntil {
            let now = MonotonicTime.now
            if readers.longQueries.isIdle || now >= clearsUntil {
                run(pageCount)
            } else if now >= attempt.retryAt {
                attempt.retryAt = now + .milliseconds(10)
            }
            return
        }
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
        let start = MonotonicTime.now
        let outcome = empty(pageCount)
        figures.addCheckpoint(outcome, since: start)
        let now = MonotonicTime.now
        let retryAfter = Duration.milliseconds(pageCount >= Checkpoints.pageCountMax ? 100 : 1_000)
        attempt = Attempt(
            pageCount: pageCount, outcome: outcome, retryAt: outcome == .emptied ? .distantFuture : now + retryAfter)
        if clearsUntil != nil {
            clearsUntil = nil
            readers.longQueries.resume()
            if outcome != .emptied { mayClearAt = now + Checkpoints.clearingPause }
        } else if outcome != .emptied, pageCount >= Checkpoints.pageCountMax, now >= mayClearAt, !readers.areHeld,
            !readers.longQueries.isIdle
        {
            readers.longQueries.pause()
            clearsUntil = now + Checkpoints.clearingWithin
            attempt.retryAt = now + .milliseconds(10)
        }
    }

    /// A failed checkpoint loses nothing: all is still in the log.
    private func empty(_ pageCount: Int) -> Outcome {
        readers.releaseSnapshots()
        // The bulk goes while everybody reads on …
        guard var moved = moveUnderLock() else { return .left }
        // Whoever has a snapshot for as long as it takes, an export or a backup, is not to be waited for.
        if readers.areHeld, !moved.isWhole { return .left }
        // … and then, while nobody does for a moment, the little that they stood in the way of. Who begins to read after that reads the
        // file alone, so that the log may start again; the writer does not write meanwhile.
        let isLong = pageCount >= Checkpoints.pageCountMax
        let patience = Duration.milliseconds(isLong ? 100 : 10)
        var isCut = false
        let isFree = readers.withoutSnapshots(waiting: patience) {
            if !moved.isWhole, let rest = moveUnderLock() { moved = rest }
            if moved.isWhole, isLong { isCut = (try? database.checkpoint(.truncate))?.isBlocked == false }
        }
        guard moved.isWhole else { return .left }
        return isFree || isCut ? .emptied : .read
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
