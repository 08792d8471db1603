import Documents
import JSON
import Newsroom
import Locks
import Testing

struct ImportSessionTests {
    private let importing = TestImport()
    private var store: MemoryStore { importing.store }
    private var log: ResultLog { importing.log }

    private func run(
        _ input: String, onError: ImportSession.OnError = .skip, limits: ImportLimits = ImportLimits(), pieceByteCount: Int = .max
    ) async throws -> ImportSummary {
        try await importing.run(input, onError: onError, limits: limits, pieceByteCount: pieceByteCount)
    }

    private static let small = """
        {"type":"organization","external_id":"w:mod","name":"Ministry of Defense"}
        {"type":"person","external_id":"w:g","name":"Yoav Gallant","roles":[{"title":"Minister","organization":{"external_id":"w:mod"}}]}

        {"type":"event","external_id":"w:talks","title":"Talks","participants":[{"person":{"external_id":"w:g"}}]}
        {"type":"article","external_id":"w:1","headline":"Talks called off","published_at":"2024-03-27T18:05:00Z","people":[{"external_id":"w:g"}]}

        """

    @Test func `records become resources, and again they change nothing`() async throws {
        let first = try await run(ImportSessionTests.small)
        #expect(log.lines == ["1 created", "2 created", "4 created", "5 created"])
        #expect(first.created == 4 && first.rows == 4)
        #expect(log.rows.map(\.type) == [.resource(.organization), .resource(.person), .resource(.event), .resource(.article)])
        #expect(log.rows.last?.externalID == "w:1")
        #expect(log.rows.allSatisfy { $0.id != nil })
        let second = try await run(ImportSessionTests.small)
        #expect(second.unchanged == 4 && second.rows == 4)
        let third = try await run(ImportSessionTests.small.replacing("called off", with: "are on again"))
        #expect(third.updated == 1 && third.unchanged == 3)
        #expect(store.shelves.withLock { $0.articles.map(\.draft.headline) } == ["Talks are on again"])
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1_000])
    func `it does not matter how the bytes are cut`(_ pieceByteCount: Int) async throws {
        let summary = try await run(ImportSessionTests.small.replacing("\n", with: "\r\n"), pieceByteCount: pieceByteCount)
        #expect(summary.created == 4 && summary.invalid == 0)
        #expect(log.rows.map(\.line) == [1, 2, 4, 5])
    }

    @Test func `a last line needs no end, and a byte order mark and blank lines are passed over`() async throws {
        let summary = try await run(
            "\u{FEFF}{\"type\":\"person\",\"external_id\":\"w:1\",\"name\":\"A\"}\n  \n\t\n\r\n{\"type\":\"person\",\"external_id\":\"w:2\",\"name\":\"B\"}"
        )
        #expect(summary.created == 2)
        #expect(log.rows.map(\.line) == [1, 5])
        #expect(try await run("").rows == 0)
        #expect(try await run("\n\n").rows == 0)
    }

    @Test func `bad rows are told with their lines and the rest goes in`() async throws {
        let summary = try await run(
            """
            {"type":"person","external_id":"w:1","name":"A"}
            {"type":"person","external_id":"w:2","name":"B"
            [1,2]
            {"type":"person","external_id":"w:3"}
            {"external_id":"w:4","name":"D"}
            {"type":"persn","external_id":"w:4","name":"D"}
            {"type":"news","external_id":"w:4","headline":"D"}
            {"type":5,"external_id":"w:4"}
            {"type":"person","name":"E"}
            {"type":"person","external_id":"w4","name":"E","nam":"F"}
            {"type":"article","external_id":"w:5","headline":5,"type2":1}
            {"type":"person","external_id":"w:6","name":"F"} x
            {"type":"person","id":"art_00000000000000000000000001","name":"F"}
            {"type":"person","external_id":"w:7","name":"G","version":3}
            {"type":"person","external_id":"w:8","name":"H"}
            """)
        #expect(summary.created == 2 && summary.invalid == 13 && !summary.isAborted)
        #expect(
            log.lines == [
                "1 created", "2 invalid malformed_json", "3 invalid malformed_line", "4 invalid /name required", "5 invalid /type required",
                "6 invalid /type invalid_value", "7 invalid /type invalid_value", "8 invalid /type wrong_type",
                "9 invalid /external_id required",
                "10 invalid /external_id invalid_value /nam unknown_member", "11 invalid /headline wrong_type /type2 unknown_member",
                "12 invalid malformed_json", "13 invalid /id invalid_value", "14 invalid /version read_only", "15 created",
            ])
        #expect(log.rows[1].problem?.message.contains("line 1") == false)
        #expect(log.rows[5].problem?.failures.first?.message.hasSuffix("did you mean `person`?") == true)
        #expect(log.rows[6].problem?.failures.first?.message.hasSuffix("an article's own type is `article_type`") == true)
    }

    @Test func `a line that is too long is one bad row`() async throws {
        var limits = ImportLimits()
        limits.lineByteCountMax = 100
        let long = "{\"type\":\"person\",\"external_id\":\"w:1\",\"name\":\"\(String(repeating: "a", count: 500))\"}"
        let good = #"{"type":"person","external_id":"w:2","name":"B"}"#
        for pieceByteCount in [1, 50, 10_000] {
            #expect(try await run("\(good)\n\(long)\n\(good)\n\(long)", limits: limits, pieceByteCount: pieceByteCount).invalid == 2)
        }
        #expect(log.lines.prefix(4) == ["1 created", "2 invalid malformed_line", "3 unchanged", "4 invalid malformed_line"])
    }

    @Test func `rows wait for what they refer to`() async throws {
        let lines = ImportSessionTests.small.split(separator: "\n").reversed().joined(separator: "\n")
        let summary = try await run(lines)
        #expect(summary.created == 4 && summary.invalid == 0)
        // Article, event and person wait; then, in the order of the input, article and event once more.
        #expect(log.rows.map(\.line) == [4, 3, 1, 2])
        #expect(try await run(lines).unchanged == 4)
    }

    @Test func `a chain in the wrong order is unwound`() async throws {
        var limits = ImportLimits()
        limits.batchRowCountMax = 7
        let chain = (0..<40).map {
            "{\"type\":\"organization\",\"external_id\":\"w:\($0)\",\"name\":\"O\($0)\",\"parent\":{\"external_id\":\"w:\($0 + 1)\"}}"
        }
        let end = "{\"type\":\"organization\",\"external_id\":\"w:40\",\"name\":\"O40\"}"
        let summary = try await run((chain + [end]).joined(separator: "\n"), limits: limits)
        #expect(summary.created == 41 && summary.invalid == 0)
    }

    @Test func `a row whose reference never comes is invalid in the end`() async throws {
        let summary = try await run(
            """
            {"type":"person","external_id":"w:1","name":"A","roles":[{"title":"t","organization":{"external_id":"w:nobody"}}]}
            {"type":"article","external_id":"w:2","headline":"H","people":[{"external_id":"w:1"},{"external_id":"w:x"}]}
            {"type":"person","external_id":"w:3","name":"C"}
            """)
        #expect(summary.created == 1 && summary.invalid == 2)
        #expect(
            log.lines == [
                "3 created", "1 invalid /roles/0/organization unknown_reference",
                "2 invalid /people/0 unknown_reference /people/1 unknown_reference",
            ])
    }

    @Test func `only so many rows wait`() async throws {
        var limits = ImportLimits()
        limits.waitingRowCountMax = 2
        let waiting = (0..<4).map {
            "{\"type\":\"article\",\"external_id\":\"w:\($0)\",\"headline\":\"H\",\"people\":[{\"external_id\":\"p:1\"}]}"
        }
        let person = #"{"type":"person","external_id":"p:1","name":"A"}"#
        #expect(try await run((waiting + [person]).joined(separator: "\n"), limits: limits).created == 3)
        #expect(
            log.lines == [
                "3 invalid /people/0 unknown_reference", "4 invalid /people/0 unknown_reference", "5 created", "1 created", "2 created",
            ])
        limits.waitingRowCountMax = 10
        limits.waitingByteCountMax = 10
        #expect(try await run(waiting[0].replacing("p:1", with: "p:2"), limits: limits).invalid == 1)
    }

    @Test func `batches are bounded by rows and by bytes`() async throws {
        var limits = ImportLimits()
        limits.batchRowCountMax = 3
        let people = (0..<8).map { "{\"type\":\"person\",\"external_id\":\"w:\($0)\",\"name\":\"P\($0)\"}" }.joined(separator: "\n")
        #expect(try await run(people, limits: limits).created == 8)
        #expect(store.shelves.withLock { $0.batches } == [3, 3, 2])
        #expect(log.batches.map(\.count) == [3, 3, 2])
        limits.batchRowCountMax = 500
        limits.batchByteCountMax = 100
        #expect(try await run(people, limits: limits).unchanged == 8)
        #expect(store.shelves.withLock { $0.batches } == [3, 3, 2, 3, 3, 2])
    }

    @Test func `aborting ends at the first bad row and keeps what was written`() async throws {
        var limits = ImportLimits()
        limits.batchRowCountMax = 2
        func person(_ number: Int) -> String { "{\"type\":\"person\",\"external_id\":\"w:\(number)\",\"name\":\"P\"}" }
        let malformed = try await run(
            [person(1), person(2), person(3), "{", person(4), person(5)].joined(separator: "\n"), onError: .abort, limits: limits)
        #expect(malformed.isAborted && malformed.created == 3 && malformed.invalid == 1)
        #expect(log.lines == ["1 created", "2 created", "3 created", "4 invalid malformed_json"])
        let nameless = #"{"type":"person","external_id":"w:9"}"#
        let refused = try await run(
            [person(6), nameless, person(7), person(8), person(10)].joined(separator: "\n"), onError: .abort, limits: limits)
        #expect(refused.isAborted && refused.created == 1 && refused.invalid == 1)
        #expect(store.shelves.withLock { $0.people.count } == 4)
    }

    @Test(arguments: [1, 2, 3, 500])
    func `aborting writes nothing behind the first bad row, however rows are batched`(_ batchRowCountMax: Int) async throws {
        var limits = ImportLimits()
        limits.batchRowCountMax = batchRowCountMax
        func person(_ number: Int, _ rest: String = #","name":"P""#) -> String {
            "{\"type\":\"person\",\"external_id\":\"w:\(number)\"\(rest)}"
        }
        let summary = try await run(
            [person(1), person(2), person(3, ""), "{", person(4), person(5), person(6, "")].joined(separator: "\n"), onError: .abort,
            limits: limits)
        #expect(summary.isAborted && summary.created == 2 && summary.invalid == 1)
        #expect(log.lines == ["1 created", "2 created", "3 invalid /name required"])
        #expect(store.shelves.withLock { $0.people.count } == 2)
    }

    @Test func `the largest article that can be stored survives an export and an import`() async throws {
        let body = String(repeating: "\u{1F9CA}", count: 1_048_576)
        let record = "{\"type\":\"article\",\"external_id\":\"w:1\",\"headline\":\"H\",\"body\":\"\(body)\"}\n"
        #expect(try await run(record).created == 1)
        let lines = try await store.snapshot { snapshot throws(ExportError<Never>) in
            var lines: [UInt8] = []
            try Exporter(snapshot).run { (piece: [UInt8]) throws(Never) in lines += piece }
            return lines
        }.get()
        #expect(lines.count > 4 << 20)
        let other = MemoryStore()
        var session = ImportSession(into: other, by: Actor(name: "test")) { _ in }
        try await session.feed(lines)
        #expect(try await session.finish().created == 1)
        #expect(other.shelves.withLock { $0.articles.first?.draft.body.unicodeScalars.count } == 1_048_576)
    }

    @Test func `aborting lets rows wait before it calls them bad`() async throws {
        let lines = ImportSessionTests.small.split(separator: "\n").reversed().joined(separator: "\n")
        let whole = try await run(lines, onError: .abort)
        #expect(!whole.isAborted && whole.created == 4)
        let broken = try await run(
            #"{"type":"article","external_id":"w:x","headline":"H","people":[{"external_id":"w:x"}]}"#, onError: .abort)
        #expect(broken.isAborted && broken.invalid == 1)
    }

    @Test func `a store that fails ends the import`() async throws {
        store.shelves.withLock { $0.failsAfter = (batches: 1, error: .diskFull) }
        var limits = ImportLimits()
        limits.batchRowCountMax = 1
        await #expect(throws: StoreError.diskFull) { try await run(ImportSessionTests.small, limits: limits) }
        #expect(log.lines == ["1 created"])
    }

    @Test func `an import that is over takes nothing more`() async throws {
        store.shelves.withLock { $0.failsAfter = (batches: 0, error: .locked) }
        var session = ImportSession(into: store, by: Actor(name: "test")) { [log] in log.add($0) }
        try await session.feed(Array(ImportSessionTests.small.utf8))
        await #expect(throws: StoreError.locked) { _ = try await session.finish() }
        store.shelves.withLock { $0.failsAfter = nil }
        try await session.feed(Array(ImportSessionTests.small.utf8))
        #expect(try await session.finish().rows == 0)
        #expect(log.rows == [])
    }

    @Test func `one who leaves learns of all that was written`() async throws {
        var limits = ImportLimits()
        limits.batchRowCountMax = 2
        var session = ImportSession(into: store, by: Actor(name: "test"), limits: limits) { [log] in log.add($0) }
        try await session.feed(Array(ImportSessionTests.small.utf8.dropLast(20)))
        let summary = await session.leave()
        #expect(summary.created == 2)
        #expect(log.lines == ["1 created", "2 created"])
        #expect(store.shelves.withLock { $0.batches } == [2])
        #expect(try await session.finish() == summary)
    }

    @Test func `an article's own type has a name of its own in a record`() async throws {
        _ = try await run(
            #"{"type":"article","external_id":"w:1","headline":"H","article_type":"opinion","first_published_at":"2024-03-01T00:00:00Z","published_at":"2024-03-27T18:05:00Z"}"#
        )
        let draft = store.shelves.withLock { $0.articles.first?.draft }
        #expect(draft?.type == .opinion)
        #expect(draft?.status == .published)
        #expect(draft?.firstPublishedAt == Instant(rfc3339: "2024-03-01T00:00:00Z"))
    }

    @Test func `results and the summary are written as JSON`() async throws {
        let summary = try await run(
            "{\"type\":\"person\",\"external_id\":\"w:1\",\"name\":\"A\"}\n{\"type\":\"person\",\"external_id\":\"w:2\"}\nx")
        var writer = JSONWriter()
        for row in log.rows {
            writer.value(row.value)
            writer.endLine()
        }
        writer.value(summary.value)
        let id = try #require(log.rows.first?.id)
        #expect(
            String(decoding: writer.finish(), as: UTF8.self) == """
                {"line":1,"outcome":"created","type":"person","id":"\(id)","external_id":"w:1"}
                {"line":2,"outcome":"invalid","type":"person","external_id":"w:2","code":"validation_failed","detail":"1 member fails",\
                "errors":[{"path":"/name","code":"required","message":"must be given and must not be blank"}]}
                {"line":3,"outcome":"invalid","code":"malformed_json","detail":"\(try #require(log.rows.last?.problem?.message))"}
                {"rows":3,"created":1,"updated":0,"unchanged":0,"invalid":2,"aborted":false}
                """)
    }

    @Test func `what the store refuses has a stable code`() {
        let errors: [StoreError] = [
            .gone, .conflict([.taken("/slug"), .taken("/external_ids/wire")]), .notFound, .staleVersion(current: 3),
            .inUse(kind: .article, count: 2), .queueFull,
            .deadline,
            .diskFull, .unavailable("secret"),
        ]
        let problems = errors.map { ImportProblem($0) }
        #expect(
            problems.map(\.code) == [
                "gone", "conflict", "not_found", "stale_version", "in_use", "write_queue_full", "query_deadline", "disk_full",
                "unavailable",
            ])
        #expect(problems[1].failures == [.taken("/slug"), .taken("/external_ids/wire")])
        #expect(problems.allSatisfy { !$0.message.contains("secret") })
    }
}
