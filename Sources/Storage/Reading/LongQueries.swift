import Newsroom
import SQLite
import Synchronization

/// The threads for queries that may take long, so that none of them stalls an event loop. Each has a connection of its own.
final class LongQueries: Sendable {
    private struct Contents {
        var waiting: [@Sendable (Result<Database, StoreError>) -> Void] = []
        var threadCount = 0
        var idleCount = 0
        /// None begins for a while.
        var isPaused = false
        var isClosed = false
    }

    private let contents = Monitor(Contents())
    private let state: StoreState
    private let threadCountMax: Int
    private let queryWithin: Duration
    private let open: @Sendable () throws(SQLiteError) -> Database

    /// How many may wait.
    private static let waitingCountMax = 256

    init(
        state: StoreState, threadCountMax: Int, queryWithin: Duration, open: @escaping @Sendable () throws(SQLiteError) -> Database
    ) {
        self.state = state
        self.threadCountMax = threadCountMax
        self.queryWithin = queryWithin
        self.open = open
    }

    /// Reads on one of the threads, in a transaction of its own, within `queryWithin`. The wait for a thread counts towards that.
    func read<Answer: Sendable>(_ body: @escaping @Sendable (Database) throws -> Answer) async throws(StoreError) -> Answer {
        try await read(within: queryWithin, body)
    }

    /// The same within another time; nil: as long as it takes.
    func read<Answer: Sendable>(
        within duration: Duration?, _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(StoreError) -> Answer {
        let watch = StoreStopwatch()
        defer { watch?.stop() }
        let outcome: Result<Answer, StoreError> = await withUnsafeContinuation { continuation in
            let deadline = duration.map { MonotonicTime.now + $0 } ?? .distantFuture
            let refusal = add { [state] opened in
                // Who has no deadline holds a snapshot for as long as it takes.
                let holds = duration == nil
                if holds { state.holderCount.add(1, ordering: .acquiringAndReleasing) }
                let outcome = opened.flatMap { database in
                    defer { state.pageCache.add(of: database) }
                    return LongQueries.run(body, on: database, until: deadline)
                }
                if holds { state.holderCount.subtract(1, ordering: .acquiringAndReleasing) }
                continuation.resume(returning: outcome)
            }
            if let refusal { continuation.resume(returning: .failure(refusal)) }
        }
        return try outcome.get()
    }

    private static func run<Answer>(
        _ body: (Database) throws -> Answer, on database: Database, until deadline: MonotonicTime
    ) -> Result<Answer, StoreError> {
        // It has waited for a thread for as long as it may take.
        guard MonotonicTime.now < deadline else { return .failure(.overloaded) }
        do {
            database.deadline = deadline
            try database.beginReading()
            let answer = try body(database)
            try database.commit()
            return .success(answer)
        } catch {
            database.rollback()
            return .failure(StoreError(any: error))
        }
    }

    private func add(_ query: @escaping @Sendable (Result<Database, StoreError>) -> Void) -> StoreError? {
        contents.change { contents in
            guard !contents.isClosed else { return .unavailable("the store is closed") }
            guard contents.waiting.count < LongQueries.waitingCountMax else { return .overloaded }
            if contents.idleCount <= contents.waiting.count, contents.threadCount < threadCountMax {
                if WorkerThread.start(name: "dateline-reader", { [self] in run() }) {
                    contents.threadCount += 1
                } else if contents.threadCount == 0 {
                    return .unavailable("the system has no thread left for a query")
                }
            }
            contents.waiting.append(query)
            return nil
        }
    }

    private func run() {
        var database: Database?
        while let query = next() {
            do throws(SQLiteError) {
                let opened: Database
                if let database { opened = database } else { opened = try open() }
                database = opened
                query(.success(opened))
            } catch {
                query(.failure(StoreError(error)))
            }
        }
        try? database?.close()
        contents.change { $0.threadCount -= 1 }
    }

    /// Waits for a query; nil when no more will come.
    private func next() -> (@Sendable (Result<Database, StoreError>) -> Void)? {
        contents.change { $0.idleCount += 1 }
        return contents.wait { contents -> (@Sendable (Result<Database, StoreError>) -> Void)?? in
            guard contents.isClosed || !contents.isPaused && !contents.waiting.isEmpty else { return nil }
            // With the query, in one step: who counts the idle must not count this thread any more.
            contents.idleCount -= 1
            return .some(contents.waiting.isEmpty ? nil : contents.waiting.removeFirst())
        } ?? nil
    }

    /// Whether none of the threads reads just now.
    var isIdle: Bool { contents.access { $0.idleCount == $0.threadCount } }

    /// Lets none begin; those that run go on.
    func pause() {
        contents.access { $0.isPaused = true }
    }

    func resume() {
        contents.change { $0.isPaused = false }
    }

    /// Answers what waits, and ends the threads.
    func close() {
        contents.change { $0.isClosed = true }
        _ = contents.wait { $0.threadCount == 0 ? true : nil }
    }
}
