import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Articles are read by rows that they were found in before, and nothing but their own is shown of these.
@Suite(.inTurn) struct FoundKeysTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> any NewsroomStore { try StoreUnderTest.all[0].open(folder, clock) }

    private func filled() async throws -> (store: any NewsroomStore, article: Article) {
        let store = try open()
        let person = try await store.people.create(.sample("Ron Dermer"))
        return (store, try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] }))
    }

    private func count(_ condition: String) throws -> Int64 {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readOnly))
        let query = Query<Int64>(SQL(assembled: "SELECT count(*) FROM article_rendering WHERE \(condition)")) { row throws(SQLiteError) in
            row.integer(0)
        }
        let count = try database.first(query) ?? 0
        try database.close()
        return count
    }

    private func text(_ rendering: Rendering?) -> String { String(decoding: rendering?.json ?? [], as: UTF8.self) }

    @Test func `a row that came to another article shows nothing of it to who asks for the first`() async throws {
        let (store, article) = try await filled()
        let key = ResourceKey<Article>.id(article.record.id)
        // Once by the index of ids, and then by the row.
        for _ in 0..<2 { #expect(try store.articles.renderingAtOnce(key, as: .anonymous)?.version == 1) }
        try await store.articles.delete(key, if: .none, by: editor)
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) == nil)
        let secret = try await store.articles.create(
            .sample { draft in
                draft.headline = "A draft"
                draft.status = .draft
            })
        // SQLite gives the greatest number again once its row is gone.
        #expect(try count("article_key = 1") == 1)
        for viewer in [Viewer.newsroom, .anonymous] {
            #expect(try store.articles.renderingAtOnce(key, as: viewer) == nil)
            #expect(await storeError { _ = try await store.articles.rendering(key, as: viewer) } == .gone)
        }
        for _ in 0..<2 {
            #expect(text(try store.articles.renderingAtOnce(.id(secret.record.id), as: .newsroom)).contains("A draft"))
            #expect(try store.articles.renderingAtOnce(.id(secret.record.id), as: .anonymous) == nil)
        }
        await store.close()
    }

    @Test func `what is remembered of rows is bounded, grows without forgetting, and names no article that was not noted`() {
        var keys = FoundKeys()
        var randomness = SeededRandomSource(seed: 11)
        let ids = (1...3_000).map { _ in ID<Article>(ULID(at: Instant(milliseconds: 1_000), randomness: &randomness)) }
        let knowsNone = keys.key(of: ids[0]) == nil
        for (index, id) in ids.enumerated() { keys.note(Int64(index + 1), of: id) }
        let found = ids.enumerated().count { keys.key(of: $1) == Int64($0 + 1) }
        let wrong = ids.enumerated().count { keys.key(of: $1) ?? Int64($0 + 1) != Int64($0 + 1) }
        let strangers = (0..<3_000).count { _ in
            keys.key(of: ID<Article>(ULID(at: Instant(milliseconds: 1_000), randomness: &randomness))) != nil
        }
        #expect(knowsNone && found > 2_200 && wrong == 0 && strangers == 0)
        keys.note(.max, of: ids[0])
        keys.note(0, of: ids[0])
        let first = keys.key(of: ids[0])
        #expect(first == nil || first == 1)
    }

    @Test func `a rendering is the article's whose id it begins with`() {
        var randomness = SeededRandomSource(seed: 5)
        let id = ID<Article>(ULID(at: Instant(milliseconds: 1_000), randomness: &randomness))
        let other = ID<Article>(ULID(at: Instant(milliseconds: 1_000), randomness: &randomness))
        func isRendering(_ text: String) -> Bool { FoundKeys.isRendering(Array(text.utf8).span, of: id) }
        #expect(isRendering(#"{"id":"\#(id.text)","type":"news"}"#))
        #expect(!isRendering(#"{"id":"\#(other.text)","type":"news"}"#))
        for length in 0..<38 { #expect(!isRendering(String(#"{"id":"\#(id.text)","type"#.prefix(length)))) }
    }
}
