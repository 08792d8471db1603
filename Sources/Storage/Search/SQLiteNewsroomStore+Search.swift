package import Newsroom
import SQLite
import Synchronization

extension SQLiteNewsroomStore {
    package func search(_ query: SearchQuery, as viewer: Viewer) async throws(StoreError) -> SearchPage {
        let wanted = await engine.bringIndex()
        let now = engine.now()
        var page = try await engine.readers.longQueries.read { database in
            try Searcher(database, viewer: viewer, now: now).page(query)
        }
        page.isIndexComplete = page.sequence >= wanted
        return page
    }

    package func suggestions(_ text: String, limit: Int, as viewer: Viewer) async throws(StoreError) -> [Suggestion] {
        _ = await engine.bringIndex()
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            try Searcher(database, viewer: viewer, now: now).suggestions(text, limit: limit)
        }
    }

    /// Makes the index anew from the log, in transactions of bounded size. The number of the newest row that it holds.
    package func rebuildSearch() async throws(StoreError) -> Int64 {
        try await engine.writer.perform { session in try session.search.reset(session.database) }
        engine.state.indexed.store(0, ordering: .relaxed)
        let reached = try await readOn()
        try await mergeAll(isEager: true)
        return reached
    }

    /// Brings the index up to the log, in transactions of bounded size: for whoever wrote much and leaves, so that nobody who comes next
    /// has to.
    package func completeSearch() async throws(StoreError) {
        _ = try await readOn()
        try await mergeAll(isEager: false)
    }

    private func readOn() async throws(StoreError) -> Int64 {
        while true {
            let (reached, newest) = try await engine.writer.perform { session in
                (try session.search.step(session.database, rowCountMax: 1_024), session.sequence)
            }
            engine.state.raiseIndexed(to: reached)
            if reached == newest { return reached }
        }
    }

    private func mergeAll(isEager: Bool) async throws(StoreError) {
        var hasMore = true
        while hasMore {
            hasMore = try await engine.writer.perform { session in
                try session.search.merge(session.database, isIdle: isEager)
                return session.search.isFragmented
            }
        }
    }
}

extension Engine {
    /// Brings the index up to the newest row that this process wrote, within bounds: what is far behind comes up in the background, and
    /// what cannot be written now does not keep anybody from searching. Rows of another process are not waited for, since that may hold
    /// the file: the writer indexes them when it rests.
    ///
    /// - Returns: the number of the newest row of all.
    func bringIndex() async -> Int64 {
        let newest = try? readers.pool.read { database throws(SQLiteError) in try database.first(.newestLogRow)?.sequence }
        let known = state.sequence.max(newest.flatMap { $0 } ?? 0, ordering: .relaxed).newValue
        let wanted = state.written.load(ordering: .relaxed)
        for _ in 0..<Engine.stepCountMax {
            let behind = wanted - state.indexed.load(ordering: .relaxed)
            guard behind > 0, behind <= Engine.behindCountMax else { break }
            let reached = try? await writer.perform { session in try session.search.step(session.database, rowCountMax: 1_024) }
            guard let reached else { break }
            state.raiseIndexed(to: reached)
        }
        return known
    }

    /// More than this is not waited for.
    private static let behindCountMax: Int64 = 4_096
    private static let stepCountMax = 6
}

extension StoreState {
    /// Answers come in any order; the index only goes forward.
    func raiseIndexed(to sequence: Int64) {
        var known = indexed.load(ordering: .relaxed)
        while known < sequence {
            let (isExchanged, original) = indexed.compareExchange(expected: known, desired: sequence, ordering: .relaxed)
            guard !isExchanged else { return }
            known = original
        }
    }

    /// How far the index has come, for metrics; 0 where there is none.
    var indexedSequence: Int64 {
        let sequence = indexed.load(ordering: .relaxed)
        return sequence == .max ? 0 : sequence
    }
}
