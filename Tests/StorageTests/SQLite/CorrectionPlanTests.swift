import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Which indexes corrections are listed by, and what the database itself does not let anybody do to them.
@Suite(.inTurn) struct CorrectionPlanTests {
    private let folder = TemporaryFolder()
    private let database: Database

    init() throws {
        let path = folder.file("plans.db")
        database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: .embedded()).migrate(database, now: { Instant(milliseconds: 0) })
    }

    private func plan(of article: Int64? = nil, _ change: (inout CorrectionQuery) -> Void = { _ in }) throws -> [String] {
        var query = CorrectionQuery()
        query.after = CorrectionPosition(issuedAt: Instant(milliseconds: 5), key: 7)
        change(&query)
        let statement = try CorrectionPlan(query, of: article, for: .anonymous, at: Instant(milliseconds: 9)).statement
        let explained = Query<String>(SQL(assembled: "EXPLAIN QUERY PLAN \(statement.sql.text)")) { row throws(SQLiteError) in row.text(3) }
        return try database.all(explained) { $0.add(statement.values) }
    }

    @Test func `every list is a walk along one index`() throws {
        let lists = [
            (try plan(), "article_correction_by_issued_at"), (try plan { $0.kinds = [.update] }, "article_correction_by_kind"),
            (try plan { $0.kinds = [.update, .correction] }, "article_correction_by_issued_at"),
            (try plan { $0.section = "world" }, "article_correction_by_section"),
            (try plan { ($0.section, $0.kinds) = ("world", [.update]) }, "article_correction_by_section"),
            (try plan { $0.from = Instant(milliseconds: 1) }, "article_correction_by_issued_at"),
        ]
        for (plan, index) in lists {
            #expect(plan.first?.contains(index) == true && !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
        // Those of one article are few, and sorted.
        for plan in [try plan(of: 3), try plan { $0.article = .id("art_x") }, try plan(of: 3) { $0.kinds = [.update] }] {
            #expect(plan.first?.contains("sqlite_autoindex_article_correction") == true, "\(plan)")
        }
    }

    @Test func `the database keeps corrections, and the first publication, as they are`() throws {
        try database.run(SQL(assembled: Self.article)) { _ in }
        let insert = "INSERT INTO article_correction (article_key, position, kind, text, issued_at_ms)"
        try database.run(SQL(assembled: "\(insert) VALUES (1, 0, 'update', 'x', 5)")) { _ in }
        for change in [
            "UPDATE article_correction SET text = 'y'", "UPDATE article_correction SET kind = 'correction'",
            "UPDATE article SET first_published_at_ms = 7", "UPDATE article SET first_published_at_ms = NULL, status = 'draft'",
            "\(insert) VALUES (1, 1, 'fix', 'x', 5)", "\(insert) VALUES (1, 0, 'update', 'x', 5)",
            "\(insert) VALUES (1, 1, 'update', '', 5)",
        ] {
            #expect(throws: SQLiteError.self, "\(change)") { try database.run(SQL(assembled: change)) { _ in } }
        }
        try database.run(SQL(assembled: "UPDATE article SET section = 'world', published_at_ms = 9")) { _ in }
        let section = Query<String>(SQL(assembled: "SELECT section FROM article_correction")) { row throws(SQLiteError) in row.text(0) }
        #expect(try database.first(section) == "world")
    }

    private static let article = """
        INSERT INTO article (
            key, id, slug, version, created_at_ms, updated_at_ms, type, status, published_at_ms, first_published_at_ms, headline,
            word_count, body_format, body
        )
        VALUES (1, 'art_00000000000000000000000001', 'a', 1, 5, 5, 'news', 'published', 5, 5, 'A', 0, 'text', '')
        """
}
