import Documents
import Newsroom
import SQLite

// Marks are set and cleared in the transaction of what they come from. Each has rows of its own in the log, which everybody else is not
// shown: versions of what it is about, and what readers are shown of that, stay as they are.
extension WriteSession {
    /// Marks what rests on a statement, where it is not marked for this already.
    func markForReview(
        _ subjects: [ReviewSubject], because reason: ReviewReason, of statement: String, by actor: Actor
    ) throws(SQLiteError) {
        var seen: Set<String> = []
        for subject in subjects where seen.insert(subject.id).inserted {
            let open = try database.all(.openReviews) { $0.add(subject.id) }
            guard !open.contains(where: { $0.statement == statement && $0.reason == reason }) else { continue }
            let mark = ReviewMark(
                id: makeReviewID(), reason: reason, statement: statement, basis: subject.basis, event: subject.event, since: now)
            try add(mark, to: subject.id, by: actor)
        }
    }

    /// Answers the number of its row.
    @discardableResult
    func add(_ mark: ReviewMark, to subject: String, by actor: Actor) throws(SQLiteError) -> Int64 {
        let sequence = try appendReview(RecordedReview(mark, of: subject), .created, version: 1, key: sequence + 1, by: actor)
        try database.run(.insertReview) {
            $0.add(sequence)
            $0.add(mark.id.text)
            $0.add(subject)
            $0.add(mark.reason.rawValue)
            $0.add(mark.statement)
            $0.add(mark.basis.rawValue)
            $0.add(mark.event)
            $0.add(mark.since.milliseconds)
        }
        return sequence
    }

    /// - Parameter review: with when it was cleared.
    func clear(_ review: RecordedReview, key: Int64, by actor: Actor) throws(SQLiteError) {
        let sequence = try appendReview(review, .transitioned, version: 2, key: key, by: actor, note: review.note)
        try database.run(.clearReview) {
            $0.add(sequence)
            $0.add(review.clearedAt?.milliseconds)
            $0.add(review.note)
            $0.add(key)
        }
    }

    /// Clears marks of a resource. Where it has none of them, nothing is written.
    ///
    /// - Throws: `notFound`, `gone`, `staleVersion`; `invalid` for a mark that is none of the resource's; SQLite's errors.
    func clearReview<R: HistoricResource>(
        _ key: ResourceKey<R>, _ clearance: ReviewClearance, if precondition: Precondition, by actor: Actor
    ) throws -> Stored<R> {
        let stored: Stored<R> = try stored(key, if: precondition)
        let id = stored.resource.record.id.text
        let open = try database.all(.openReviewKeys) { $0.add(id) }
        var failures: [MemberFailure] = []
        for (index, mark) in (clearance.marks ?? []).enumerated() where !open.contains(where: { $0.mark.id == mark }) {
            // One that was cleared already is no mistake: two may have looked.
            let isKnown = try database.first(.subjectOfReview) { $0.add(mark.text) } == id
            guard !isKnown else { continue }
            let message = "is no mark of this \(R.kind.rawValue)"
            failures.append(MemberFailure(path: "/marks/\(index)", rule: .unknownReference, message: message))
        }
        guard failures.isEmpty else { throw StoreError.invalid(ValidationFailure(failures)) }
        for review in open where clearance.marks?.contains(review.mark.id) ?? true {
            try clear(RecordedReview(review.mark, of: id, clearedAt: now, note: clearance.note), key: review.key, by: actor)
        }
        return stored
    }

    /// Answers the row's number.
    private func appendReview(
        _ review: RecordedReview, _ operation: LogOperation, version: Int, key: Int64, by actor: Actor, note: String? = nil
    ) throws(SQLiteError) -> Int64 {
        let sequence = takeSequence()
        let id = review.mark.id.text
        try database.run(.insertReviewLogRow) {
            $0.add(sequence)
            $0.add(id)
            $0.add(version)
            $0.add(operation.rawValue)
            $0.add(actor.name)
            $0.add(now.milliseconds)
            $0.add(note)
            $0.add(utf8: review.document)
            $0.add(key)
        }
        return sequence
    }
}

/// A mark with the number of its row.
struct StoredReview: Sendable {
    let key: Int64
    let mark: ReviewMark
}

extension Query<StoredReview> {
    static let openReviewKeys = Query(
        """
        SELECT id, reason, statement, basis, event, since_ms, seq
        FROM review
        WHERE subject = $1 AND cleared_seq IS NULL
        ORDER BY seq
        """
    ) { row throws(SQLiteError) in StoredReview(key: row.integer(6), mark: try Query<ReviewMark>.openReviews.decode(row)) }
}

extension Query<String> {
    fileprivate static let subjectOfReview = Query("SELECT subject FROM review WHERE id = $1") { row throws(SQLiteError) in row.text(0) }
}

extension SQL {
    /// The slug of a row that has none is its id.
    fileprivate static let insertReviewLogRow = SQL(
        """
        INSERT INTO log (seq, kind, id, slug, version, operation, actor, recorded_at_ms, public_from_ms, note, document, key)
        VALUES ($1, 'review', $2, $2, $3, $4, $5, $6, NULL, $7, $8, $9)
        """)

    fileprivate static let insertReview = SQL(
        """
        INSERT INTO review (seq, id, subject, reason, statement, basis, event, since_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    fileprivate static let clearReview = SQL(
        """
        UPDATE review
        SET (cleared_seq, cleared_at_ms, note) = ($1, $2, $3)
        WHERE seq = $4
        """)
}
