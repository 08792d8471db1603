import Newsroom
import SQLite
import Synchronization

/// The connections for cheap reads, which run on the thread that asks.
final class ReaderPool: Sendable {
    private struct Contents {
        var idle: [Reader] = []
        var takenCount = 0
        /// Nobody may take one for a moment.
        var isPaused = false
        var isClosed = false
    }

    private let contents = Monitor(Contents())
    private let state: StoreState
    private let countMax: Int
    private let queryNanoseconds: UInt64
    private let open: @Sendable () throws(SQLiteError) -> sending Database

    init(
        state: StoreState, countMax: Int, queryWithin: Duration, open: @escaping @Sendable () throws(SQLiteError) -> sending Database
    ) {
        self.state = state
        self.countMax = countMax
        queryNanoseconds = MonotonicTime.nanoseconds(in: queryWithin)
        self.open = open
    }

    /// Reads on this thread, from a snapshot that holds every commit that was answered before.
    func read<Answer>(_ body: (Database) throws -> Answer) throws(StoreError) -> Answer {
        try read { database, _ in try body(database) }
    }

    /// The same, with what the reader knows of how articles are shown.
    func read<Answer>(_ body: (Database, Showing) throws -> Answer) throws(StoreError) -> Answer {
        let now = MonotonicTime.recently
        let watch = StoreStopwatch()
        defer { watch?.stop() }
        let deadline = now.advanced(byNanoseconds: queryNanoseconds)
        let reader = try take(until: deadline)
        let database = reader.take()
        defer {
            reader.park()
            give(reader)
        }
        do {
            database.deadline = deadline
            // The generation first: a commit between the two makes the snapshot newer than its mark, which does no harm.
            let isNew = try reader.renewSnapshot(of: database, state.generation.load(ordering: .acquiring), at: now)
            if isNew { state.pageCache.add(of: database) }
            return try body(database, reader.showing)
        } catch {
            // What SQLite itself stumbled over may have ended the transaction.
            if error is SQLiteError { try? reader.releaseSnapshot(of: database) }
            throw StoreError(any: error)
        }
    }

    private enum Taken {
        case reader(Reader), room, closed
    }

    private func take(until deadline: MonotonicTime) throws(StoreError) -> Reader {
        let taken = contents.wait(until: deadline) { contents -> Taken? in
            if contents.isClosed { return .closed }
            if contents.isPaused { return nil }
            if let reader = contents.idle.popLast() {
                contents.takenCount += 1
                return .reader(reader)
            }
            guard contents.takenCount < countMax else { return nil }
            contents.takenCount += 1
            return .room
        }
        switch taken {
        case .reader(let reader)?: return reader
        case .closed?: throw .unavailable("the store is closed")
        case nil: throw .overloaded
        case .room?:
            do throws(SQLiteError) {
                return Reader(Parked(try open()), Showing(reporting: state.staleRenderings))
            } catch {
                contents.change { $0.takenCount -= 1 }
                throw StoreError(error)
            }
        }
    }

    private func give(_ reader: Reader) {
        contents.change { contents in
            contents.takenCount -= 1
            contents.idle.append(reader)
        }
    }

    /// Lets go of the snapshots of readers that nobody uses.
    func releaseSnapshots() {
        contents.access { contents in
            for reader in contents.idle { reader.releaseSnapshot() }
        }
    }

    /// Runs something while no reader of the pool has a snapshot; those who ask meanwhile wait. Where a reader does not come back within
    /// the time, it runs beside that one, and the answer is false.
    func withoutSnapshots(waiting: Duration, _ body: () -> Void) -> Bool {
        contents.access { $0.isPaused = true }
        let isFree = contents.wait(until: MonotonicTime.now + waiting) { $0.takenCount == 0 ? true : nil } ?? false
        releaseSnapshots()
        body()
        contents.change { $0.isPaused = false }
        return isFree
    }

    /// Closes all connections, after the reads that run.
    func close() {
        contents.change { $0.isClosed = true }
        let idle = contents.wait { contents -> [Reader]? in
            guard contents.takenCount == 0 else { return nil }
            defer { contents.idle = [] }
            return contents.idle
        }
        for reader in idle ?? [] { reader.close() }
    }
}
