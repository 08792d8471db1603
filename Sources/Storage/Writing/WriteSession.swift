import Newsroom
import SQLite

/// What the work of a write sees: the writing connection, inside its transaction, and the log's next number.
///
/// It belongs to the writer's thread.
final class WriteSession {
    let database: Database
    /// Feeds the search index, in this connection's transactions.
    let search = SearchIndexer()
    let targets: RememberedTargets
    /// How many answers may be kept for idempotency keys.
    let receiptCountMax: Int
    /// For the renderings that are kept with articles. It remembers more than readers do, since an import goes through all there are.
    let showing = Showing(reporting: nil, captionCountMax: 16_384)
    private let clock: @Sendable () -> Instant
    private let makeULID: (Instant) -> ULID

    /// The number of the newest log row, those of this transaction included.
    private(set) var sequence: Int64 = 0
    /// The same at the start of the transaction.
    private var readSequence: Int64 = 0
    /// When the newest log row was recorded.
    private var lastRecordedAt = Instant.distantPast
    /// When an article becomes public next that nobody was told of: not before that, as of the last look.
    private var nextPublicationAt: Instant?
    /// Whether the transaction is done again, because a write of it that was refused had something to undo.
    var isDoneAgain = false
    /// The moment that the current write counts as: now, but never before the last one.
    private(set) var now = Instant.distantPast

    init(
        database: Database, receiptCountMax: Int, clock: @escaping @Sendable () -> Instant, makeULID: @escaping (Instant) -> ULID
    ) {
        self.database = database
        self.receiptCountMax = receiptCountMax
        targets = RememberedTargets(database)
        self.clock = clock
        self.makeULID = makeULID
    }

    func makeID<R: Resource>() -> ID<R> {
        ID(makeULID(now))
    }

    func newULID() -> ULID { makeULID(now) }

    func makeReviewID() -> ReviewID {
        ReviewID(makeULID(now))
    }

    /// At the start of a transaction: another process may have written since the last one, or the last one may have been undone.
    func readLog() throws(SQLiteError) {
        showing.snapshotChanged()
        let newest = try database.first(.newestLogRow)
        if newest?.sequence != sequence { targets.forget() }
        sequence = newest?.sequence ?? 0
        readSequence = sequence
        lastRecordedAt = newest?.recordedAt ?? .distantPast
        try lookForPublications()
    }

    /// At the start of each write of the transaction.
    func beginWrite() {
        now = max(clock(), lastRecordedAt)
    }

    /// Whether there may be something to tell of that has become public by the clock, as of `now`.
    var publicationIsDue: Bool { nextPublicationAt.map { $0 <= now } ?? false }

    /// How long it takes until there is something to tell of; nil for nothing.
    var timeToPublication: Duration? {
        nextPublicationAt.map { .milliseconds(max(0, $0.milliseconds.subtractingReportingOverflow(clock().milliseconds).partialValue)) }
    }

    /// Looks when the next publication comes, which another process may have written.
    func lookForPublications() throws(SQLiteError) {
        nextPublicationAt = try database.first(.nextPublication) ?? nil
    }

    func expectPublication(at instant: Instant) {
        nextPublicationAt = nextPublicationAt.map { min($0, instant) } ?? instant
    }

    /// The next log row's number. A write that is undone gives its numbers back.
    func takeSequence() -> Int64 {
        sequence += 1
        lastRecordedAt = now
        return sequence
    }

    /// Whether the transaction has appended rows to the log.
    var hasAppended: Bool { sequence != readSequence }

    struct Mark {
        fileprivate let sequence: Int64
        fileprivate let lastRecordedAt: Instant
    }

    var mark: Mark { Mark(sequence: sequence, lastRecordedAt: lastRecordedAt) }

    func goBack(to mark: Mark) {
        if sequence != mark.sequence { forgetTargets() }
        sequence = mark.sequence
        lastRecordedAt = mark.lastRecordedAt
    }

    /// Forgets all that is remembered of what is referred to: it may have been read from what was undone.
    func forgetTargets() {
        targets.forget()
        showing.forget()
    }

    /// Does something, and undoes it whatever comes of it.
    func rehearse<Answer>(_ work: () throws -> Answer) throws -> Answer {
        let mark = mark
        try database.setSavepoint()
        let outcome = Result { try work() }
        // Where SQLite itself has ended the transaction there is no savepoint to go back to, and the work's own error says why.
        if database.isInTransaction { try database.rollbackToSavepoint() }
        goBack(to: mark)
        return try outcome.get()
    }
}

@available(*, unavailable)
extension WriteSession: Sendable {}

struct NewestLogRow: Sendable {
    let sequence: Int64
    let recordedAt: Instant
}

extension Query<NewestLogRow> {
    static let newestLogRow = Query(
        """
        SELECT seq, recorded_at_ms
        FROM log
        ORDER BY seq DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in
        NewestLogRow(sequence: row.integer(0), recordedAt: Instant(milliseconds: row.integer(1)))
    }
}
