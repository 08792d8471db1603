import Glibc
import Testing
import Turns

@testable import dateline

/// `dateline import` and `dateline export`.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct ImportExportTests {
    static let records = """
        {"type":"organization","external_id":"t:o1","name":"The White House","kind":"government","country":"US"}
        {"type":"person","external_id":"t:p1","name":"Karine Jean-Pierre",\
        "roles":[{"title":"Press Secretary","organization":{"external_id":"t:o1"},"from":"2022-05-13"}]}
        {"type":"article","external_id":"t:a1","headline":"A briefing","body":"Both sides look for a date.",\
        "status":"published","published_at":"2024-03-27T18:05:00Z","people":[{"external_id":"t:p1","role":"subject"}]}

        """

    @Test func `an import counts, and a second one changes nothing`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.records, to: "news.ndjson")
        let first = try Self.run("import", ["news.ndjson"], in: folder)
        #expect(first == .init(status: 0, output: "news.ndjson: 3 records: 3 created, 0 updated, 0 unchanged, 0 refused\n", errors: ""))
        let second = try Self.run("import", ["news.ndjson"], in: folder)
        #expect(second.output == "news.ndjson: 3 records: 0 created, 0 updated, 3 unchanged, 0 refused\n")
        #expect(second.status == 0)
    }

    @Test func `an import reads standard input`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(["import", "-", "--database", "news.db"], in: folder, input: Self.records)
        #expect(ending.status == 0)
        #expect(ending.output == "standard input: 3 records: 3 created, 0 updated, 0 unchanged, 0 refused\n")
    }

    @Test func `records may come before what they refer to`() throws {
        let folder = try TemporaryFolder()
        let reversed = Self.records.split(separator: "\n").reversed().joined(separator: "\n")
        try folder.write(reversed, to: "news.ndjson")
        #expect(try Self.run("import", ["news.ndjson"], in: folder).output.contains("3 created"))
    }

    @Test func `a bad record is told by its line and skipped, and the status says so`() throws {
        let folder = try TemporaryFolder()
        let lines = Self.records.split(separator: "\n")
        try folder.write("\(lines[0])\n{\"type\":\"person\",\n{\"type\":\"persn\"}\n\(lines[1])\n", to: "news.ndjson")
        let ending = try Self.run("import", ["news.ndjson"], in: folder)
        #expect(ending.status == 2)
        #expect(ending.output == "news.ndjson: 4 records: 2 created, 0 updated, 0 unchanged, 2 refused\n")
        let errors = ending.errors.split(separator: "\n")
        #expect(errors.count == 3)
        #expect(errors.contains { $0.hasPrefix("line 2: malformed_json: ") })
        #expect(errors.contains { $0.hasPrefix("line 3: ") && $0.contains("person") })
        #expect(errors.last == "dateline: 2 records were refused")
    }

    @Test func `what a record says does not speak to the terminal`() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"type":"person","external_id":"t:p1","nam\u001b[31me":"A"}"# + "\n", to: "news.ndjson")
        let ending = try Self.run("import", ["news.ndjson"], in: folder)
        #expect(ending.status == 2)
        #expect(ending.output == "news.ndjson: 1 record: 0 created, 0 updated, 0 unchanged, 1 refused\n")
        #expect(ending.errors.contains(#"nam\u001B[31me"#), "\(ending.errors)")
        #expect(ending.errors.hasSuffix("\ndateline: 1 record was refused\n"))
        #expect(!ending.errors.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }

    @Test func `control characters are escaped, all others stay`() {
        #expect("a\u{0}\t\u{1B}[2J\u{7F}\u{85}\u{9B}é\u{A0}".escapingControls == #"a\u0000\u0009\u001B[2J\u007F\u0085\u009Bé"# + "\u{A0}")
    }

    @Test func `an import that aborts keeps the batches before`() throws {
        let folder = try TemporaryFolder()
        let lines = Self.records.split(separator: "\n")
        try folder.write("\(lines[0])\n{}\n\(lines[1])\n", to: "news.ndjson")
        let ending = try Self.run("import", ["news.ndjson", "--on-error", "abort", "--import-batch-max", "1"], in: folder)
        #expect(ending.status == 2)
        #expect(ending.output.contains("1 created") && ending.output.contains("1 refused"))
        #expect(try Self.run("export", [], in: folder).output.split(separator: "\n").count == 1)
    }

    @Test func `an export imported into an empty database is exported as the same bytes`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.records, to: "news.ndjson")
        try #require(try Self.run("import", ["news.ndjson"], in: folder).status == 0)
        let exported = try Self.run("export", ["out.ndjson"], in: folder)
        #expect(exported == .init(status: 0, output: "out.ndjson: 3 records\n", errors: ""))
        let imported = try Self.run("import", ["out.ndjson"], in: folder, database: "copy.db")
        #expect(imported.status == 0)
        let again = try Self.run("export", [], in: folder, database: "copy.db")
        #expect(again.status == 0)
        #expect(try folder.read("out.ndjson") == again.output)
    }

    @Test func `a file that is not there is one clear line`() throws {
        let folder = try TemporaryFolder()
        let ending = try Self.run("import", ["missing.ndjson"], in: folder)
        #expect(ending.status == 66)
        #expect(ending.errors == "dateline: missing.ndjson cannot be read: open: No such file or directory (2)\n")
        #expect(folder.names.isEmpty)
    }

    @Test func `the demo story loads whole, twice, and survives an export`() throws {
        let folder = try TemporaryFolder()
        let story = Self.root + "demo/story.ndjson"
        let first = try Self.run("import", [story], in: folder)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains(" 1 updated, 0 unchanged, 0 refused"))
        let second = try Self.run("import", [story], in: folder)
        #expect(second.output.contains(" 0 created, 0 updated, "))
        #expect(second.output.hasSuffix(" 0 refused\n"))

        let exported = try Self.run("export", ["out.ndjson"], in: folder)
        #expect(exported.status == 0)
        #expect(try Self.run("import", ["out.ndjson"], in: folder, database: "copy.db").status == 0)
        #expect(try Self.run("export", [], in: folder, database: "copy.db").output == folder.read("out.ndjson"))
        #expect(try Self.run("check", [], in: folder).status == 0)
    }

    @Test func `what was imported is served`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.records, to: "news.ndjson")
        try #require(try Self.run("import", ["news.ndjson"], in: folder).status == 0)
        let server = try RunningServer(in: folder)
        let answer = try server.get("/v1/articles?external_id=t:a1")
        #expect(answer.status == 200)
        #expect(answer.body.contains("Press Secretary"))
    }

    static func run(
        _ command: String, _ arguments: [String], in folder: TemporaryFolder, database: String = "news.db"
    ) throws -> Program.Ending {
        try Program.run([command] + arguments + ["--database", database], in: folder)
    }

    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/"
}
