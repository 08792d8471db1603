import Newsroom
import SQLite

/// What rests on a statement: the article that reports it, articles whose corrections refer to it, events that have a cause or were
/// moved on its word, and the articles that refer to such an event. It goes no further: what follows from such an event in turn is for
/// an editor to judge, who finds it along the causes.
struct ReviewReach {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// The nearer first; what rests on it in several ways comes in each of them.
    func subjects(of statement: String) throws(SQLiteError) -> [ReviewSubject] {
        var subjects: [ReviewSubject] = []
        for id in try database.all(.reportOfStatement, { $0.add(statement) }) { subjects.append(ReviewSubject(id: id, basis: .report)) }
        for id in try database.all(.correctionsNamingStatement, { $0.add(statement) }) {
            subjects.append(ReviewSubject(id: id, basis: .correction))
        }
        let caused = try database.all(.causesOnStatement) { $0.add(statement) }
        let moved = try database.all(.transitionsOnStatement) { $0.add(statement) }
        subjects += caused.map { ReviewSubject(id: $0, basis: .cause) } + moved.map { ReviewSubject(id: $0, basis: .transition) }
        for event in caused + moved.filter({ !caused.contains($0) }) {
            for id in try database.all(.articlesReferringToEvent, { $0.add(event) }) {
                subjects.append(ReviewSubject(id: id, basis: .event, event: event))
            }
        }
        return subjects
    }
}

extension WriteSession {
    /// Marks all that rests on a statement: to be called in the transaction in which it is corrected, withdrawn or deleted; of a deletion
    /// before its row is gone.
    func statementChanged(_ statement: String, _ reason: ReviewReason, by actor: Actor) throws(SQLiteError) {
        try markForReview(ReviewReach(database).subjects(of: statement), because: reason, of: statement, by: actor)
    }
}

extension Query<String> {
    fileprivate static let reportOfStatement = Query(
        """
        SELECT article.id
        FROM statement
        CROSS JOIN article ON article.key = statement.article_key
        WHERE statement.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let correctionsNamingStatement = Query(
        """
        SELECT DISTINCT article.id
        FROM article_correction
        CROSS JOIN article ON article.key = article_correction.article_key
        WHERE article_correction.statement = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let causesOnStatement = Query(
        """
        SELECT DISTINCT event.id
        FROM statement
        CROSS JOIN event_cause_basis ON event_cause_basis.statement_key = statement.key
        CROSS JOIN event ON event.key = event_cause_basis.event_key
        WHERE statement.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let transitionsOnStatement = Query(
        """
        SELECT DISTINCT event.id
        FROM statement
        CROSS JOIN event_transition_basis ON event_transition_basis.statement_key = statement.key
        CROSS JOIN event ON event.key = event_transition_basis.event_key
        WHERE statement.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let articlesReferringToEvent = Query(
        """
        SELECT DISTINCT article.id
        FROM event
        CROSS JOIN article_event ON article_event.event_key = event.key
        CROSS JOIN article ON article.key = article_event.article_key
        WHERE event.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }
}
