import Documents
import Newsroom
import SQLite

/// Compares the marks with the rows of the log that they come from.
enum ReviewCheck {
    /// What is wrong, a line each, up to a hundred; empty when all is well.
    static func findings(_ database: Database) throws(SQLiteError) -> [String] {
        var findings: [String] = []
        try database.each(.reviewsWithLog, { _ in }) { row throws(SQLiteError) in
            let id = row.text(0)
            let mark = try Query<ReviewMark>.openReviews.decode(row)
            let logged = RecordedReview(mark, of: row.text(6), clearedAt: row.instantOrNil(7), note: row.textOrNil(8))
            let isSame = !row.isNull(9) && row.text(9).utf8.elementsEqual(logged.document)
            if !isSame { findings.append("\(id) is not in the table review what the log says") }
            return findings.count < 100
        }
        return try findings + database.all(.strayReviews)
    }
}

extension SQL {
    /// With the newest document of each; none where a number of the log is not the mark's.
    fileprivate static let reviewsWithLog = SQL(
        """
        SELECT review.id, review.reason, review.statement, review.basis, review.event, review.since_ms, review.subject,
            review.cleared_at_ms, review.note, newest.document
        FROM review
        LEFT JOIN log AS first ON first.seq = review.seq AND first.id = review.id AND first.kind = 'review' AND first.version = 1
        LEFT JOIN log AS newest ON newest.id = first.id AND newest.seq = coalesce(review.cleared_seq, review.seq)
            AND newest.version = CASE WHEN review.cleared_seq IS NULL THEN 1 ELSE 2 END
        """)
}

extension Query<String> {
    fileprivate static let strayReviews = Query(
        """
        SELECT log.id
        FROM log
        LEFT JOIN review ON review.id = log.id
        WHERE log.kind = 'review' AND (review.seq IS NULL OR log.seq NOT IN (review.seq, coalesce(review.cleared_seq, -1)))
        LIMIT 100
        """
    ) { row throws(SQLiteError) in "\(row.text(0)) is in the log otherwise than in the table review" }
}
