/// How a file becomes one from before a migration: for tests of what migrations do with such files.
enum FormerTables {
    /// What the migrations from 0021 on made is gone.
    static let before21 = """
        DROP TABLE webhook_delivery; DROP TABLE webhook;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema
        SET sql = replace(
            sql, 'REFERENCES log_kind (kind)',
            'CHECK (kind IN (''organization'', ''person'', ''event'', ''article'', ''statement'', ''review'', ''conflict''))')
        WHERE type = 'table' AND name = 'log';
        PRAGMA writable_schema = RESET;
        DROP TABLE public_change; DROP TABLE coming_publication; DROP INDEX log_by_kind; DROP TABLE log_kind;
        DELETE FROM migration WHERE number >= 21;

        """

    /// What the migrations from 0017 on made is gone.
    static let before17 =
        before21 + """
            DROP TABLE conflict_resolution_settled; DROP TABLE conflict_resolution_basis; DROP TABLE conflict_resolution;
            DROP INDEX statement_by_live_claim; DROP INDEX statement_by_live_property;
            DROP TABLE token; DROP TABLE token_state;
            DROP TRIGGER article_section_is_carried; DROP TRIGGER article_first_published_at_stays; DROP TABLE article_correction;
            DROP VIEW article_review; DROP VIEW event_review; DROP TABLE review;
            DROP TABLE likeness_state; DROP INDEX log_by_merged; DROP INDEX log_of_merges; DROP INDEX log_of_one; DROP INDEX log_of_other;
            ALTER TABLE log DROP COLUMN judgement; ALTER TABLE log DROP COLUMN from_id; ALTER TABLE log DROP COLUMN into_id;
            DELETE FROM migration WHERE number >= 17;
            """
        + ["person", "organization", "event"].map { kind in
            """
            DROP TABLE \(kind)_merged_external_id; DROP TABLE \(kind)_merged; DROP TABLE \(kind)_distinction; DROP TABLE \(kind)_likeness;
            """
        }.joined()
}
