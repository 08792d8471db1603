import Migrations
import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// A file from before the log kept the rows' numbers.
@Suite(.inTurn) struct HistoryMigrationTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("newsroom.db") }

    /// A file of the schema before, with a log of its own: one article that is there, one that was deleted, and a person.
    private func makeOldFile() throws {
        let files = Migrations.files.prefix(5).map { (name: $0.name, script: String(decoding: $0.script, as: UTF8.self)) }
        let database = try Database(path: path, settings: ConnectionSettings(access: .create))
        try Migrator(path: path, migrations: MigrationSet(files: files)).migrate(database, now: { Instant(milliseconds: 0) })
        let (gone, kept, person) = (id("art", "1"), id("art", "2"), id("per", "3"))
        try database.execute(
            script: """
                INSERT INTO article
                (key, id, slug, version, created_at_ms, updated_at_ms, type, status, headline, word_count, body_format, body)
                VALUES (7, '\(kept)', 'kept', 2, 20, 40, 'news', 'draft', 'Kept now', 0, 'text', '');
                INSERT INTO person (key, id, slug, version, created_at_ms, updated_at_ms, name, sort_name)
                VALUES (3, '\(person)', 'p', 1, 50, 50, 'P', 'P');
                INSERT INTO log (seq, kind, id, slug, version, operation, actor, recorded_at_ms, public_from_ms, document) VALUES
                (1, 'article', '\(gone)', 'gone', 1, 'created', 'a', 10, NULL, '\(article(gone, "gone", 1, 10, 10, "Same"))'),
                (2, 'article', '\(kept)', 'kept', 1, 'created', 'a', 20, NULL, '\(article(kept, "kept", 1, 20, 20, "Same"))'),
                (3, 'article', '\(gone)', 'gone', 2, 'deleted', 'a', 30, NULL, NULL),
                (4, 'article', '\(kept)', 'kept', 2, 'updated', 'a', 40, NULL, '\(article(kept, "kept", 2, 20, 40, "Kept now"))'),
                (5, 'person', '\(person)', 'p', 1, 'created', 'a', 50, 0, '\(personDocument(person))');
                """)
        try database.close()
    }

    private func id(_ prefix: String, _ digit: String) -> String { "\(prefix)_0000000000000000000000000\(digit)" }

    private func article(_ id: String, _ slug: String, _ version: Int, _ created: Int, _ updated: Int, _ headline: String) -> String {
        """
        {"id":"\(id)","type":"news","slug":"\(slug)","version":\(version),"created_at":"\(instant(created))",\
        "updated_at":"\(instant(updated))","headline":"\(headline)","body":"","body_format":"text","status":"draft"}
        """
    }

    private func personDocument(_ id: String) -> String {
        """
        {"id":"\(id)","slug":"p","version":1,"created_at":"\(instant(50))","updated_at":"\(instant(50))","name":"P","sort_name":"P"}
        """
    }

    private func instant(_ milliseconds: Int) -> String { Instant(milliseconds: Int64(milliseconds)).rfc3339 }

    @Test func `an older log gets the numbers of the rows that are there, and others for what is not`() async throws {
        try makeOldFile()
        let store = try SQLiteNewsroomStore.open(
            .init(path: path, queryWithin: .seconds(600)), now: { Instant(milliseconds: 1_000) }, randomness: SeededRandomSource(seed: 1))
        let then = Instant(milliseconds: 25)
        var query = ListQuery<Article>(sort: Sort(.headline), limit: 1, asOf: then)
        let first = try await store.articles.page(query, as: .newsroom)
        query.after = first.next
        let second = try await store.articles.page(query, as: .newsroom)
        #expect([first, second].flatMap(\.items).map(\.record.slug.text) == ["gone", "kept"])
        #expect(second.next == nil)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])

        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        let keys = Query("SELECT key FROM log ORDER BY seq") { row throws(SQLiteError) in row.integer(0) }
        #expect(try database.all(keys) == [-1, 7, -1, 7, 3])
        #expect(throws: SQLiteError.self) { try database.execute(script: "UPDATE log SET key = 5") }
        try database.close()
    }
}
