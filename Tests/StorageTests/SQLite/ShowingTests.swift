import Documents
import JSON
import Newsroom
import SQLite
import Testing

@testable import Storage

/// What only this engine does: it shows articles from the log's documents.
@Suite struct ShowingTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()

    private func filled() async throws -> (store: any NewsroomStore, article: Article) {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        let person = try await store.people.create(.sample("Ron Dermer"))
        return (store, try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] }))
    }

    @Test(arguments: [
        "json_remove(document, '$.word_count')", "'{}'", "'{\"id\":\"art_0\"}'", "'no JSON'", "json_set(document, '$.new', 1)",
    ])
    func `a document of another form than today's is no obstacle`(_ document: String) async throws {
        let (store, article) = try await filled()
        let shown = try await store.articles.rendering(.id(article.record.id), as: .newsroom)
        let listed = try await store.articles.renderedPage(ListQuery(sort: Sort(.headline)), as: .newsroom)
        await store.close()
        let database = try Database(path: folder.file("newsroom.db"), settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: "DROP TRIGGER log_is_not_changed; UPDATE log SET document = \(document) WHERE kind = 'article'")
        try database.close()
        let again = try StoreUnderTest.all[0].open(folder, clock)
        #expect(try await again.articles.rendering(.id(article.record.id), as: .newsroom) == shown)
        #expect(try await again.articles.renderedPage(ListQuery(sort: Sort(.headline)), as: .newsroom) == listed)
        await again.close()
    }

    @Test func `captions that another process changes are shown`() async throws {
        let (store, article) = try await filled()
        _ = try await store.articles.rendering(.id(article.record.id), as: .newsroom)
        let other = try StoreUnderTest.all[0].open(folder, clock)
        guard case .id(let person)? = article.draft.people.first?.target else { return #expect(Bool(false), "no reference") }
        try await other.people.change(person) { $0.name = "Another Name" }
        var shown = ""
        for _ in 0..<500 where !shown.contains("Another Name") {
            try await Task.sleep(for: .milliseconds(10))
            shown = String(decoding: try await store.articles.rendering(.id(article.record.id), as: .newsroom).json, as: UTF8.self)
        }
        #expect(shown.contains("Another Name"))
        await other.close()
        await store.close()
    }
}
