import Newsroom
import SQLite
import Testing
import Turns

@testable import Storage

/// The feed of a file from before there was one, and what the check finds in a feed.
@Suite(.inTurn) struct ChangeMigrationTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open() throws -> SQLiteNewsroomStore {
        try SQLiteNewsroomStore.open(
            .init(path: path, queryWithin: .seconds(600)), now: { [clock] in clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    private func run(_ script: String) throws {
        let database = try Database(path: path, settings: ConnectionSettings(access: .readWrite))
        try database.executeChangingSchema(script: script)
        try database.close()
    }

    @Test func `a file from before gets a feed, with embargoes that ended since and those that come`() async throws {
        var store = try open()
        func at(_ seconds: Int64) -> Instant { Instant(milliseconds: clock.now.milliseconds + seconds * 1_000) }
        let article = try await store.articles.create(.sample("Out") { $0.status = .draft })
        try await store.articles.change(article.record.id) { $0.status = .published }
        let gone = try await store.articles.create(.sample("Gone"))
        try await store.articles.delete(.id(gone.record.id), if: .none, by: editor)
        let (soon, later) = (at(60), at(600))
        let due = try await store.articles.create(.sample("Due") { $0.embargoedUntil = soon })
        let coming = try await store.articles.create(.sample("Coming") { $0.embargoedUntil = later })
        let said = try await store.statements.create(.sample("Out.") { $0.article = .id(article.record.id) })
        let hidden = try await store.statements.create(.sample("Due.") { $0.article = .id(due.record.id) })
        let person = try await store.people.create(.sample())
        await store.close()
        try run(FormerTables.before21)
        clock.advance(milliseconds: 120_000)
        store = try open()
        _ = try await store.waitForChanges(after: 9, within: .seconds(600))
        var reader = Follower(.anonymous)
        try await reader.follow(store)
        #expect(reader.story(of: article.record.id.text) == ["created 2"])
        #expect(reader.story(of: gone.record.id.text) == ["created 1", "deleted 2"])
        #expect(reader.story(of: due.record.id.text) == ["created 1"])
        #expect(reader.story(of: said.record.id.text) == ["created 1"] && reader.story(of: hidden.record.id.text) == ["created 1"])
        #expect(reader.story(of: person.record.id.text) == ["created 1"])
        clock.advance(milliseconds: 600_000)
        try await store.people.create(.sample("Another"))
        try await reader.follow(store)
        #expect(reader.story(of: coming.record.id.text) == ["created 1"])
        #expect(reader.present == (try await store.visible(to: .anonymous)))
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `of statements from before everybody is shown what they were told alone`() async throws {
        var store = try open()
        let article = try await store.articles.create(.sample())
        let changed = try await store.statements.create(.sample("One.") { $0.article = .id(article.record.id) }).record.id
        let same = try await store.statements.create(.sample("Same.") { $0.article = .id(article.record.id) }).record.id
        let before = clock.now
        clock.advance(milliseconds: 10)
        try await store.statements.change(changed) { $0.text = "Two." }
        let after = clock.now
        await store.close()
        try run(FormerTables.before21)
        clock.advance(milliseconds: 10)
        store = try open()
        try await store.statements.change(changed) { $0.text = "Three." }
        func texts(_ instant: Instant) async throws -> [String] {
            let query = ListQuery<Statement>(sort: Sort(.createdAt), asOf: instant)
            return try await store.statements.page(query, as: .anonymous).items.map(\.draft.text)
        }
        #expect(try await texts(before) == ["Same."])
        #expect(try await texts(after) == ["Two.", "Same."])
        #expect(await storeError { _ = try await store.statements.find(.id(changed), as: .anonymous, asOf: before) } == .notFound)
        #expect(try await store.statements.find(.id(same), as: .anonymous, asOf: before).draft.text == "Same.")
        let versions = try await store.statements.revisions(of: .id(changed), RevisionQuery(), as: .anonymous)
        #expect(versions.items.map(\.version) == [3, 2])
        await store.close()
    }

    @Test func `an embargo that ended while nobody had the file open is told of when it is opened`() async throws {
        var store = try open()
        let until = Instant(milliseconds: clock.now.milliseconds + 60_000)
        let article = try await store.articles.create(.sample { $0.embargoedUntil = until })
        let statement = try await store.statements.create(.sample { $0.article = .id(article.record.id) })
        await store.close()
        clock.advance(milliseconds: 3_600_000)
        store = try open()
        #expect(try await store.waitForChanges(after: 2, within: .seconds(600)) == 4)
        let page = try await store.changes(ChangeQuery(), as: .anonymous)
        #expect(page.changes.map(\.id) == [article.record.id.text, statement.record.id.text])
        #expect(page.changes.map(\.recordedAt) == [clock.now, clock.now])
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `what another process writes wakes who waits here, and nothing is told twice`() async throws {
        let (one, other) = (try open(), try open())
        let until = Instant(milliseconds: clock.now.milliseconds + 60_000)
        async let newest = one.waitForChanges(after: 0, within: .seconds(600))
        let article = try await other.articles.create(.sample { $0.embargoedUntil = until })
        #expect(try await newest == 1)
        clock.advance(milliseconds: 60_000)
        async let first = one.people.create(Proposal(.sample("One")), by: editor)
        async let second = other.people.create(Proposal(.sample("Other")), by: editor)
        _ = try await (first, second)
        for store in [one, other] {
            _ = try await store.waitForChanges(after: 3, within: .seconds(600))
            var reader = Follower(.anonymous)
            try await reader.follow(store)
            #expect(reader.story() == ["created 1", "created 1", "created 1"] && reader.next == 4)
            #expect(reader.story(of: article.record.id.text) == ["created 1"])
        }
        await one.close()
        await other.close()
    }

    @Test func `the check finds what was told wrongly, or not at all`() async throws {
        let store = try open()
        let article = try await store.articles.create(.sample { $0.status = .draft })
        try await store.statements.create(.sample { $0.article = .id(article.record.id) })
        try await store.articles.change(article.record.id) { $0.status = .published }
        try await store.people.create(.sample())
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
        let unlocked = "DROP TRIGGER public_change_is_not_changed; DROP TRIGGER public_change_is_not_deleted;"
        try run(unlocked + "UPDATE public_change SET version = 7 WHERE seq = 3")
        #expect(try StoreCheck.run(path: path) == ["row 3 of the log is of another resource than the table public_change says"])
        try run("UPDATE public_change SET version = 2 WHERE seq = 3; UPDATE public_change SET version = 9 WHERE seq = 4")
        #expect(try StoreCheck.run(path: path) == ["row 4 of the log tells of another visibility than the table public_change"])
        try run("UPDATE public_change SET version = 1 WHERE seq = 4; DELETE FROM public_change WHERE seq = 3")
        #expect(try StoreCheck.run(path: path) == ["\(article.record.id) is public, and nobody was told so"])
        try run("UPDATE article SET embargoed_until_ms = 9000000000000")
        #expect(try StoreCheck.run(path: path).count > 0)
    }
}
