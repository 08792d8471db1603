import Documents
import Glibc
import JSON
import Newsroom
import SQLite
import Synchronization
import Testing
import Turns

@testable import Storage

/// What only this engine promises: how it commits, what other processes see, what its log says.
@Suite(.inTurn) struct DurabilityTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock()
    private var path: String { folder.file("newsroom.db") }

    private func open(_ change: (inout SQLiteNewsroomStore.Options) -> Void = { _ in }) throws -> SQLiteNewsroomStore {
        var options = SQLiteNewsroomStore.Options(path: path, queryWithin: .seconds(600))
        change(&options)
        let clock = clock
        return try SQLiteNewsroomStore.open(
            options, now: { clock.now },
            randomness: SeededRandomSource(seed: clock.nextSeed()))
    }

    private func another(_ access: ConnectionSettings.Access = .readOnly) throws -> Database {
        try Database(path: path, settings: ConnectionSettings(access: access, busyWithin: .milliseconds(10)))
    }

    private struct LogRow: Equatable {
        let sequence: Int64
        let version: Int64
        let operation: String
        let actor: String
        let publicFrom: Int64?
        let document: String?
    }

    private let log = Query("SELECT seq, version, operation, actor, public_from_ms, document FROM log ORDER BY seq") {
        row throws(SQLiteError) in
        LogRow(
            sequence: row.integer(0), version: row.integer(1), operation: row.text(2), actor: row.text(3),
            publicFrom: row.integerOrNil(4), document: row.textOrNil(5))
    }

    @Test func `every write leaves its row in the log, with the whole document`() async throws {
        let store = try open()
        let person = try await store.people.create(.sample())
        let made = try await store.articles.create(.sample { $0.people = [RoleReference(target: .id(person.record.id))] })
        let embargo = Instant(milliseconds: clock.now.milliseconds + 1_000)
        _ = try await store.articles.revise(.id(made.record.id), if: .none, by: Actor(name: "desk")) {
            var draft = $0.draft
            draft.embargoedUntil = embargo
            return Proposal(draft)
        }
        let changed = try await store.articles.find(.id(made.record.id), as: .newsroom)
        try await store.articles.delete(.id(made.record.id), if: .none, by: editor)
        let rows = try another().all(log)
        #expect(rows.map(\.sequence) == [1, 2, 3, 4])
        #expect(rows.map(\.version) == [1, 1, 2, 3])
        #expect(rows.map(\.operation) == ["created", "created", "updated", "deleted"])
        #expect(rows.map(\.actor) == ["editor", "editor", "desk", "editor"])
        #expect(rows.map(\.publicFrom) == [0, made.draft.publishedAt?.milliseconds, embargo.milliseconds, nil])
        #expect(rows[3].document == nil)
        guard case .object(let document) = try JSONReader.read(Array((rows[2].document ?? "").utf8)) else {
            Issue.record("no document")
            return
        }
        #expect(ArticleDocument.draft(fromLog: document) == changed.draft)
        #expect(ArticleDocument.record(fromLog: document) == changed.record)
        await store.close()
        #expect(try StoreCheck.run(path: path).isEmpty)
    }

    @Test func `a commit of another process is seen, and the log goes on behind it`() async throws {
        let store = try open()
        let made = try await store.people.create(.sample())
        let other = try open()
        _ = try await other.people.change(made.record.id) { $0.description = "from elsewhere" }
        var seen = try await store.people.find(.id(made.record.id), as: .newsroom)
        for _ in 0..<2_000 where seen.record.version == 1 {
            try await Task.sleep(for: .milliseconds(1))
            seen = try await store.people.find(.id(made.record.id), as: .newsroom)
        }
        #expect(seen.draft.description == "from elsewhere")
        _ = try await store.people.change(made.record.id, if: .versions([2])) { $0.description = "and back" }
        _ = try await other.people.create(.sample("Another"))
        #expect(store.statistics.sequence == 3 && other.statistics.sequence == 4)
        await other.close()
        await store.close()
        #expect(try another().all(log).map(\.sequence) == [1, 2, 3, 4])
    }

    @Test func `what another process commits ends the edition`() async throws {
        let store = try open()
        let other = try open()
        let made = try await store.people.create(.sample())
        let edition = store.edition
        _ = try await other.people.change(made.record.id) { $0.description = "from elsewhere" }
        #expect(await eventually { store.edition != edition })
        #expect(try await store.people.find(.id(made.record.id), as: .anonymous).draft.description == "from elsewhere")
        await other.close()
        await store.close()
    }

    @Test func `while another process holds the file, writes wait, then are refused, and reads go on`() async throws {
        let store = try open { $0.busyWithin = .milliseconds(150) }
        let made = try await store.people.create(.sample())
        let other = try another(.readWrite)
        try other.beginWriting()
        #expect(await storeError { try await store.people.create(.sample("Second")) } == .locked)
        #expect(try await store.people.find(.id(made.record.id), as: .anonymous) == made)
        let waiting = Task { await storeError { try await store.people.create(.sample("Third")) } }
        _ = await eventually { store.statistics.writeQueueDepth == 0 }
        other.rollback()
        #expect(await waiting.value == nil)
        #expect(store.statistics.acceptsWrites)
        await store.close()
    }

    /// A write that holds the writer until the gate is opened.
    private func hold(_ gate: Gauge, _ store: SQLiteNewsroomStore, _ id: ID<Person>) async -> Task<StoreError?, Never> {
        let held = Task {
            await storeError {
                try await store.people.change(id) {
                    gate.hasBegun.store(true, ordering: .releasing)
                    while !gate.isDone.load(ordering: .acquiring) { usleep(100) }
                    $0.description = "held"
                }
            }
        }
        #expect(await eventually { gate.hasBegun.load(ordering: .acquiring) })
        return held
    }

    @Test func `what is queued while a commit runs is committed together`() async throws {
        let store = try open()
        let gate = Gauge()
        let held = await hold(gate, store, try await store.people.create(.sample()).record.id)
        let writes = (0..<50).map { number in
            Task { await storeError { try await store.people.create(.sample(number == 7 ? "" : "Person \(number)")) } }
        }
        #expect(await eventually { store.statistics.writeQueueDepth == 50 })
        gate.isDone.store(true, ordering: .releasing)
        #expect(await held.value == nil)
        var failures = 0
        for write in writes where await write.value != nil { failures += 1 }
        #expect(failures == 1)
        #expect(store.statistics.sequence == 51)
        await store.close()
        #expect(try another().all(log).map(\.sequence) == Array(1...51))
    }

    @Test func `a full queue says so at once`() async throws {
        let store = try open { $0.writeQueueCountMax = 3 }
        let gate = Gauge()
        let held = await hold(gate, store, try await store.people.create(.sample()).record.id)
        let writes = (0..<20).map { number in
            Task { await storeError { try await store.people.create(.sample("Person \(number)")) } }
        }
        #expect(await eventually { store.statistics.writeQueueDepth == 3 })
        #expect(await storeError { try await store.people.create(.sample()) } == .queueFull)
        #expect(try await store.people.page(ListQuery(sort: Sort(.name)), as: .newsroom).items.count == 1)
        var refused = 0
        gate.isDone.store(true, ordering: .releasing)
        for write in writes where await write.value == .queueFull { refused += 1 }
        #expect(await held.value == nil)
        await store.close()
        #expect(try another().all(log).count == 2 + 20 - refused)
    }

    @Test func `batches are bounded`() async throws {
        let store = try open { $0.batchCountMax = 4 }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 { group.addTask { _ = try? await store.people.create(.sample("Person \(number)")) } }
        }
        #expect(store.statistics.sequence == 40)
        await store.close()
    }

    @Test func `the log of changes to the file is kept short while many read and write`() async throws {
        let store = try open()
        let body = String(repeating: "word ", count: 20_000)
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while !gauge.isDone.load(ordering: .relaxed) {
                        _ = try await store.articles.page(ListQuery(sort: Sort(.publishedAt), limit: 1), as: .anonymous)
                        gauge.byteCountMax.max(store.statistics.walByteCount, ordering: .relaxed)
                        await Task.yield()
                    }
                }
            }
            for number in 0..<150 { try await store.articles.create(.sample("Article \(number)") { $0.body = body }) }
            gauge.isDone.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        // About 35 MB went through it.
        #expect(gauge.byteCountMax.load(ordering: .relaxed) < 20_000_000)
        #expect(store.statistics.databaseByteCount > 25_000_000)
        await store.close()
        #expect(store.statistics.walByteCount == 0)
        #expect(folder.names == ["newsroom.db"])
    }

    @Test func `a reader elsewhere makes it grow, and when that ends it starts again`() async throws {
        let store = try open()
        let body = String(repeating: "word ", count: 20_000)
        let reader = try another()
        try reader.beginReading()
        #expect(try reader.all(log).isEmpty)
        for number in 0..<40 { try await store.articles.create(.sample("Article \(number)") { $0.body = body }) }
        let grown = store.statistics.walByteCount
        #expect(grown > 8_000_000)
        #expect(try reader.all(log).isEmpty)
        try reader.commit()
        for number in 40..<120 { try await store.articles.create(.sample("Article \(number)") { $0.body = body }) }
        #expect(store.statistics.walByteCount < grown + 5_000_000)
        await store.close()
        #expect(try StoreCheck.run(path: path) == [])
    }

    @Test func `long queries are answered however long another process holds an old snapshot`() async throws {
        let store = try open()
        let reader = try another()
        try reader.beginReading()
        #expect(try reader.all(log).isEmpty)
        let body = String(repeating: "word ", count: 100_000)
        for number in 0..<40 { try await store.articles.create(.sample("Article \(number)") { $0.body = body }) }
        #expect(store.statistics.walByteCount > Checkpoints.pageCountMax * 4_096)
        let counted = ListQuery<Article>(
            filters: [Filter(.headline, .contains, [.text("Article")])], sort: Sort(.publishedAt), limit: 1, counts: true)
        for number in 0..<3 {
            #expect(try await store.articles.page(counted, as: .newsroom).total == 40 + number)
            try await store.articles.create(.sample("Article") { $0.body = body })
        }
        try reader.commit()
        // The search index may write a little behind that.
        #expect(await eventually { store.statistics.walByteCount <= Checkpoints.pageCountMax * 4_096 / 2 })
        await store.close()
    }

    @Test func `a query that takes too long ends at its deadline, and others go on`() async throws {
        let store = try open { $0.queryWithin = .milliseconds(1) }
        let rows = (0..<500).map { number in
            ImportRow.article(
                ImportEntry(id: nil, externalIDs: ExternalIDs([ExternalID("a:\(number)")].compactMap { $0 })) { _ in
                    Proposal(.sample("Headline \(number)") { $0.summary = String(repeating: "a", count: 9_000) })
                })
        }
        for _ in 0..<4 { _ = try await store.importRows(rows, by: editor) }
        let slow = ListQuery<Article>(
            filters: [Filter(.headline, .contains, [.text("%a%a%a%zz")])], sort: Sort(.publishedAt), limit: 200, counts: true)
        var outcomes: Set<String> = []
        for _ in 0..<50 where outcomes.isEmpty {
            let error = await storeError { _ = try await store.articles.page(slow, as: .newsroom) }
            if error == .deadline { outcomes.insert("deadline") }
            if let error { #expect(error == .deadline || error == .overloaded) }
        }
        #expect(await storeError { _ = try await store.people.find(.slug(try slug("none")), as: .newsroom) } == .notFound)
        await store.close()
    }

    @Test func `a value that does not belong into the file is an error, not a crash`() async throws {
        let store = try open()
        let made = try await store.articles.create(.sample())
        let other = try another(.readWrite)
        try other.execute(script: "PRAGMA ignore_check_constraints = 1; UPDATE article SET type = 'sermon', language = '!'")
        clock.advance(milliseconds: 1)
        var error: StoreError?
        for _ in 0..<2_000 where error == nil {
            try await Task.sleep(for: .milliseconds(1))
            error = await storeError { _ = try await store.articles.find(.id(made.record.id), as: .newsroom) }
        }
        guard case .unavailable(let text)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains("article.type"))
        await store.close()
    }

    @Test func `memory of reads and writes at once is not bound to their number`() async throws {
        let store = try open { $0.readerCount = 2 }
        let made = try await store.people.create(.sample())
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { await storeError { _ = try await store.people.find(.id(made.record.id), as: .anonymous) } == nil }
            }
            for await isFound in group { #expect(isFound) }
        }
        await store.close()
    }

    @Test func `figures for metrics are at hand`() async throws {
        let store = try open()
        _ = try await store.people.create(.sample())
        let statistics = store.statistics
        #expect(statistics.sequence == 1 && statistics.writeQueueDepth == 0 && statistics.acceptsWrites)
        #expect(statistics.walByteCount > 0 && statistics.databaseByteCount > 0)
        await store.close()
        #expect(!store.statistics.acceptsWrites)
    }
}

/// What the tasks of a test tell each other.
private final class Gauge: Sendable {
    let hasBegun = Atomic(false)
    let isDone = Atomic(false)
    let byteCountMax = Atomic(0)
}
