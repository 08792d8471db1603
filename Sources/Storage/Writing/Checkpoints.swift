import SQLite

/// Moves the write-ahead log into the file, on the writer's connection and thread alone.
///
/// SQLite before 3.51.3, and so Debian's, can lose commits when one connection checkpoints while another commits. Within this process
/// that cannot be. Against other processes a second connection holds the write lock meanwhile; where that cannot be had, somebody is
/// writing, and the checkpoint is left for later.
struct Checkpoints {
    /// In pages of 4 KiB. From here on a checkpoint is run when no write waits …
    static let pageCountPlanned = 1_000
    /// … from here on in any case …
    static let pageCountUrgent = 4_000
    /// … and from here on long queries are held back until one was whole, and the file is cut to nothing.
    static let pageCountMax = 8_000

    private let database: Database
    private let lock: Database
    private let readers: Readers
    /// Where the log stood when the newest checkpoint could not move all of it: trying again at once would do no better.
    private var stuckPageCount = 0

    init(database: Database, lock: Database, readers: Readers) {
        self.database = database
        self.lock = lock
        self.readers = readers
    }

    /// After a commit, and now and then without one.
    mutating func runIfDue(isIdle: Bool) {
        let pageCount = database.journalPageCount
        guard pageCount >= (isIdle ? Checkpoints.pageCountPlanned : Checkpoints.pageCountUrgent) else { return }
        guard isIdle || pageCount >= stuckPageCount + Checkpoints.pageCountPlanned else { return }
        if pageCount >= Checkpoints.pageCountMax { readers.holdBackLongQueries() }
        run(truncates: pageCount >= Checkpoints.pageCountMax)
        stuckPageCount = database.journalPageCount
        if stuckPageCount < Checkpoints.pageCountMax { readers.admitLongQueries() }
    }

    /// A failed checkpoint loses nothing: all is still in the log.
    func run(truncates: Bool) {
        readers.releaseSnapshots()
        guard let moved = moveUnderLock(), moved.isWhole else { return }
        // The log starts again from its beginning once nobody reads from it: those who begin now read the file alone.
        readers.withoutSnapshots {
            if truncates { _ = try? database.checkpoint(.truncate) }
        }
    }

    private func moveUnderLock() -> Checkpoint? {
        guard (try? lock.beginWriting()) != nil else { return nil }
        defer { lock.rollback() }
        return try? database.checkpoint(.passive)
    }
}
