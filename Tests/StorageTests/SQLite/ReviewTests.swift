import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// Marks for review: set, shown, found, cleared.
@Suite(.inTurn) struct ReviewTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private let statement = "sta_00000000000000000000000001"

    private func open() throws -> SQLiteNewsroomStore {
        try SQLiteNewsroomStore.open(
            .init(path: folder.file("newsroom.db"), queryWithin: .seconds(600)), now: { [clock] in clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    private func mark(
        _ store: SQLiteNewsroomStore, _ subjects: [ReviewSubject], _ reason: ReviewReason = .withdrawn
    ) async throws {
        let statement = statement
        try await store.engine.writer.perform { session in
            try session.markForReview(subjects, because: reason, of: statement, by: editor)
        }
    }

    private func needing<R: Resource>(
        _ store: any ResourceStore<R>, _ member: R.FilterMember, _ comparison: Comparison
    ) async throws -> [R] {
        guard let sort = R.SortMember(rawValue: "created_at") else { return [] }
        let query = ListQuery<R>(filters: [Filter(member, comparison, [.text("true")])], sort: Sort(sort), counts: true)
        let page = try await store.page(query, as: .newsroom)
        #expect(page.total == page.items.count)
        return page.items
    }

    @Test func `a mark is seen by the newsroom alone, once, and what it is about stays as it is`() async throws {
        let store = try open()
        let article = try await store.articles.create(.sample())
        let other = try await store.articles.create(.sample("Other"))
        let event = try await store.events.create(.sample())
        let key = ResourceKey.id(article.record.id)
        let before = try await store.articles.rendering(key, as: .anonymous)
        let edition = store.edition
        clock.advance(milliseconds: 5)
        let subjects = [
            ReviewSubject(id: event.record.id.text, basis: .cause),
            ReviewSubject(id: article.record.id.text, basis: .report),
            ReviewSubject(id: article.record.id.text, basis: .event, event: event.record.id.text),
        ]
        try await mark(store, subjects)
        #expect(store.edition != edition)
        let sequence = try await store.newestSequence()
        try await mark(store, subjects)
        #expect(try await store.newestSequence() == sequence && sequence == 5)

        let marked = try await store.articles.find(key, as: .newsroom)
        #expect(marked.review.count == 1 && marked.review[0].basis == .report && marked.review[0].since == clock.now)
        #expect(marked.review[0].reason == .withdrawn && marked.review[0].statement == statement)
        #expect(marked.record == article.record)
        #expect(try await store.articles.find(key, as: .anonymous) == article)
        #expect(try await store.articles.rendering(key, as: .anonymous) == before)
        #expect(try store.articles.renderingAtOnce(key, as: .anonymous) == before)
        #expect(try store.articles.renderingAtOnce(key, as: .newsroom) == nil)
        let shown = try await store.articles.rendering(key, as: .newsroom)
        #expect(shown.version == before.version)
        let text = String(decoding: shown.json, as: UTF8.self)
        #expect(text.hasPrefix(String(decoding: before.json.dropLast(), as: UTF8.self)) && text.contains(#","needs_review":[{"id":"rev_"#))
        #expect(try store.articles.renderingAtOnce(.id(other.record.id), as: .newsroom) != nil)

        let query = ListQuery<Article>(sort: Sort(.createdAt))
        let list = try await store.articles.renderedPage(query, as: .newsroom)
        #expect(list.items.count == 2)
        #expect(list.items.map { String(decoding: list.json[$0], as: UTF8.self).contains("needs_review") } == [true, false])
        #expect(String(decoding: list.json[list.items[0]], as: UTF8.self).hasSuffix("]}"))
        let others = try await store.articles.renderedPage(query, as: .anonymous)
        #expect(!String(decoding: others.json, as: UTF8.self).contains("needs_review"))
        #expect(try await needing(store.articles, .needsReview, .equal).map(\.record.id) == [article.record.id])
        #expect(try await needing(store.articles, .needsReview, .notEqual).map(\.record.id) == [other.record.id])
        #expect(try await needing(store.events, .needsReview, .equal).map(\.review.count) == [1])
        #expect(StoreCheckRun.findings(folder, store) == [])
        await store.close()
    }

    @Test func `everybody else may not ask, nor anybody of the past`() async throws {
        let store = try open()
        var query = ListQuery<Article>(filters: [Filter(.needsReview, .equal, [.text("true")])], sort: Sort(.createdAt))
        func member(_ body: () async throws -> Void) async -> String? {
            guard case .invalidQuery(let member, _)? = await storeError(body) else { return nil }
            return member
        }
        #expect(await member { _ = try await store.articles.page(query, as: .anonymous) } == "needs_review")
        let facets = FacetQuery<Article>(filters: query.filters, asOf: nil, members: [.section], valueCountMax: 5, within: .seconds(5))
        #expect(await member { _ = try await store.articles.facets(facets, as: .anonymous) } == "needs_review")
        #expect(try await store.articles.page(query, as: .reader).items.isEmpty)
        query.asOf = clock.now
        #expect(await member { _ = try await store.articles.page(query, as: .newsroom) } == "needs_review")
        await store.close()
    }

    @Test func `clearing is about the marks that are named, or all, and changes no version`() async throws {
        let store = try open()
        let article = try await store.articles.create(.sample())
        let other = try await store.articles.create(.sample("Other"))
        let (key, id) = (ResourceKey.id(article.record.id), article.record.id.text)
        try await mark(store, [ReviewSubject(id: id, basis: .report)], .corrected)
        clock.advance(milliseconds: 10)
        let between = clock.now
        clock.advance(milliseconds: 10)
        try await mark(store, [ReviewSubject(id: id, basis: .report)], .withdrawn)
        let marks = try await store.articles.find(key, as: .newsroom).review
        #expect(marks.map(\.reason) == [.corrected, .withdrawn])

        func clear(_ key: ResourceKey<Article>, _ marks: [ReviewID]?, if precondition: Precondition = .none) async throws {
            _ = try await store.articles.clearReview(
                key, ReviewClearance(note: "It holds.", marks: marks), if: precondition, by: editor, on: WriteTerms())
        }
        #expect(await storeError { try await clear(key, nil, if: .versions([7])) } == .staleVersion(current: 1))
        guard case .invalid(let failure)? = await storeError({ try await clear(.id(other.record.id), [marks[0].id]) }) else {
            Issue.record("another's mark was cleared")
            return
        }
        #expect(failure.failures.map(\.path) == ["/marks/0"])
        clock.advance(milliseconds: 10)
        try await clear(key, [marks[0].id])
        #expect(try await store.articles.find(key, as: .newsroom).review == [marks[1]])
        let sequence = try await store.newestSequence()
        try await clear(key, [marks[0].id])
        #expect(try await store.newestSequence() == sequence)
        try await clear(key, nil)
        #expect(try await store.newestSequence() == sequence + 1)
        let cleared = try await store.articles.find(key, as: .newsroom)
        #expect(cleared == article)
        #expect(try await store.articles.find(key, as: .newsroom, asOf: between).review == [marks[0]])
        #expect(try await store.articles.find(key, as: .anonymous, asOf: between).review == [])
        // What is found to be wrong once more is marked once more.
        try await mark(store, [ReviewSubject(id: id, basis: .report)], .withdrawn)
        #expect(try await store.articles.find(key, as: .newsroom).review.count == 1)
        #expect(StoreCheckRun.findings(folder, store) == [])
        await store.close()
    }

    @Test func `marks outlive the deletion and the return of what they are about`() async throws {
        let store = try open()
        let article = try await store.articles.create(.sample())
        try await mark(store, [ReviewSubject(id: article.record.id.text, basis: .correction)])
        try await store.articles.delete(.id(article.record.id), if: .none, by: editor)
        #expect(try await needing(store.articles, .needsReview, .equal).isEmpty)
        #expect(StoreCheckRun.findings(folder, store) == [])
        let back = try await store.articles.restore(.id(article.record.id), Restoration(version: 1), if: .none, by: editor)
        #expect(try await store.articles.find(.id(back.record.id), as: .newsroom).review.map(\.basis) == [.correction])
        #expect(StoreCheckRun.findings(folder, store) == [])
        await store.close()
    }

    @Test func `the check finds a mark that the log knows otherwise`() async throws {
        let store = try open()
        let article = try await store.articles.create(.sample())
        try await mark(store, [ReviewSubject(id: article.record.id.text, basis: .report)])
        try await store.engine.writer.perform { session in
            try session.database.run(.tamper) { _ in }
        }
        #expect(StoreCheckRun.findings(folder, store).map { $0.hasSuffix("is not in the table review what the log says") } == [true])
        await store.close()
    }
}

extension SQL {
    fileprivate static let tamper = SQL("UPDATE review SET reason = 'statement_deleted'")
}

private enum StoreCheckRun {
    static func findings(_ folder: TemporaryFolder, _ store: SQLiteNewsroomStore) -> [String] {
        (try? StoreCheck.run(path: folder.file("newsroom.db"))) ?? ["it could not be looked at"]
    }
}
