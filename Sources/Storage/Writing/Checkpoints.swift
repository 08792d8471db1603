import SQLite

/// Moves the write-ahead log into the file, on the writer's connection and thread alone.
///
/// SQLite before 3.51.3, and so Debian's, can lose commits when one connection checkpoints while another commits. Within this process
/// that cannot be. Against other processes a second connection holds the write lock meanwhile; where that cannot be had, somebody is
/// writing, and the checkpoint is left for later.
struct Checkpoints {
    // In pages of 4 KiB. When the log has grown by so much since the newest attempt, another is due while no write waits …
    static let pageCountPlanned = 1_000
    /// … or in any case …
    static let pageCountUrgent = 4_000
    /// … or where only readers stood in the way …
    static let pageCountAgain = 250
    /// … and from this length on readers have to wait for it: long queries until one was whole, the others for a moment.
    static let pageCountMax = 8_000

    /// When it is asked whether a checkpoint is due.
    enum Occasion {
        /// After a commit, with writes waiting.
        case busy
        /// After a commit, with none waiting.
        case idle
        /// When there was nothing to write for a while.
        case tick
    }

    /// What an attempt came to.
    private enum Outcome {
        /// All is in the file, and the next commit writes at the log's beginning again.
        case emptied
        /// All is in the file, but somebody still reads from the log.
        case read
        /// Something is left, for an old snapshot's or another process's sake.
        case left
    }

    private let database: Database
    private let lock: Database
    private let readers: Readers
    /// How long the log was at the newest attempt, and what that came to: trying again at once would do no better.
    private var attempt = (pageCount: 0, outcome: Outcome.emptied)

    init(database: Database, lock: Database, readers: Readers) {
        self.database = database
        self.lock = lock
        self.readers = readers
    }

    mutating func runIfDue(_ occasion: Occasion) {
        let pageCount = database.journalPageCount
        // A shorter log is one that has started again from its beginning.
        if pageCount < attempt.pageCount { attempt = (0, .emptied) }
        let added = pageCount - attempt.pageCount
        let isDue =
            switch occasion {
            case .busy: added >= (attempt.outcome == .read ? Checkpoints.pageCountAgain : Checkpoints.pageCountUrgent)
            case .idle: added >= (attempt.outcome == .read ? Checkpoints.pageCountAgain : Checkpoints.pageCountPlanned)
            case .tick: added >= Checkpoints.pageCountPlanned || attempt.outcome != .emptied
            }
        if isDue { run(pageCount) }
    }

    private mutating func run(_ pageCount: Int) {
        let isLong = pageCount >= Checkpoints.pageCountMax
        if isLong { readers.holdBackLongQueries() }
        attempt = (pageCount, empty(isLong: isLong))
        if attempt.outcome != .left { readers.admitLongQueries() }
    }

    /// A failed checkpoint loses nothing: all is still in the log.
    private func empty(isLong: Bool) -> Outcome {
        readers.releaseSnapshots()
        // The bulk goes while everybody reads on …
        guard var moved = moveUnderLock() else { return .left }
        // … and then, while nobody does for a moment, the little that they stood in the way of. Who begins to read after that reads the
        // file alone, so that the log may start again; the writer does not write meanwhile.
        let isFree = readers.withoutSnapshots(isUrgent: isLong) {
            if !moved.isWhole, let rest = moveUnderLock() { moved = rest }
            if moved.isWhole, isLong { _ = try? database.checkpoint(.truncate) }
        }
        guard moved.isWhole else { return .left }
        return isFree ? .emptied : .read
    }

    /// At the end, when nobody reads any more.
    func finish() {
        guard let moved = moveUnderLock(), moved.isWhole else { return }
        _ = try? database.checkpoint(.truncate)
    }

    private func moveUnderLock() -> Checkpoint? {
        guard (try? lock.beginWriting()) != nil else { return nil }
        defer { lock.rollback() }
        return try? database.checkpoint(.passive)
    }
}
