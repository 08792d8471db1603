package import Newsroom
import SQLite
import Synchronization

/// `NewsroomStore` on one SQLite file.
///
/// Cheap reads run on the thread that asks, with a connection from a pool; what may take long runs on threads of its own; one thread
/// writes. Whoever has an answer to a write finds it in every read that begins afterwards.
package final class SQLiteNewsroomStore: NewsroomStore {
    package struct Options: Sendable {
        package var path: String
        /// How many cheap reads run at once; each has a connection.
        package var readerCount: Int
        /// How many queries that may take long run at once; each has a thread and a connection.
        package var longQueryCount: Int
        /// How long a query may take.
        package var queryWithin: Duration
        /// How many writes may wait.
        package var writeQueueCountMax: Int
        /// How many writes one commit takes along.
        package var batchCountMax: Int
        /// How many answers are kept for idempotency keys.
        package var receiptCountMax: Int
        package var synchronous: Synchronous
        /// How long a write waits while another process holds the file.
        package var busyWithin: Duration

        package enum Synchronous: Sendable {
            /// What is answered is on disk.
            case full
            /// What is answered survives the end of the process, but perhaps not that of the machine.
            case normal
        }

        package init(
            path: String, readerCount: Int = 8, longQueryCount: Int = 2, queryWithin: Duration = .seconds(2),
            writeQueueCountMax: Int = 10_000, batchCountMax: Int = 1_000, receiptCountMax: Int = 1_000_000,
            synchronous: Synchronous = .full, busyWithin: Duration = .seconds(5)
        ) {
            self.path = path
            self.readerCount = readerCount
            self.longQueryCount = longQueryCount
            self.queryWithin = queryWithin
            self.writeQueueCountMax = writeQueueCountMax
            self.batchCountMax = batchCountMax
            self.receiptCountMax = receiptCountMax
            self.synchronous = synchronous
            self.busyWithin = busyWithin
        }
    }

    package let articles: any ResourceStore<Article>
    package let people: any ResourceStore<Person>
    package let organizations: any ResourceStore<Organization>
    package let events: any ResourceStore<Event>
    package let statements: any ResourceStore<Statement>
    package let sources: any SourceStore
    package let conflicts: any ConflictStore
    package let tokens: any TokenStore
    package let webhooks: any WebhookStore
    let engine: Engine

    init(_ engine: Engine) {
        self.engine = engine
        articles = SQLiteResourceStore<Article>(engine)
        people = SQLiteResourceStore<Person>(engine)
        organizations = SQLiteResourceStore<Organization>(engine)
        events = SQLiteResourceStore<Event>(engine)
        statements = SQLiteResourceStore<Statement>(engine)
        sources = SQLiteSourceStore(engine: engine)
        conflicts = SQLiteConflictStore(engine: engine)
        tokens = SQLiteTokenStore(engine)
        webhooks = SQLiteWebhookStore(engine)
    }

    /// Opens a file, makes it where there is none, and brings its tables up to date.
    ///
    /// - Parameter migrations: the program's own where none are given.
    /// - Throws: one line that says what is in the way; then the file is as it was.
    package static func open(
        _ options: Options, migrations: MigrationSet? = nil, now: @escaping @Sendable () -> Instant,
        randomness: some RandomSource = BufferedRandomSource()
    ) throws(StoreOpeningError) -> SQLiteNewsroomStore {
        let known = if let migrations { migrations } else { try MigrationSet.embedded() }
        return SQLiteNewsroomStore(try Opening(options: options, migrations: known, now: now).open(randomness: randomness))
    }

    package func importRows(
        _ rows: [ImportRow], by actor: Actor, _ rules: ImportRules
    ) async throws(StoreError) -> [ImportOutcome] {
        try await engine.writer.perform { session in try session.importRows(rows, by: actor, rules) }
    }

    package func related(
        _ ids: RelatedIDs, asOf instant: Instant?, as viewer: Viewer, byteCountMax: Int
    ) async throws(StoreError) -> Related {
        let now = engine.now()
        if let instant, instant > now { throw .aheadOfTime }
        let reading = RelatedReading(ids: ids, instant: instant, viewer: viewer, now: now, byteCountMax: byteCountMax)
        guard reading.isCheap else {
            return try await engine.readers.longQueries.read { database in try reading.read(from: database) }
        }
        return try engine.readers.pool.read { database in try reading.read(from: database) }
    }

    package func causes(
        _ direction: CauseChain.Direction, of key: ResourceKey<Event>, as viewer: Viewer
    ) async throws(StoreError) -> CauseChain {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            guard let stored = try Event.stored(key, in: database) else {
                throw try Event.absence(of: key, to: viewer, at: now, in: database)
            }
            var chain = try CauseGraph(database).chain(direction, of: stored.resource.record.id)
            chain.captions = chain.captions.seen(by: viewer, at: now)
            return chain
        }
    }

    package func quotes(of key: ResourceKey<Article>, as viewer: Viewer) async throws(StoreError) -> ArticleQuotes {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            guard let stored = try Article.stored(key, in: database), Article.isVisible(stored.resource, to: viewer, at: now) else {
                throw try Article.absence(of: key, to: viewer, at: now, in: database)
            }
            return try ArticleQuotes.read(of: stored, from: database)
        }
    }

    package func newestSequence() async throws(StoreError) -> Int64 {
        try engine.readers.pool.read { database in try database.first(.newestLogRow)?.sequence ?? 0 }
    }

    package func snapshot<Answer: Sendable, Failure: Error>(
        _ body: @escaping @Sendable (any NewsroomSnapshot) throws(Failure) -> Answer
    ) async throws(StoreError) -> Result<Answer, Failure> {
        let now = engine.now()
        return try await engine.readers.longQueries.read(within: nil) { database in
            let snapshot = SQLiteSnapshot(database: database, now: now)
            do throws(Failure) {
                return .success(try body(snapshot))
            } catch {
                return .failure(error)
            }
        }
    }

    package var edition: Edition { engine.readers.editions.current }

    package var statistics: StoreStatistics {
        StoreStatistics(
            writeQueueDepth: engine.writer.queueDepth, databaseByteCount: FileSystem.byteCount(of: engine.path),
            walByteCount: FileSystem.byteCount(of: engine.path + "-wal"), sequence: engine.state.sequence.load(ordering: .relaxed),
            isSound: engine.state.isSound.load(ordering: .relaxed), acceptsWrites: engine.writer.acceptsWrites,
            indexedSequence: engine.state.indexedSequence, writing: engine.writer.figures.current,
            pageCache: engine.state.pageCache.figures)
    }

    package func close() async {
        await endBackup()
        await engine.writer.close()
    }
}

/// What the stores of the kinds share.
struct Engine: Sendable {
    let path: String
    let state: StoreState
    let readers: Readers
    let writer: Writer
    let now: @Sendable () -> Instant
}
