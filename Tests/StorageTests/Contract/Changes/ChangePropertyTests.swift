import Newsroom
import Testing
import Turns

/// Whoever follows the feed knows at each end of it what there is to be seen, whatever was written, published and restarted meanwhile.
@Suite(.inTurn) struct ChangePropertyTests {
    @Test(arguments: StoreUnderTest.all, [1, 2, 3, 4] as [UInt64])
    func `what the feed has told is what may be seen`(_ kind: StoreUnderTest, _ seed: UInt64) async throws {
        let (folder, clock) = (TemporaryFolder(), TestClock())
        var random = SeededRandomSource(seed: seed)
        var store = try kind.open(folder, clock)
        var (reader, desk) = (Follower(.anonymous), Follower(.newsroom))
        for number in 1...120 {
            clock.advance(milliseconds: Int64(random.next() % 4) * 500)
            do {
                try await writeOnce(store, clock, number, &random)
            } catch let error as StoreError {
                // A move that is not allowed, or something that others refer to.
                guard error.isRefusal else { throw error }
            }
            if random.next() % 20 == 0 {
                await store.close()
                clock.advance(milliseconds: 1_500)
                store = try kind.open(folder, clock)
            }
            guard random.next() % 4 == 0 else { continue }
            // A write tells of what the clock alone has published.
            try await store.organizations.create(.sample("Body \(number)"))
            try await reader.follow(store, limit: Int(random.next() % 5) + 1)
            try await desk.follow(store, limit: Int(random.next() % 50) + 1)
            #expect(reader.present == (try await store.visible(to: .anonymous)), "after \(number)")
            #expect(desk.present == (try await store.visible(to: .newsroom)), "after \(number)")
        }
        #expect(reader.heard.contains { $0.kind == .statement && $0.operation == .deleted })
        await store.close()
    }

    private func writeOnce(_ store: any NewsroomStore, _ clock: TestClock, _ number: Int, _ random: inout SeededRandomSource) async throws {
        let articles = try await store.articles.walk(ListQuery(sort: Sort(.createdAt)))
        let statements = try await store.statements.walk(ListQuery(sort: Sort(.createdAt)))
        let article = articles.isEmpty ? nil : articles[Int(random.next() % UInt64(articles.count))]
        let statement = statements.isEmpty ? nil : statements[Int(random.next() % UInt64(statements.count))]
        let embargo = Instant(milliseconds: clock.now.milliseconds + Int64(random.next() % 3_000) - 500)
        switch random.next() % 10 {
        case 0, 1:
            let status = ArticleStatus.allCases[Int(random.next() % 3)]
            try await store.articles.create(
                .sample("Article \(number)") {
                    $0.status = status
                    $0.embargoedUntil = number % 2 == 0 ? embargo : nil
                })
        case 2, 3:
            guard let article else { return }
            try await store.statements.create(.sample("Statement \(number).") { $0.article = .id(article.record.id) })
        case 4:
            guard let statement else { return }
            try await store.statements.change(statement.record.id) { $0.article = article.map { .id($0.record.id) } }
        case 5:
            guard let article else { return }
            try await store.articles.change(article.record.id) { $0.embargoedUntil = number % 3 == 0 ? nil : embargo }
        case 6, 7:
            guard let article else { return }
            try await store.articles.change(article.record.id) { draft in
                if draft.status == .published {
                    draft.status = .retracted
                } else {
                    draft.status = .published
                    draft.publishedAt = number % 2 == 0 ? embargo : nil
                }
            }
        case 8:
            if number % 2 == 0, let statement { try await store.statements.delete(.id(statement.record.id), if: .none, by: editor) }
            if number % 2 == 1, let article { try await store.articles.delete(.id(article.record.id), if: .none, by: editor) }
        default:
            let changes = try await store.changes(ChangeQuery(limit: 1_000), as: .newsroom).changes
            guard let gone = changes.last(where: { $0.operation == .deleted }), let id = ID<Article>(gone.id) else { return }
            _ = try await store.articles.restore(.id(id), Restoration(version: 1), if: .none, by: editor)
        }
    }
}

extension StoreError {
    fileprivate var isRefusal: Bool {
        switch self {
        case .invalid, .conflict, .inUse, .notFound, .gone: true
        default: false
        }
    }
}
