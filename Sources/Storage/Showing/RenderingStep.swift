import Newsroom
import SQLite
import Synchronization

/// Some renderings made as a write that nobody waits for: those that readers missed, or the next in the order of the articles' keys.
///
/// The way through all articles begins with a file that had no renderings, with another form of them, and once more has changed in the log
/// than readers remember (`ChangedTargets`): what is older than that is stale to them, whatever it refers to. How far it has come is kept.
///
/// `@unchecked Sendable` is sound because the writer's thread makes it, performs it and looks at it.
final class RenderingStep: PendingWrite, @unchecked Sendable {
    let askedAt = MonotonicTime.now
    /// Whether it was done and is on disk.
    private(set) var isDone = false
    /// Whether it found that nothing is left to do.
    private(set) var isLast = false
    private let work: Work

    private enum Work {
        case missed([Int64]), walk
    }

    /// Of one step, which a write that comes meanwhile waits for: about 0.1 ms each.
    private static let countMax = 64
    /// How many articles are looked at in one step, where few need anything.
    private static let walkCountMax = 1_024
    /// So many misses go before the work of writers: under steady writes nothing would ever be renewed.
    private static let urgentCount = StaleRenderings.countMax / 2

    private init(_ work: Work) {
        self.work = work
    }

    /// What is to be done now; nil for nothing.
    static func due(_ state: StoreState, isIdle: Bool) -> RenderingStep? {
        let missed = state.staleRenderings.count
        if missed > 0, isIdle || missed >= urgentCount { return RenderingStep(.missed(state.staleRenderings.take(countMax: countMax))) }
        // Nothing has been written since all was found fresh.
        let isWalked = state.walkedSequence.load(ordering: .relaxed) == state.sequence.load(ordering: .relaxed)
        return isIdle && !isWalked ? RenderingStep(.walk) : nil
    }

    func perform(in session: WriteSession) throws {
        let newest = try session.showing.newestChange(in: session.database)
        switch work {
        case .missed(let keys):
            for key in keys { _ = try session.renewRendering(of: key, asOf: newest) }
        case .walk: try walk(session, newest)
        }
    }

    /// - Parameter newest: the newest row of the log that is not an article's.
    private func walk(_ session: WriteSession, _ newest: Int64) throws(SQLiteError) {
        let database = session.database
        guard var place = try database.first(.renderingPlace) else { throw .undecodable("article_rendering_state") }
        var beginsAnew = place.form != ArticleRendering.form
        if !beginsAnew, place.key == .max { beginsAnew = try isFarBehind(place.sequence, database) }
        if beginsAnew {
            place = RenderingPlace(key: 0, sequence: newest, form: ArticleRendering.form)
        }
        isLast = place.key == .max
        if isLast { return }
        if place.key == 0 { place.sequence = newest }
        let keys = try database.all(.articleKeys) {
            $0.add(place.key)
            $0.add(RenderingStep.walkCountMax)
        }
        var madeCount = 0
        for key in keys where madeCount < RenderingStep.countMax {
            if try session.renewRendering(of: key, asOf: place.sequence) { madeCount += 1 }
            place.key = key
        }
        if keys.count < RenderingStep.walkCountMax, place.key >= keys.last ?? 0 { place.key = .max }
        try database.run(.keepRenderingPlace) {
            $0.add(place.key)
            $0.add(place.sequence)
            $0.add(place.form)
        }
    }

    private func isFarBehind(_ sequence: Int64, _ database: Database) throws(SQLiteError) -> Bool {
        let countMax = ChangedTargets.rowCountMax / 2
        return try database.first(.changeCount) {
            $0.add(sequence)
            $0.add(countMax)
        } ?? 0 == Int64(countMax)
    }

    /// What was taken and could not be made is missed by the next reader again.
    func answer(_ failure: StoreError?) {
        isDone = failure == nil
    }
}

/// How far the articles have been gone through.
private struct RenderingPlace: Sendable {
    /// Of the last one that was looked at; the greatest number when that was all.
    var key: Int64
    var sequence: Int64
    var form: Int64
}

extension Query<RenderingPlace> {
    fileprivate static let renderingPlace = Query(
        """
        SELECT article_key, seq, form
        FROM article_rendering_state
        """
    ) { row throws(SQLiteError) in RenderingPlace(key: row.integer(0), sequence: row.integer(1), form: row.integer(2)) }
}

extension Query<Int64> {
    fileprivate static let articleKeys = Query(
        """
        SELECT key
        FROM article
        WHERE key > $1
        ORDER BY key
        LIMIT $2
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    /// How many rows that are no article's there are behind one, up to a bound.
    fileprivate static let changeCount = Query(
        """
        SELECT count(*)
        FROM (SELECT 1 FROM log INDEXED BY log_of_captions WHERE kind <> 'article' AND seq > $1 LIMIT $2)
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension SQL {
    fileprivate static let keepRenderingPlace = SQL("UPDATE article_rendering_state SET (article_key, seq, form) = ($1, $2, $3)")
}
