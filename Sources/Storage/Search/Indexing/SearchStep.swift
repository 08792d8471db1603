import Newsroom
import SQLite
import Synchronization

/// Some of the index's work as a write that nobody waits for.
///
/// `@unchecked Sendable` is sound because the writer's thread makes it, performs it and looks at it.
final class SearchStep: PendingWrite, @unchecked Sendable {
    let askedAt = MonotonicTime.now
    /// How far the index has come, once it is done.
    private(set) var reached: Int64 = 0
    /// Whether it was done and is on disk.
    private(set) var isDone = false
    private let work: Work

    private enum Work {
        case rows(Int)
        case merging(isIdle: Bool)
    }

    /// How far the index may lie behind before its work goes before that of writers: many documents at once cost a third of what they cost
    /// one by one, and a search brings the index up to date by itself.
    private static let behindCountMax: Int64 = 2_048
    /// Of one step, which a write that comes meanwhile waits for.
    private static let rowCount = 512

    private init(_ work: Work) {
        self.work = work
    }

    /// What is to be done now; nil for nothing.
    static func due(_ state: StoreState, _ indexer: SearchIndexer, isIdle: Bool) -> SearchStep? {
        let indexed = state.indexed.load(ordering: .relaxed)
        guard indexed != .max else { return nil }
        let behind = state.sequence.load(ordering: .relaxed) - indexed
        // Beside writers in turns with reading on; else until searches are quick again.
        if indexer.isCrowded, isIdle || !indexer.hasMerged { return SearchStep(.merging(isIdle: false)) }
        if behind > 0 { return isIdle || behind >= behindCountMax ? SearchStep(.rows(rowCount)) : nil }
        return isIdle && indexer.isFragmented ? SearchStep(.merging(isIdle: true)) : nil
    }

    func perform(in session: WriteSession) throws {
        switch work {
        case .rows(let count): reached = try session.search.step(session.database, rowCountMax: count)
        case .merging(let isIdle):
            try session.search.merge(session.database, isIdle: isIdle)
            reached = try session.database.first(.searchState)?.sequence ?? 0
        }
    }

    func answer(_ failure: StoreError?) {
        isDone = failure == nil
    }
}
