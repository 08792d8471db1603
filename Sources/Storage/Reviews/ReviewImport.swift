import Newsroom
import SQLite

extension WriteSession {
    /// Keeps a mark that was set elsewhere. The import of a statement marks what rests on it as any write of it does, so a mark for the
    /// same may be there under another id: then that is the one.
    ///
    /// - Throws: `invalid`, where its subject is not there too.
    func importReview(_ recorded: RecordedReview, by actor: Actor) throws -> ImportOutcome {
        var recorded = recorded
        var failures = recorded.settle(at: now)
        if try database.first(.knownSubject, { $0.add(recorded.subject) }) == nil {
            failures.append(.unknown("/subject", recorded.subject))
        }
        guard failures.isEmpty else { throw StoreError.invalid(ValidationFailure(failures)) }
        guard let kept = try kept(recorded) else {
            let key = try add(recorded.mark, to: recorded.subject, by: actor)
            if recorded.clearedAt != nil { try clear(recorded, key: key, by: actor) }
            return .created(id: recorded.mark.id.text)
        }
        let id = kept.review.mark.id.text
        guard kept.review.clearedAt == nil, recorded.clearedAt != nil else { return .unchanged(id: id) }
        // It was set here only now, where that was its import.
        recorded.mark = kept.review.mark
        recorded.clearedAt = max(recorded.clearedAt ?? now, kept.review.mark.since)
        try clear(recorded, key: kept.key, by: actor)
        return .updated(id: id)
    }

    /// The mark of that id; else an open one for the same, or where the record says that it was cleared, any for the same.
    private func kept(_ recorded: RecordedReview) throws(SQLiteError) -> KeptReview? {
        if let kept = try database.first(.reviewOfID, { $0.add(recorded.mark.id.text) }) { return kept }
        return try database.first(.reviewForTheSame) {
            $0.add(recorded.subject)
            $0.add(recorded.mark.statement)
            $0.add(recorded.mark.reason.rawValue)
            $0.add(recorded.clearedAt == nil ? 0 : 1)
        }
    }
}

/// A mark as it is, with the number of its row.
struct KeptReview: Sendable {
    let key: Int64
    let review: RecordedReview
}

extension Query<KeptReview> {
    private static let columns = "id, reason, statement, basis, event, since_ms, seq, subject, cleared_at_ms, note"

    private static func decode(_ row: borrowing Row) throws(SQLiteError) -> KeptReview {
        KeptReview(
            key: row.integer(6),
            review: RecordedReview(
                try Query<ReviewMark>.openReviews.decode(row), of: row.text(7), clearedAt: row.instantOrNil(8), note: row.textOrNil(9)))
    }

    fileprivate static let reviewOfID = Query("SELECT \(columns) FROM review WHERE id = $1", decode: decode)

    /// The open one first.
    fileprivate static let reviewForTheSame = Query(
        """
        SELECT \(columns)
        FROM review
        WHERE subject = $1 AND statement = $2 AND reason = $3 AND (cleared_seq IS NULL OR $4)
        ORDER BY cleared_seq IS NOT NULL, seq DESC
        LIMIT 1
        """, decode: decode)

    /// Of what is there, a page.
    static let reviewsAfter = Query(
        """
        SELECT \(columns)
        FROM review
        WHERE seq > coalesce((SELECT seq FROM review WHERE id = $1), -1)
            AND (subject IN (SELECT id FROM article) OR subject IN (SELECT id FROM event))
        ORDER BY seq
        LIMIT $2
        """, decode: decode)
}

extension Query<Int64> {
    fileprivate static let knownSubject = Query(
        """
        SELECT key FROM article WHERE id = $1
        UNION ALL
        SELECT key FROM event WHERE id = $1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
