import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// How far it reaches that a statement holds no longer as it did.
@Suite(.inTurn) struct ReviewReachTests {
    private static let statement = "sta_00000000000000000000000001"

    /// In tables of the connection's own, which stand before those of the file.
    private static let tables = """
        CREATE TEMP TABLE statement (key INTEGER PRIMARY KEY, id TEXT, article_key INTEGER);
        CREATE TEMP TABLE event_cause_basis (event_key INTEGER, statement_key INTEGER);
        CREATE TEMP TABLE event_transition_basis (event_key INTEGER, statement_key INTEGER);
        """

    @Test func `what reports it, corrects by it, was caused or moved on its word, and what refers to that`() async throws {
        let (folder, clock) = (TemporaryFolder(), TestClock())
        let store = try SQLiteNewsroomStore.open(
            .init(path: folder.file("newsroom.db"), queryWithin: .seconds(600)), now: { clock.now },
            randomness: SeededRandomSource(seed: 5))
        let caused = try await store.events.create(.sample("Caused"))
        let moved = try await store.events.create(.sample("Moved"))
        let other = try await store.events.create(.sample("Other"))
        func article(_ headline: String, _ events: [Event] = [], _ corrections: [Correction] = []) async throws -> Article {
            try await store.articles.create(
                .sample(headline) {
                    $0.events = events.map { RoleReference(target: .id($0.record.id)) }
                    $0.corrections = corrections
                })
        }
        let report = try await article("Report", [caused])
        let corrected = try await article("Corrected", [], [Correction(.correction, "No.", issuedAt: clock.now, statement: Self.statement)])
        let about = try await article("About", [moved, caused])
        _ = try await article("Else", [other])
        let reportID = report.record.id.text
        try await store.engine.writer.perform { session in
            try session.database.execute(script: Self.tables)
            try session.database.run(.reachStatement) {
                $0.add(Self.statement)
                $0.add(reportID)
            }
            try session.database.run(.reachCause) { $0.add(caused.record.id.text) }
            try session.database.run(.reachTransition) { $0.add(moved.record.id.text) }
            try session.statementChanged(Self.statement, .corrected, by: editor)
            try session.statementChanged(Self.statement, .corrected, by: editor)
        }
        func marks<R: Resource>(_ shelf: any ResourceStore<R>) async throws -> [String: String] {
            guard let sort = R.SortMember(rawValue: "created_at") else { return [:] }
            let items = try await shelf.page(ListQuery(sort: Sort(sort)), as: .newsroom).items
            let marked = items.filter { !$0.review.isEmpty }.map { ($0.draft.caption, $0.review) }
            return Dictionary(uniqueKeysWithValues: marked.map { ($0, $1.map { "\($0.basis.rawValue) \($0.event ?? "-")" }.joined()) })
        }
        #expect(try await marks(store.events) == ["Caused": "cause -", "Moved": "transition -"])
        #expect(
            try await marks(store.articles)
                == ["Report": "report -", "Corrected": "correction -", "About": "event \(caused.record.id.text)"])
        #expect(corrected.review.isEmpty && about.review.isEmpty)
        await store.close()
    }
}

extension SQL {
    fileprivate static let reachStatement = SQL(
        "INSERT INTO statement (key, id, article_key) VALUES (1, $1, (SELECT key FROM article WHERE id = $2))")
    fileprivate static let reachCause = SQL(
        "INSERT INTO event_cause_basis (event_key, statement_key) VALUES ((SELECT key FROM event WHERE id = $1), 1)")
    fileprivate static let reachTransition = SQL(
        "INSERT INTO event_transition_basis (event_key, statement_key) VALUES ((SELECT key FROM event WHERE id = $1), 1)")
}
