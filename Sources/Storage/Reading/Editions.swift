import Newsroom
import SQLite
import Locks
import Synchronization

/// Says which edition it is: THE rule by which an answer that was kept is out of date.
///
/// An edition ends with a write of this store (the generation moves), with one of another process (`data_version` moves, which is looked at
/// every `lookEvery`, and what has been written is more), and when an article becomes public, or an event overdue, by the
/// clock alone. In doubt it ends.
///
/// A commit that writes nothing of the newsroom's ends none: renderings that are renewed show what was shown before, segments of the search
/// index that are merged hold what they held.
final class Editions: Sendable {
    private struct Contents: ~Copyable {
        var number: UInt64 = 0
        /// Opened by the first who asks.
        var watch: Database?
        var dataVersion: Int64 = 0
        /// As of `dataVersion`, or newer.
        var written = Written()
    }

    /// All that a commit can change of what is read: the log's end, and how far the search index has read it, by its rules; and who may
    /// ask.
    private struct Written: Equatable {
        var sequence: Int64 = 0
        var indexedSequence: Int64 = 0
        var indexForm: Int64 = 0
        /// Tokens have no log.
        var tokenChangeCount: Int64 = 0
    }

    // What the edition that is shown is good for, so that asking takes no lock, which all loops would share. Whoever renews it takes the
    // number away first (nought) and puts it back last; who reads looks at it before and after, and asks again where it has moved.
    private let shownNumber = Atomic<UInt64>(0)
    private let generation = Atomic<UInt64>(0)
    /// When other processes' commits are looked for again.
    private let looksAt = Atomic<UInt64>(0)
    /// When the next article becomes public or the next event overdue, in milliseconds.
    private let endsAt = Atomic<Int64>(.min)

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
        if let number = shown(at: moment, instant) { return Edition(number: number) }
        return contents.withLock { contents in
            if let number = shown(at: moment, instant) { return Edition(number: number) }
            renew(&contents, moment, instant)
            return Edition(number: contents.number)
        }
    }

    /// The number that is shown, if it is good now.
    private func shown(at moment: MonotonicTime, _ instant: Instant) -> UInt64? {
        let number = shownNumber.load(ordering: .acquiring)
        guard number != 0, !isOver(at: instant), moment.nanoseconds < looksAt.load(ordering: .acquiring),
            shownNumber.load(ordering: .relaxed) == number
        else { return nil }
        return number
    }

    private func isOver(at instant: Instant) -> Bool {
        generation.load(ordering: .acquiring) != state.generation.load(ordering: .acquiring)
            || instant.milliseconds >= endsAt.load(ordering: .acquiring)
    }

    private func renew(_ contents: inout Contents, _ moment: MonotonicTime, _ instant: Instant) {
        let looksAgainAt = (moment + Editions.lookEvery).nanoseconds
        do throws(SQLiteError) {
            let watch = if let watch = contents.watch { watch } else { try open() }
            contents.watch = watch
            let dataVersion = try watch.dataVersion()
            var isWritten = false
            if dataVersion != contents.dataVersion {
                // After the version: what is committed between the two is looked for again.
                let written = try written(watch)
                isWritten = written != contents.written
                (contents.dataVersion, contents.written) = (dataVersion, written)
            }
            guard isOver(at: instant) || isWritten else { return looksAt.store(looksAgainAt, ordering: .releasing) }
            // Before the generation is read: a commit between the two ends the next edition, not this one.
            if isWritten { state.generation.wrappingAdd(1, ordering: .acquiringAndReleasing) }
            contents.number += 1
            let begins = state.generation.load(ordering: .acquiring)
            let next = try watch.first(.nextChangingInstant) { values in
                values.add(instant.milliseconds)
                values.add(instant.milliseconds)
                values.add(instant.milliseconds)
            }
            shownNumber.store(0, ordering: .relaxed)
            generation.store(begins, ordering: .releasing)
            looksAt.store(looksAgainAt, ordering: .releasing)
            endsAt.store((next ?? nil)?.milliseconds ?? .max, ordering: .releasing)
            shownNumber.store(contents.number, ordering: .releasing)
        } catch {
            // Nothing is known: no two answers belong together.
            contents.number += 1
            shownNumber.store(0, ordering: .releasing)
            endsAt.store(.min, ordering: .releasing)
        }
    }

    private func written(_ watch: Database) throws(SQLiteError) -> Written {
        var written = Written(sequence: try watch.first(.newestLogRow)?.sequence ?? 0)
        if let index = try watch.first(.searchState) { (written.indexedSequence, written.indexForm) = (index.sequence, index.form) }
        written.tokenChangeCount = try watch.first(.tokenChanges) ?? 0
        return written
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
    /// When something may become public, or overdue, next without a write. Drafts are not told apart: an
    /// edition that ends too early does no harm.
    fileprivate static let nextChangingInstant = Query(
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
            UNION ALL
            -- What never will be is due at the end of time.
            SELECT min(due_ms) + 1
            FROM event
            WHERE due_ms >= $3 AND due_ms < 9223372036854775807
        )
        """
    ) { row throws(SQLiteError) in row.instantOrNil(0) }
}
