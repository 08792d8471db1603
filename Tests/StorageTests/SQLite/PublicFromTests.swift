import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// From when on everybody may see an article, and a statement in it: in SQL as in the domain.
@Suite(.inTurn) struct PublicFromTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()

    @Test func `SQL says of each article what the predicate says`() async throws {
        let store = try StoreUnderTest.all[0].open(folder, clock)
        var expected: [String: Int64] = [:]
        for status in ArticleStatus.allCases {
            for embargo in [nil, -5, 0, 7] as [Int64?] {
                for publication in [-5, 0, 7] as [Int64] {
                    func at(_ offset: Int64) -> Instant { Instant(milliseconds: clock.now.milliseconds + offset) }
                    let article = try await store.articles.create(
                        .sample {
                            $0.status = status
                            $0.embargoedUntil = embargo.map(at)
                            $0.publishedAt = at(publication)
                        })
                    expected[article.record.id.text] = Article.publicFrom(article.draft)?.milliseconds ?? -1
                }
            }
        }
        await store.close()
        let database = try Database(path: folder.file("newsroom.db"), settings: ConnectionSettings(access: .readOnly))
        let query = Query<(String, Int64)>("SELECT id, \(Article.publicFromSQL) FROM article") { row throws(SQLiteError) in
            (row.text(0), row.integerOrNil(1) ?? -1)
        }
        let found = Dictionary(uniqueKeysWithValues: try database.all(query))
        #expect(found == expected)
        #expect(found.values.contains(-1) && found.values.contains { $0 > 0 })
        try database.close()
    }
}
