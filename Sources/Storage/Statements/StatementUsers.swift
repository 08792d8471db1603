import Newsroom
import SQLite

// The statements that refer to a resource of another kind, by its key.
extension Query<Int> {
    static let statementsOfPerson = Query(
        """
        SELECT count(*)
        FROM (
            SELECT key FROM statement WHERE person_key = $1
            UNION
            SELECT statement_key FROM statement_chain WHERE person_key = $1
        )
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    static let statementsOfOrganization = Query(
        """
        SELECT count(*)
        FROM (
            SELECT key FROM statement WHERE organization_key = $1
            UNION
            SELECT key FROM statement WHERE source_organization_key = $1
            UNION
            SELECT statement_key FROM statement_chain WHERE organization_key = $1
            UNION
            SELECT statement_key FROM statement_chain WHERE source_organization_key = $1
        )
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    static let statementsOfEvent = Query(
        """
        SELECT count(*)
        FROM (
            SELECT statement_key FROM statement_event WHERE event_key = $1
            UNION
            SELECT key FROM statement WHERE claim_about_key = $1
        )
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }

    static let statementsOfArticle = Query(
        """
        SELECT count(*)
        FROM statement
        WHERE article_key = $1
        """
    ) { row throws(SQLiteError) in Int(row.integer(0)) }
}
