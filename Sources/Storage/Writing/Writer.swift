import Glibc
import Newsroom
import SQLite
import Synchronization

/// The one thread that writes. It owns the writing connection, commits in groups, and checkpoints.
final class Writer: Sendable {
    let state: StoreState
    private let queue: Monitor<WriteQueue>
    let readers: Readers
    private let batchCountMax: Int
    private let busyWithin: Duration
    let figures = WriterFigures()

    /// How often an idle writer looks whether readers hold snapshots that nobody needs.
    private static let idleTick = Duration.seconds(1)

    init(state: StoreState, readers: Readers, queueCountMax: Int, batchCountMax: Int, busyWithin: Duration) {
        self.state = state
        self.readers = readers
        self.queue = Monitor(WriteQueue(countMax: queueCountMax))
        self.batchCountMax = batchCountMax
        self.busyWithin = busyWithin
    }

    /// What the writer's thread works with: handed over once, before the thread starts.
    struct Tools {
        let database: Database
        /// Holds the write lock while `database` checkpoints.
        let lock: Database
        let receiptCountMax: Int
        let clock: @Sendable () -> Instant
        let makeULID: (Instant) -> ULID
    }

    /// Starts the thread, which makes its own tools.
    ///
    /// - Throws: what `makeTools` throws, or that there is no thread to be had.
    func start(_ makeTools: @escaping @Sendable () throws(StoreOpeningError) -> Tools) throws(StoreOpeningError) {
        let opened = Monitor<Result<Void, StoreOpeningError>?>(nil)
        let hasStarted = WorkerThread.start(name: "dateline-writer") { [self] in
            do throws(StoreOpeningError) {
                let tools = try makeTools()
                opened.change { $0 = .success(()) }
                run(tools)
            } catch {
                opened.change { $0 = .failure(error) }
            }
        }
        guard hasStarted else { throw StoreOpeningError("the system has no thread left for the writer") }
        switch opened.wait({ $0 }) {
        case .failure(let error)?: throw error
        case .success?, nil: break
        }
    }

    var queueDepth: Int { queue.access { $0.waiting.count } }

    var acceptsWrites: Bool {
        state.isSound.load(ordering: .relaxed) && state.isWriting.load(ordering: .relaxed) && !queue.access { $0.isClosing }
    }

    /// Runs work inside the next transaction. What it did is on disk on return; what it throws undoes it, and nothing else.
    func perform<Answer: Sendable>(_ work: @escaping Write<Answer>.Work) async throws(StoreError) -> Answer {
        guard state.isSound.load(ordering: .relaxed) else {
            throw .unavailable("a commit failed; the file must be opened again to know what it holds")
        }
        let watch = StoreStopwatch()
        defer { watch?.stop() }
        let outcome: Write<Answer>.Outcome = await withUnsafeContinuation { continuation in
            do throws(StoreError) {
                try queue.change { queue throws(StoreError) in try queue.add(Write(work, continuation)) }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }

    /// Takes no more writes, finishes those that wait, closes the readers, checkpoints, and closes the file.
    func close() async {
        await withUnsafeContinuation { continuation in
            if !queue.change({ $0.close(continuation) }) { continuation.resume() }
        }
    }

    private func run(_ tools: Tools) {
        let session = WriteSession(
            database: tools.database, receiptCountMax: tools.receiptCountMax, clock: tools.clock, makeULID: tools.makeULID)
        let commit = GroupCommit(session: session, figures: figures)
        var checkpoints = Checkpoints(database: tools.database, lock: tools.lock, readers: readers, figures: figures)
        try? session.lookForPublications()
        tellPublications(commit)
        var wakeAt = nextPublication(session)
        while let batch = nextBatch(until: wakeAt) {
            if batch.isEmpty {
                rest(commit)
            } else {
                perform(batch, by: commit)
                // Whoever was answered may write again. Loops that share this core go first, and what they bring shares a commit.
                sched_yield()
            }
            tellPublications(commit)
            let isAtWork = index(commit, isIdle: batch.isEmpty) || renewRenderings(commit, isIdle: batch.isEmpty)
            checkpoints.runIfDue(isIdle: queue.access { $0.waiting.isEmpty })
            state.pageCache.add(of: tools.database)
            figures.note(walPageCount: tools.database.journalPageCount)
            wakeAt = isAtWork ? .now : min(checkpoints.retryAt, nextPublication(session))
        }
        end(tools, checkpoints)
    }

    /// Makes known what was committed; false where nothing was.
    ///
    /// - Parameter changeCount: that of the database before it; nil where it is known to have written. Where all was refused, or nothing
    ///   differed, readers are as current as they were; not all that is written is in the log.
    func publish(_ commit: GroupCommit, since changeCount: Int64?) -> Bool {
        let sequence = commit.session.sequence
        // Whoever looks for other processes' rows may have seen these too.
        let isNews = state.sequence.max(sequence, ordering: .relaxed).oldValue < sequence
        guard isNews || commit.session.database.changeCount != changeCount else { return false }
        state.written.store(sequence, ordering: .relaxed)
        state.generation.wrappingAdd(1, ordering: .releasing)
        readers.watch.note(sequence)
        return true
    }

    /// Waits for writes; empty when none came for a while, nil when no more will come.
    private func nextBatch(until moment: MonotonicTime) -> [any PendingWrite]? {
        let batch = queue.wait(until: min(moment, MonotonicTime.now + Writer.idleTick)) { queue -> [any PendingWrite]?? in
            if !queue.waiting.isEmpty { return queue.takeBatch(countMax: batchCountMax) }
            return queue.isClosing ? .some(nil) : nil
        }
        switch batch {
        case .some(let batch): return batch
        case .none: return []
        }
    }

    private func perform(_ batch: [any PendingWrite], by commit: GroupCommit) {
        guard state.isSound.load(ordering: .relaxed) else {
            for write in batch { write.answer(.unavailable("a commit failed; the file must be opened again to know what it holds")) }
            return
        }
        var isWritten = false
        let changeCount = commit.session.database.changeCount
        let outcome = commit.perform(batch, until: batch[0].askedAt + busyWithin) {
            // What the search index does by itself is no batch of writes.
            figures.addBatch(of: batch.count)
            isWritten = publish(commit, since: changeCount)
        }
        switch outcome {
        case .locked:
            figures.addBusy()
            putBack(batch)
        // That nothing could be committed says nothing of whether something can.
        case .committed where !isWritten: break
        default: take(outcome)
        }
    }

    /// Another process holds the file: who has waited for as long as a write waits is told so, the others go on waiting.
    private func putBack(_ batch: [any PendingWrite]) {
        let now = MonotonicTime.now
        let waiting = batch.drop { $0.askedAt + busyWithin <= now }
        for write in batch.prefix(batch.count - waiting.count) { write.answer(.locked) }
        queue.access { $0.putBack(waiting) }
    }

    /// What an outcome says of whether writes can be taken.
    func take(_ outcome: GroupCommit.Outcome) {
        switch outcome {
        case .committed: state.isWriting.store(true, ordering: .relaxed)
        case .locked, .failed(.locked): break
        case .failed: state.isWriting.store(false, ordering: .relaxed)
        case .unknown: state.isSound.store(false, ordering: .relaxed)
        }
    }

    private func end(_ tools: Tools, _ checkpoints: Checkpoints) {
        readers.close()
        if state.isSound.load(ordering: .relaxed) { checkpoints.finish() }
        try? tools.lock.close()
        try? tools.database.close()
        for closer in queue.change({ $0.end() }) { closer.resume() }
    }
}
