import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Commits that write nothing that is read leave the edition, and with it the answers that were kept.
@Suite(.inTurn) struct EditionUpkeepTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> any NewsroomStore { try StoreUnderTest.all[0].open(folder, clock) }

    private func filled() async throws -> (store: any NewsroomStore, article: Article) {
        let store = try open()
        let person = try await store.people.create(.sample("Ron Dermer"))
        return (store, try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] }))
    }

    private func run(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.execute(script: script)
        try database.close()
    }

    /// Waits for what the writer does when it is idle.
    private func isSo(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<3_000 {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func `renderings that are renewed and segments that are merged end no edition`() async throws {
        let (store, article) = try await filled()
        guard case .id(let person)? = article.draft.people.first?.target else { return #expect(Bool(false), "no reference") }
        try await store.people.change(person) { $0.name = "Another Name" }
        let key = ResourceKey<Article>.id(article.record.id)
        // The index comes first; what is behind it is renewed when nobody writes.
        #expect(try await isSo { store.statistics.indexedSequence == store.statistics.sequence })
        var edition = store.edition
        // Another process' commit may be noticed late.
        #expect(
            try await isSo {
                defer { edition = store.edition }
                return try await lasts(edition, in: store)
            })
        try run("DELETE FROM article_rendering")
        _ = try await store.articles.rendering(key, as: .newsroom)
        #expect(try await isSo { try store.articles.renderingAtOnce(key, as: .newsroom) != nil })
        #expect(try await lasts(edition, in: store))
        try await store.people.change(person) { $0.name = "A Third Name" }
        #expect(store.edition != edition)
        await store.close()
    }

    /// Whether an edition is still the same when other processes' commits have been looked for.
    private func lasts(_ edition: Edition, in store: any NewsroomStore) async throws -> Bool {
        try await Task.sleep(for: .milliseconds(60))
        return store.edition == edition
    }
}
