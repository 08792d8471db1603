import Glibc
import Newsroom
import SQLite
import Synchronization

/// How a store is opened: look, migrate, start the threads.
struct Opening {
    let options: SQLiteNewsroomStore.Options
    let migrations: MigrationSet
    let now: @Sendable () -> Instant

    /// How long a single attempt to write waits for another process; the writer asks again until its own deadline.
    private static let busyAttempt = Duration.milliseconds(100)
    /// How long a read waits for a lock, which only somebody who opens or closes the file can hold.
    private static let busyRead = Duration.milliseconds(250)

    /// - Throws: what is in the way; a file that was made here and got nothing is gone again.
    func open(randomness: some RandomSource) throws(StoreOpeningError) -> Engine {
        let isNew = FileSystem.kind(of: options.path) == .missing
        do throws(StoreOpeningError) {
            return try openFile(randomness)
        } catch {
            if isNew { FileSystem.removeIfEmpty(options.path) }
            throw error
        }
    }

    private func openFile(_ randomness: some RandomSource) throws(StoreOpeningError) -> Engine {
        let migrator = Migrator(path: options.path, migrations: migrations)
        try checkPath()
        try look(migrator)
        let state = StoreState()
        let readers = makeReaders(state)
        let writer = Writer(
            state: state, readers: readers, queueCountMax: options.writeQueueCountMax, batchCountMax: options.batchCountMax,
            busyWithin: options.busyWithin)
        let now = now
        try writer.start { [self] () throws(StoreOpeningError) in
            let database = try connect(writing(options.busyWithin))
            try migrator.migrate(database, now: now)
            // A restore that came between the opening and the first lock has given the name to another file.
            guard !database.hasMoved else { throw StoreOpeningError("\(options.path) was replaced while it was opened; start again") }
            try fillPast(database)
            try renewDerived(database)
            var ids = ULIDGenerator(randomness: randomness)
            let newest = try newestSequence(database)
            state.sequence.store(newest, ordering: .relaxed)
            state.written.store(newest, ordering: .relaxed)
            readers.watch.note(newest)
            state.indexed.store((try? database.first(.searchState)?.sequence) ?? .max, ordering: .relaxed)
            database.busyWithin = Opening.busyAttempt
            let lock = try connect(writing(options.busyWithin))
            lock.busyWithin = .zero
            return Writer.Tools(
                database: database, lock: lock, receiptCountMax: options.receiptCountMax, clock: now, makeULID: { ids.next(at: $0) })
        }
        return Engine(path: options.path, state: state, readers: readers, writer: writer, now: now)
    }

    /// What the file system tells, in clearer words than SQLite's.
    private func checkPath() throws(StoreOpeningError) {
        let path = options.path
        let folder = FileSystem.folder(of: path)
        guard FileSystem.kind(of: folder) == .folder else {
            throw StoreOpeningError("there is no folder \(folder) for the database \(path)")
        }
        switch FileSystem.kind(of: path) {
        case .folder: throw StoreOpeningError("\(path) is a folder, not a database file")
        case .other: throw StoreOpeningError("\(path) is not a regular file")
        case .missing:
            guard FileSystem.createFile(path) else {
                throw StoreOpeningError("\(path) cannot be made: the folder \(folder) may not be written")
            }
        case .file:
            guard FileSystem.isReadable(path) else { throw StoreOpeningError("\(path) cannot be read: its permissions forbid it") }
            guard FileSystem.isWritable(path) else { throw StoreOpeningError("\(path) cannot be written: it is read-only for this user") }
            // SQLite keeps its log and its index beside the file.
            guard FileSystem.isWritable(folder) else {
                throw StoreOpeningError("\(path) cannot be written: its folder is read-only for this user")
            }
        }
    }

    /// Before anything is written: whether the file is one of ours.
    private func look(_ migrator: Migrator) throws(StoreOpeningError) {
        let database = try connect(ConnectionSettings(access: .readOnly, busyWithin: options.busyWithin))
        try migrator.inspect(database)
        try? database.close()
    }

    private func fillPast(_ database: Database) throws(StoreOpeningError) {
        do throws(SQLiteError) {
            try PastFilling(database: database).run()
            try LikenessFilling(database: database).run()
        } catch {
            throw StoreOpeningError(opening: options.path, error)
        }
    }

    /// What is worked out of other columns, and by other rules, or not at all, in a file from before.
    private func renewDerived(_ database: Database) throws(StoreOpeningError) {
        do throws(SQLiteError) {
            // A store can be opened with other migrations than the program's own.
            guard try database.first(.zoneRulesTable) != nil else { return }
            try OfficeFolding(database: database).run()
            try ZoneRenewal(database: database).run()
        } catch {
            throw StoreOpeningError(opening: options.path, error)
        }
    }

    private func newestSequence(_ database: Database) throws(StoreOpeningError) -> Int64 {
        do throws(SQLiteError) {
            return try database.first(.newestLogRow)?.sequence ?? 0
        } catch {
            throw StoreOpeningError(opening: options.path, error)
        }
    }

    /// Tries until `busyWithin` is over: where two connections would wait for each other, as when both turn to the write-ahead log, SQLite
    /// answers busy at once (sqlite.org/c3ref/busy_handler.html).
    private func connect(_ settings: ConnectionSettings) throws(StoreOpeningError) -> Database {
        let deadline = MonotonicTime.now + options.busyWithin
        while true {
            do throws(SQLiteError) {
                return try Database(path: options.path, settings: settings)
            } catch {
                guard error.code.primary == .busy, MonotonicTime.now < deadline else {
                    throw StoreOpeningError(opening: options.path, error)
                }
            }
            usleep(5_000)
        }
    }

    private func writing(_ busyWithin: Duration) -> ConnectionSettings {
        ConnectionSettings(
            access: .readWrite, synchronous: options.synchronous == .full ? .full : .normal, busyWithin: busyWithin)
    }

    private func makeReaders(_ state: StoreState) -> Readers {
        let path = options.path
        let settings = ConnectionSettings(
            access: .readOnly, busyWithin: Opening.busyRead, mmapByteCount: 1 << 40, cacheKibibyteCount: 2 * 1024,
            checksCells: false)
        let open: @Sendable () throws(SQLiteError) -> sending Database = { () throws(SQLiteError) in
            try Database(path: path, settings: settings)
        }
        return Readers(
            pool: ReaderPool(state: state, countMax: max(1, options.readerCount), queryWithin: options.queryWithin, open: open),
            longQueries: LongQueries(
                state: state, threadCountMax: max(1, options.longQueryCount), queryWithin: options.queryWithin, open: open),
            editions: Editions(state: state, now: now, open: open), watch: LogWatch(state: state, open: open), state: state)
    }
}
