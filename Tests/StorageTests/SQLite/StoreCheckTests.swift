import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct StoreCheckTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("newsroom.db") }

    private func fill() async throws {
        let clock = TestClock()
        let store = try StoreUnderTest.all[0].open(folder, clock)
        let person = try await store.people.create(.sample())
        let article = try await store.articles.create(
            .sample {
                $0.tags = ["a"]
                $0.people = [RoleReference(target: .id(person.record.id))]
            })
        try await store.articles.change(article.record.id) { $0.publishedAt = Instant(milliseconds: 77) }
        let gone = try await store.events.create(.sample())
        try await store.events.delete(.id(gone.record.id), if: .none, by: editor)
        await store.close()
    }

    @Test func `a sound file has no findings`() async throws {
        try await fill()
        #expect(try StoreCheck.run(path: path) == [])
        #expect(try StoreCheck.run(path: path) == [])
    }

    private static let unlocking = "DROP TRIGGER log_is_not_cut; DROP TRIGGER public_change_is_not_deleted;"

    @Test(arguments: [
        ("UPDATE person SET version = 9", "has version 9 in the table person"),
        ("UPDATE person SET slug = 'other'", "in the table person"), ("DELETE FROM article", "is in the log, but not in the table article"),
        ("\(unlocking) DELETE FROM public_change WHERE seq = 3; DELETE FROM log WHERE seq = 3", "numbered 1 to 5"),
        (
            "\(unlocking) DELETE FROM public_change WHERE seq = 1; DELETE FROM log WHERE seq = 1",
            "is in the table person, but not in the log"
        ),
        ("DROP TRIGGER log_is_not_changed; UPDATE log SET recorded_at_ms = 1 WHERE seq = 3", "was recorded before"),
        ("PRAGMA foreign_keys = 0; DELETE FROM person", "foreign_key_check"),
        ("UPDATE article_rendering SET json = replace(json, 'Gallant', 'Other')", "has a kept rendering that is not of it"),
        ("UPDATE article_rendering SET version = 1", "has a kept rendering that is not of it"),
        ("UPDATE article_rendering SET public_from_ms = NULL", "has a kept rendering that is not of it"),
        ("UPDATE article_rendering SET targets = x''", "has a kept rendering that is not of it"),
        ("UPDATE article_rendering SET body_end = body_start", "has a kept rendering that is not how it is shown"),
        (
            "UPDATE article_rendering SET (json, fingerprint) = ('{}', \(Int64(bitPattern: Fingerprint(of: Array("{}".utf8)).bits)))",
            "has a kept rendering that is not how it is shown"
        ),
        ("UPDATE article_tag SET published_at_ms = 5", "has another published_at in the table article_tag"),
        ("PRAGMA application_id = 5", "application_id"),
        ("PRAGMA ignore_check_constraints = 1; UPDATE article SET type = 'sermon'", "integrity_check"),
        ("INSERT INTO migration VALUES (99, 'x', '\(String(repeating: "0", count: 64))', 1)", "newer version"),
    ])
    func `each kind of damage is found`(_ script: String, _ finding: String) async throws {
        try await fill()
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: script)
        try database.close()
        let findings = try StoreCheck.run(path: path)
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }

    @Test func `a file that cannot be looked at is no finding`() async throws {
        #expect(throws: StoreOpeningError("there is no database file \(folder.file("none.db"))")) {
            try StoreCheck.run(path: folder.file("none.db"))
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `the log cannot be changed by mistake`() async throws {
        try await fill()
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        #expect(throws: SQLiteError.self) { try database.execute(script: "UPDATE log SET actor = 'me'") }
        #expect(throws: SQLiteError.self) { try database.execute(script: "DELETE FROM log") }
    }
}
