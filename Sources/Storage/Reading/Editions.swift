import Newsroom
import SQLite
import Locks
import Synchronization

/// Says which edition it is: THE rule by which an answer that was kept is out of date.
///
/// An edition ends with a commit of this store (the generation moves), with a commit of another process (`data_version` moves, which is
/// looked at every `lookEvery`), and when an article becomes public by the clock alone. In doubt it ends.
final class Editions: Sendable {
    private struct Contents: ~Copyable {
        var number: UInt64 = 0
        var generation: UInt64 = 0
        /// When other processes' commits are looked for again.
        var looksAt = MonotonicTime(nanoseconds: 0)
        /// When the next article becomes public.
        var endsAt = Instant.distantPast
        /// Opened by the first who asks.
        var watch: Database?
        var dataVersion: Int64 = 0
    }

    private let contents = Lock(Contents())
    private let state: StoreState
    private let now: @Sendable () -> Instant
    private let open: @Sendable () throws(SQLiteError) -> sending Database

    /// As long as a reader may keep its snapshot: what others commit is seen as soon.
    private static let lookEvery = Duration.milliseconds(20)

    init(state: StoreState, now: @escaping @Sendable () -> Instant, open: @escaping @Sendable () throws(SQLiteError) -> sending Database) {
        self.state = state
        self.now = now
        self.open = open
    }

    var current: Edition {
        let moment = MonotonicTime.recently
        let instant = now()
        return contents.withLock { contents in
            let isOver = contents.generation != state.generation.load(ordering: .acquiring) || instant >= contents.endsAt
            if isOver || moment >= contents.looksAt { renew(&contents, isOver: isOver, moment, instant) }
            return Edition(number: contents.number)
        }
    }

    private func renew(_ contents: inout Contents, isOver: Bool, _ moment: MonotonicTime, _ instant: Instant) {
        contents.looksAt = moment + Editions.lookEvery
        do throws(SQLiteError) {
            let watch = if let watch = contents.watch { watch } else { try open() }
            contents.watch = watch
            let dataVersion = try watch.dataVersion()
            guard isOver || dataVersion != contents.dataVersion else { return }
            // Before the generation is read: a commit between the two ends the next edition, not this one.
            if dataVersion != contents.dataVersion { state.generation.wrappingAdd(1, ordering: .acquiringAndReleasing) }
            contents.dataVersion = dataVersion
            contents.number += 1
            contents.generation = state.generation.load(ordering: .acquiring)
            let next = try watch.first(.nextPublicInstant) { values in
                values.add(instant.milliseconds)
                values.add(instant.milliseconds)
            }
            contents.endsAt = (next ?? nil) ?? Instant(milliseconds: .max)
        } catch {
            // Nothing is known: no two answers belong together.
            contents.number += 1
            contents.endsAt = .distantPast
        }
    }

    /// Closes the file; whoever asks afterwards opens it again, so nobody may.
    func close() {
        contents.withLock { contents in
            try? contents.watch?.close()
            contents.watch = nil
        }
    }
}

extension Query<Instant?> {
    /// When something may become public next without a write. Drafts are not told apart: an edition that ends too early does no harm.
    fileprivate static let nextPublicInstant = Query(
        """
        SELECT min(at_ms)
        FROM (
            SELECT min(embargoed_until_ms) AS at_ms
            FROM article
            WHERE embargoed_until_ms > $1
            UNION ALL
            SELECT min(published_at_ms)
            FROM article
            WHERE published_at_ms > $2
        )
        """
    ) { row throws(SQLiteError) in row.instantOrNil(0) }
}
