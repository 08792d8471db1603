import Newsroom
import SQLite
import Synchronization

/// Wakes those who wait for the log to grow.
///
/// Who waits is a continuation and nothing more. One thread, which there is from the first wait on, resumes them: when this process has
/// committed, when another one has, which is looked for while anybody waits, and when their time is over. Many are woken in turns that
/// lie apart, so that commits that come close together wake each of them once.
final class LogWatch: Sendable {
    private struct Waiter {
        let sequence: Int64
        let deadline: MonotonicTime
        let continuation: UnsafeContinuation<Int64?, Never>

        func isDue(_ newest: Int64, at now: MonotonicTime) -> Bool { newest > sequence || deadline <= now }
    }

    private struct Contents {
        /// The newest row that anybody here has seen.
        var newest: Int64 = 0
        var waiting: [Waiter] = []
        /// Whether the thread sleeps between two turns, so that there is no use in telling it.
        var isResting = false
        var hasThread = false
        var isClosed = false
    }

    private let contents = Monitor(Contents())
    private let state: StoreState
    private let open: @Sendable () throws(SQLiteError) -> sending Database

    /// How often other processes' commits are looked for: as long as a reader may keep its snapshot.
    private static let lookEvery = Duration.milliseconds(20)
    /// How long the turns lie apart, for each who was woken: several times what that costs; …
    private static let restNanosecondsPerWaiter: UInt64 = 100_000
    /// … and at the most: what a change may wait before it is told.
    private static let restNanosecondsMax: UInt64 = 25_000_000

    init(state: StoreState, open: @escaping @Sendable () throws(SQLiteError) -> sending Database) {
        self.state = state
        self.open = open
    }

    /// The newest row that is known.
    var newest: Int64 { contents.access { $0.newest } }

    /// Takes down that there is a row.
    func note(_ sequence: Int64) {
        let tells = contents.access { contents in
            guard sequence > contents.newest else { return false }
            contents.newest = sequence
            return !contents.waiting.isEmpty && !contents.isResting
        }
        if tells { contents.change { _ in } }
    }

    /// Waits until there is a row behind a number, or for as long as `duration`. The newest row that is known; nil when the store closes,
    /// or where the system has no thread left.
    func wait(after sequence: Int64, within duration: Duration) async -> Int64? {
        await withUnsafeContinuation { continuation in
            let waiter = Waiter(sequence: sequence, deadline: LogWatch.turn(after: duration), continuation: continuation)
            let refusal: Int64?? = contents.change { contents in
                if !contents.hasThread, !contents.isClosed {
                    contents.hasThread = WorkerThread.start(name: "dateline-watch") { [self] in run() }
                }
                // Without a thread nobody would come to wake it.
                guard contents.hasThread, !contents.isClosed else { return .some(nil) }
                contents.waiting.append(waiter)
                return nil
            }
            if let refusal { continuation.resume(returning: refusal) }
        }
    }

    /// The end of a wait: those of many come together.
    private static func turn(after duration: Duration) -> MonotonicTime {
        let (end, step) = ((MonotonicTime.now + duration).nanoseconds, MonotonicTime.nanoseconds(in: lookEvery))
        return MonotonicTime(nanoseconds: end - end % step).advanced(byNanoseconds: step)
    }

    private func run() {
        var watch = ForeignCommits(open: open)
        while true {
            guard contents.wait(until: .distantFuture, { $0.isClosed ? false : $0.waiting.isEmpty ? nil : true }) == true else { break }
            rest(until: turn())
            if let newest = watch.newest(), newest > self.newest {
                // Who is told reads it: no snapshot from before is kept.
                state.generation.wrappingAdd(1, ordering: .acquiringAndReleasing)
                state.sequence.max(newest, ordering: .relaxed)
                note(newest)
            }
        }
        watch.close()
        let left = contents.change { contents in
            defer { contents.waiting = [] }
            return contents.waiting
        }
        for waiter in left { waiter.continuation.resume(returning: nil) }
        contents.change { $0.hasThread = false }
    }

    /// Wakes who is due, at the latest when other processes are to be looked at. How long to rest then.
    private func turn() -> MonotonicTime {
        let looksAt = MonotonicTime.now + LogWatch.lookEvery
        let next = contents.access { contents in contents.waiting.reduce(looksAt) { min($0, $1.deadline) } }
        let due = contents.wait(until: next) { contents -> (waiters: [Waiter], newest: Int64)? in
            if contents.isClosed { return ([], contents.newest) }
            let now = MonotonicTime.now
            let due = contents.waiting.filter { $0.isDue(contents.newest, at: now) }
            guard !due.isEmpty else { return nil }
            contents.waiting.removeAll { $0.isDue(contents.newest, at: now) }
            return (due, contents.newest)
        }
        let began = MonotonicTime.now
        guard let due else { return began }
        for waiter in due.waiters { waiter.continuation.resume(returning: due.newest) }
        let length = min(UInt64(due.waiters.count) * LogWatch.restNanosecondsPerWaiter, LogWatch.restNanosecondsMax)
        return began.advanced(byNanoseconds: length)
    }

    private func rest(until moment: MonotonicTime) {
        guard MonotonicTime.now < moment else { return }
        contents.access { $0.isResting = true }
        _ = contents.wait(until: moment) { $0.isClosed ? true : nil }
        contents.access { $0.isResting = false }
    }

    /// Lets everybody go, and ends the thread.
    func close() {
        contents.change { $0.isClosed = true }
        _ = contents.wait { $0.hasThread ? nil : true }
    }
}

/// What other processes have committed, as one thread looks for it now and then.
private struct ForeignCommits {
    let open: @Sendable () throws(SQLiteError) -> sending Database
    /// Opened by the first look.
    private var database: Database?
    private var version: Int64 = 0

    init(open: @escaping @Sendable () throws(SQLiteError) -> sending Database) {
        self.open = open
    }

    /// The newest row of the log, where anything was committed since the last look; nil where nothing was, or nothing can be known.
    mutating func newest() -> Int64? {
        do throws(SQLiteError) {
            if database == nil { database = try open() }
            guard let database else { return nil }
            let version = try database.dataVersion()
            guard version != self.version else { return nil }
            self.version = version
            return try database.first(.newestLogRow)?.sequence
        } catch {
            return nil
        }
    }

    mutating func close() {
        try? database?.close()
        database = nil
    }
}
