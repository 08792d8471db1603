import Documents
import Newsroom
import Locks
import Testing

/// Rows that wait for what they refer to, and those that stand behind them.
struct ImportWaitingTests {
    private let importing = TestImport()
    private var store: MemoryStore { importing.store }
    private var log: ResultLog { importing.log }

    private func run(
        _ input: String, onError: ImportSession.OnError = .skip, limits: ImportLimits = ImportLimits()
    ) async throws -> ImportSummary {
        try await importing.run(input, onError: onError, limits: limits)
    }

    private static let overtaking = """
        {"type":"article","external_id":"w:1","headline":"Old","people":[{"external_id":"w:p"}]}
        {"type":"article","external_id":"w:1","headline":"New"}
        {"type":"article","external_id":"w:2","headline":"Other"}
        {"type":"person","external_id":"w:p","name":"P"}
        """

    @Test(arguments: [1, 2, 3, 500]) func `a row that waits is not overtaken by later rows of the same resource`(_ count: Int) async throws
    {
        var limits = ImportLimits()
        limits.batchRowCountMax = count
        let summary = try await run(Self.overtaking, limits: limits)
        #expect(summary.created == 3 && summary.updated == 1 && summary.invalid == 0)
        #expect(store.shelves.withLock { $0.articles.map(\.draft.headline).sorted() } == ["New", "Other"])
        let again = try await run(Self.overtaking, limits: limits)
        #expect(again.updated == 2 && again.unchanged == 2, "the first row says what the second unsays")
        #expect(store.shelves.withLock { $0.articles.map(\.draft.headline).sorted() } == ["New", "Other"])
    }

    @Test func `a later row waits also where it calls the resource by another name`() async throws {
        _ = try await run(#"{"type":"organization","external_ids":{"a":"1","b":"2"},"name":"First"}"#)
        let rows = """
            {"type":"organization","external_id":"a:1","name":"Older","parent":{"external_id":"x:c"}}
            {"type":"organization","external_id":"b:2","name":"Newer"}
            {"type":"organization","external_id":"x:c","name":"C"}
            """
        for _ in 0..<2 {
            _ = try await run(rows)
            #expect(store.shelves.withLock { $0.organizations.map(\.draft.name).sorted() } == ["C", "Newer"])
        }
    }

    @Test func `what stands behind a hopeless row moves up, and others get on by it`() async throws {
        let summary = try await run(
            """
            {"type":"organization","external_id":"x:b","name":"B","parent":{"external_id":"x:a"}}
            {"type":"organization","external_id":"x:a","name":"A","parent":{"external_id":"x:never"}}
            {"type":"organization","external_id":"x:a","name":"A"}
            """)
        #expect(summary.created == 2 && summary.invalid == 1)
        #expect(log.lines == ["2 invalid /parent unknown_reference", "3 created", "1 created"])
    }

    @Test func `references reach over more links than one kind may have above it`() async throws {
        var lines = [#"{"type":"article","external_id":"x:1","headline":"H","events":[{"external_id":"e:0"}]}"#]
        for number in 0..<40 {
            let more =
                number < 39 ? #""part_of":{"external_id":"e:\#(number + 1)"}"# : #""participants":[{"organization":{"external_id":"o:0"}}]"#
            lines.append(#"{"type":"event","external_id":"e:\#(number)","title":"E","kind":"other",\#(more)}"#)
        }
        for number in 0..<90 {
            let parent = number < 89 ? #","parent":{"external_id":"o:\#(number + 1)"}"# : ""
            lines.append(#"{"type":"organization","external_id":"o:\#(number)","name":"O"\#(parent)}"#)
        }
        let summary = try await run(lines.joined(separator: "\n"))
        #expect(summary.created == 131 && summary.invalid == 0)
    }

    @Test func `an import that ends at a bad row has written none that stands behind it among those that waited`() async throws {
        let summary = try await run(
            """
            {"type":"organization","external_id":"a:0","name":"O","country":"DE","parent":{"external_id":"a:1"}}
            {"type":"organization","external_id":"a:1","name":"P","kind":"company"}
            {"type":"organization","external_id":"a:0","name":"","parent":{"external_id":"a:1"}}
            {"type":"organization","external_id":"a:0","name":"O","country":"FR"}
            """, onError: .abort)
        #expect(summary.isAborted && summary.created == 2)
        #expect(store.shelves.withLock { $0.organizations.first { $0.draft.name == "O" }?.draft.country } == CountryCode("DE"))
    }

    @Test func `what an earlier row lacks for good does not keep later ones out`() async throws {
        let lines = Self.overtaking.split(separator: "\n").dropLast().joined(separator: "\n")
        let summary = try await run(lines)
        #expect(summary.created == 2 && summary.invalid == 1)
        #expect(log.lines.sorted() == ["1 invalid /people/0 unknown_reference", "2 created", "3 created"])
    }

    @Test func `where no more rows can wait, a later row of a waiting resource is refused`() async throws {
        var limits = ImportLimits()
        limits.waitingRowCountMax = 1
        let summary = try await run(Self.overtaking, limits: limits)
        #expect(summary.created == 3 && summary.invalid == 1)
        #expect(log.lines.contains("2 invalid too_many"))
    }
}
