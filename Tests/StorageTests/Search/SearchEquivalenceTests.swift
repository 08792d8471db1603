import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Whatever is written, merged and ended meanwhile, a search finds what looking through all texts finds.
@Suite(.inTurn) struct SearchEquivalenceTests {
    private struct Document {
        var id: ID<Article>
        var title: [String]
        var body: [String]
        var date: Instant
    }

    private static let vocabulary = [
        "storm", "stop", "stones", "rafah", "talks", "talk", "gaza", "minister", "said", "week", "next", "early", "office", "vote",
    ]

    private static func words(_ count: Int, _ randomness: inout SeededRandomSource) -> [String] {
        // The first are frequent, the last are rare.
        (0..<count).map { _ in vocabulary[Int(min(randomness.next() % 14, randomness.next() % 14))] }
    }

    private static func word(_ randomness: inout SeededRandomSource) -> String { words(1, &randomness)[0] }

    private static func term(_ randomness: inout SeededRandomSource) -> SearchExpression.Term {
        switch randomness.next() % 6 {
        case 0: SearchExpression.Term(words: words(2, &randomness), isQuoted: true)
        case 1: SearchExpression.Term(words: [String(word(&randomness).prefix(2))], isPrefix: true)
        case 2: SearchExpression.Term(words: [word(&randomness)], field: .title)
        case 3: SearchExpression.Term(words: words(2, &randomness), field: .body, isQuoted: true)
        default: SearchExpression.Term(words: [word(&randomness)])
        }
    }

    private static func expression(_ randomness: inout SeededRandomSource) -> SearchExpression {
        var expression = SearchExpression()
        for _ in 0...Int(randomness.next() % 2) {
            expression.clauses.append((0...Int(randomness.next() % 2)).map { _ in term(&randomness) })
        }
        if randomness.next() % 3 == 0 { expression.excluded = [term(&randomness)] }
        return expression
    }

    private static func holds(_ term: SearchExpression.Term, _ document: Document) -> Bool {
        let fields = term.field == .title ? [document.title] : term.field == .body ? [document.body] : [document.title, document.body]
        return fields.contains { field in
            guard field.count >= term.words.count else { return false }
            return (0...field.count - term.words.count).contains { start in
                term.words.indices.allSatisfy { place in
                    let isBeginning = term.isPrefix && place == term.words.count - 1
                    return isBeginning ? field[start + place].hasPrefix(term.words[place]) : field[start + place] == term.words[place]
                }
            }
        }
    }

    private static func matches(_ expression: SearchExpression, _ document: Document) -> Bool {
        expression.clauses.allSatisfy { $0.contains { holds($0, document) } } && !expression.excluded.contains { holds($0, document) }
    }

    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> SQLiteNewsroomStore {
        let clock = clock
        return try SQLiteNewsroomStore.open(
            .init(path: path, queryWithin: .seconds(600)), now: { clock.now }, randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    /// As the writer does, but by very small steps.
    private func merge(_ randomness: inout SeededRandomSource) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.beginWriting(until: .now + .seconds(60))
        _ = try SegmentMerge(database).step(
            postingCountMax: Int(1 + randomness.next() % 40), isEager: randomness.next() % 2 == 0)
        try database.commit()
        try database.close()
    }

    @Test(arguments: 1...4) func `a search finds what looking through all texts finds`(_ seed: UInt64) async throws {
        var randomness = SeededRandomSource(seed: seed)
        var documents: [Document] = []
        var store = try open()
        for round in 0..<30 {
            for _ in 0...Int(randomness.next() % 6) {
                try await write(store, &documents, &randomness)
            }
            for _ in 0..<Int(randomness.next() % 5) { try merge(&randomness) }
            if round % 10 == 9 {
                await store.close()
                #expect(try StoreCheck.run(path: path) == [])
                store = try open()
            }
            for _ in 0..<6 {
                let expression = SearchEquivalenceTests.expression(&randomness)
                let wanted = documents.filter { SearchEquivalenceTests.matches(expression, $0) }.sorted { $0.date > $1.date }
                for order in SearchOrder.allCases {
                    let query = SearchQuery(expression, kinds: [.article], order: order, limit: 200)
                    let page = try await store.search(query, as: .newsroom)
                    // Nothing found makes it look for something else.
                    guard page.corrections.isEmpty else { continue }
                    #expect(page.total == wanted.count, "\(expression.text)")
                    #expect(Set(page.hits.map(\.id)) == Set(wanted.map(\.id.text)), "\(expression.text)")
                    if order == .newest { #expect(page.hits.map(\.id) == wanted.map(\.id.text), "\(expression.text)") }
                }
            }
        }
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    private func write(
        _ store: SQLiteNewsroomStore, _ documents: inout [Document], _ randomness: inout SeededRandomSource
    ) async throws {
        let title = SearchEquivalenceTests.words(3, &randomness)
        let body = SearchEquivalenceTests.words(Int(1 + randomness.next() % 30), &randomness)
        let place = documents.isEmpty ? 0 : Int(randomness.next() % UInt64(documents.count))
        switch randomness.next() % 5 {
        case 0 where !documents.isEmpty:
            try await store.articles.delete(.id(documents[place].id), if: .none, by: editor)
            documents.remove(at: place)
        case 1 where !documents.isEmpty, 2 where !documents.isEmpty:
            // The time stays, and with it the number: the old text must not be found under it.
            try await store.articles.change(documents[place].id) {
                $0.headline = title.joined(separator: " ")
                $0.body = body.joined(separator: ", ")
            }
            (documents[place].title, documents[place].body) = (title, body)
        default:
            clock.advance(milliseconds: 1_000 + Int64(randomness.next() % 100_000))
            let date = clock.now
            let article = try await store.articles.create(
                .sample(title.joined(separator: " ")) {
                    $0.body = body.joined(separator: "; ")
                    $0.publishedAt = date
                })
            documents.append(Document(id: article.record.id, title: title, body: body, date: date))
        }
    }
}
