import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

@Suite(.inTurn) struct SearchIndexTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("newsroom.db") }
    private let clock = TestClock()

    private func open(busyWithin: Duration = .seconds(5)) throws -> SQLiteNewsroomStore {
        let clock = clock
        return try SQLiteNewsroomStore.open(
            .init(path: path, queryWithin: .seconds(600), busyWithin: busyWithin), now: { clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    private func fill(_ store: SQLiteNewsroomStore, _ count: Int = 3) async throws {
        for number in 0..<count {
            let article = try await store.articles.create(.sample("Article \(number)") { $0.body = "storm over Łódź" })
            if number % 2 == 0 { try await store.articles.change(article.record.id) { $0.headline += " changed" } }
        }
        try await store.people.create(.sample("Yoav Gallant"))
    }

    private func run(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.executeChangingSchema(script: script)
        try database.close()
    }

    /// What the program leaves behind when it ends between a commit and the indexing of what was committed.
    private func forgetIndex() throws {
        try run(
            """
            DELETE FROM search_segment;
            DELETE FROM search_block;
            DELETE FROM search_term;
            DELETE FROM search_document;
            DELETE FROM search_dead;
            UPDATE search_state SET seq = 0, document_count = 0;
            """)
    }

    private func total(_ text: String, in store: SQLiteNewsroomStore) async throws -> Int {
        let page = try await store.search(SearchQuery(SearchExpression(parsing: text)), as: .anonymous)
        #expect(page.isIndexComplete)
        return page.total
    }

    @Test func `an index that is behind the log comes up to it before the first search`() async throws {
        var store = try open()
        try await fill(store)
        await store.close()
        try forgetIndex()
        store = try open()
        #expect(try await total("lodz", in: store) == 3)
        #expect(try await total("gallant", in: store) == 1)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    /// What migrations from 0011 on made is undone, so that the file was before them.
    private static let undoing =
        FormerTables.before17 + """
            DROP TABLE search_segment; DROP TABLE search_block; DROP TABLE search_term; DROP TABLE search_document; DROP TABLE search_dead;
            DROP TABLE search_state;
            DROP TRIGGER article_rendering_ends; DROP TABLE article_rendering; DROP TABLE article_rendering_state;
            DROP TABLE article_past; DROP TABLE person_past; DROP TABLE organization_past; DROP TABLE event_past; DROP TABLE past_state;
            DROP TABLE event_transition_cause; DROP TABLE event_transition_basis; DROP TABLE event_cause_basis;
            DROP TABLE event_former_slot; DROP TABLE event_cause; DROP TABLE event_transition;
            DROP TABLE statement_past; DROP TABLE statement_external_id; DROP TABLE statement_event; DROP TABLE statement_chain;
            DROP TABLE statement; DROP TABLE unnamed_source;
            DROP TABLE zone_rules; DROP INDEX event_by_zone; DROP INDEX event_by_due; ALTER TABLE event DROP COLUMN due_ms;
            DROP INDEX person_role_unfolded; DROP INDEX person_by_office; DROP INDEX person_by_office_day;
            DROP INDEX person_by_organization;
            ALTER TABLE person_role DROP COLUMN held_from_day; ALTER TABLE person_role DROP COLUMN held_through_day;
            ALTER TABLE person_role DROP COLUMN folded_title; CREATE INDEX person_by_organization ON person_role (organization_key);
            DELETE FROM migration WHERE number >= 11;
            """

    @Test func `a file from before there was an index gets it`() async throws {
        var store = try open()
        try await fill(store)
        await store.close()
        try run(Self.undoing + "DROP TABLE idempotency_key; DELETE FROM migration WHERE number >= 9;")
        try await checkIsIndexed(&store)
    }

    @Test func `a file with the index of before gets this one`() async throws {
        var store = try open()
        try await fill(store)
        await store.close()
        let former = try #require(try MigrationSet.embedded().migrations.first { $0.name == "search" })
        try run(Self.undoing + former.script)
        try await checkIsIndexed(&store)
    }

    private func checkIsIndexed(_ store: inout SQLiteNewsroomStore) async throws {
        store = try open()
        #expect(store.statistics.indexedSequence == 0)
        #expect(try await total("storm", in: store) == 3)
        #expect(store.statistics.indexedSequence == store.statistics.sequence)
        await store.close()
    }

    @Test func `an index that is far behind is brought up in the background, and answers say so meanwhile`() async throws {
        var store = try open()
        let rows = (0..<5_000).map { number in
            ImportRow.organization(
                ImportEntry(id: nil, externalIDs: ExternalIDs([])) { _ in
                    var draft = Organization.Draft()
                    draft.name = "Office \(number)"
                    return Proposal(draft)
                })
        }
        for start in stride(from: 0, to: rows.count, by: 500) {
            _ = try await store.importRows(Array(rows[start..<start + 500]), by: editor)
        }
        await store.close()
        try forgetIndex()
        store = try open()
        let first = try await store.search(SearchQuery(SearchExpression(parsing: "office")), as: .anonymous)
        #expect(first.isIndexComplete == (first.sequence == 5_000))
        var isComplete = false
        for _ in 0..<600 where !isComplete {
            isComplete = try await store.search(SearchQuery(SearchExpression(parsing: "office")), as: .anonymous).isIndexComplete
            if !isComplete { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(isComplete)
        #expect(try await total("\"office 4321\"", in: store) == 1)
        await store.close()
    }

    @Test func `an index of another form is made anew`() async throws {
        var store = try open()
        try await fill(store)
        #expect(try await total("storm", in: store) == 3)
        await store.close()
        try run("UPDATE search_state SET form = 0, seq = 2; DELETE FROM search_document")
        store = try open()
        #expect(try await total("storm", in: store) == 3)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `an index that is made anew finds the same`() async throws {
        let store = try open()
        try await fill(store, 5)
        #expect(try await total("storm", in: store) == 5)
        #expect(try await store.rebuildSearch() == store.statistics.sequence)
        #expect(try await total("storm", in: store) == 5)
        #expect(try await total("changed", in: store) == 3)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `many documents of one second have keys of their own, in their time`() async throws {
        let store = try open()
        for number in 0..<60 { try await store.articles.create(.sample("Flash \(number)")) }
        clock.advance(milliseconds: 86_400_000)
        try await store.articles.create(.sample("Flash of the next day"))
        let page = try await store.search(SearchQuery(SearchExpression(parsing: "flash"), order: .newest, limit: 200), as: .anonymous)
        #expect(page.hits.count == 61)
        #expect(page.hits.first?.title == "Flash of the next day")
        await store.close()
    }

    @Test func `postings that cannot be read are an error, until merging them makes the index anew`() async throws {
        var store = try open()
        try await fill(store)
        #expect(try await total("storm", in: store) == 3)
        await store.close()
        try run("UPDATE search_block SET postings = zeroblob(length(postings))")
        store = try open()
        let query = SearchQuery(SearchExpression(parsing: "storm"))
        let failure = await storeError { _ = try await store.search(query, as: .anonymous) }
        #expect(failure != nil)
        // Each search makes a segment of what was written since the last one, and eight are merged.
        for number in 0..<8 {
            try await store.articles.create(.sample("Another \(number)") { $0.body = "storm" })
            _ = try? await store.search(query, as: .anonymous)
        }
        #expect(try await total("storm", in: store) == 11)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test(arguments: [
        ("DELETE FROM search_document WHERE id GLOB 'per_*'", "is in the log, but not in the search index"),
        ("UPDATE search_document SET version = 9 WHERE id GLOB 'per_*'", "is in the search index, but not in the log"),
        ("UPDATE search_state SET seq = 99", "has read row 99 of the log"), ("DELETE FROM search_state", "does not know how far"),
        ("DELETE FROM search_segment; DELETE FROM search_block; DELETE FROM search_term", "not found by its title"),
        ("UPDATE search_block SET postings = zeroblob(length(postings))", "is damaged"),
        ("UPDATE search_block SET postings = substr(postings, 1, length(postings) - 1)", "is damaged"),
        ("UPDATE search_term SET document = document + 1", "is damaged"), ("DELETE FROM search_block", "is damaged"),
        ("UPDATE search_state SET document_count = 7", "says that it has 7"),
    ])
    func `what is wrong with the index is found, and mended by making it anew`(_ script: String, _ finding: String) async throws {
        var store = try open()
        try await fill(store)
        _ = try await total("storm", in: store)
        await store.close()
        try run(script)
        #expect(try StoreCheck.run(path: path).contains { $0.contains(finding) })
        guard !script.contains("DELETE FROM search_state") else { return }
        store = try open()
        _ = try await store.rebuildSearch()
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    /// What another process writes and leaves unindexed, as an import does that ends before it comes to that.
    private func writeElsewhere() async throws {
        let other = try open()
        for number in 0..<3 { try await other.articles.create(.sample("Foreign \(number)") { $0.body = "a glacier" }) }
        await other.close()
        #expect(other.statistics.indexedSequence < 3)
    }

    @Test func `a search waits for no other process, and says that it is not whole`() async throws {
        // For longer than the test may take.
        let store = try open(busyWithin: .seconds(36_000))
        try await writeElsewhere()
        let other = try Database(path: path, settings: ConnectionSettings(access: .readWrite, busyWithin: .seconds(600)))
        try other.beginWriting()
        func page() async throws -> SearchPage {
            try await store.search(SearchQuery(SearchExpression(parsing: "glacier")), as: .anonymous)
        }
        // A reader may keep its snapshot for some milliseconds, and the writer may have come before.
        #expect(try await eventually { try await page().isIndexComplete == (page().total == 3) && store.statistics.sequence == 3 })
        other.rollback()
        try other.close()
        #expect(try await eventually { try await page().total == 3 })
        #expect(try await page().isIndexComplete)
        await store.close()
    }

    @Test func `a store that rests indexes what another process wrote`() async throws {
        let store = try open()
        try await writeElsewhere()
        for _ in 0..<3_000 where store.statistics.indexedSequence < 3 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(store.statistics.indexedSequence == 3 && store.statistics.sequence == 3)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }
}
