import Documents
import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ImportTests {
    static let type = "Content-Type: application/x-ndjson"
    static let lines = """
        {"type": "organization", "external_id": "wire:lake", "name": "Lake Authority"}
        {"type": "person", "external_id": "wire:ada", "name": "Ada Frost", "roles": [{"title": "Warden", \
        "organization": {"external_id": "wire:lake"}}]}

        {"type": "article", "external_id": "wire:1", "headline": "Ice road opens", "people": [{"external_id": "wire:ada"}], \
        "published_at": "2024-03-01T00:00:00Z"}

        """

    static let row = Array(#"{"type": "person", "external_id": "wire:ada", "name": "Ada Frost"}"#.utf8) + [10]

    static func post(_ desk: Desk, _ body: String, _ query: String = "", _ fields: [String] = [type]) async throws -> Answer {
        try await desk.sendAsNewsroom("POST /v1/import\(query)", fields, body: Array(body.utf8))
    }

    @Test func `a file is imported, and a second time changes nothing`() async throws {
        let desk = try Desk()
        let first = try await ImportTests.post(desk, ImportTests.lines)
        #expect(first.status == 200, "\(first.text)")
        #expect(first["summary"] == ["rows": 3, "created": 3, "updated": 0, "unchanged": 0, "invalid": 0, "aborted": false])
        #expect(first["problems"] == [])
        let article = try await desk.sendAsNewsroom("GET /v1/articles?external_id=wire:1")
        #expect(article.column("headline") == ["Ice road opens"])
        #expect(article.string("data", "0", "people", "0", "name") == "Ada Frost")
        let sequence = desk.newsroom.statistics.sequence

        for _ in 0..<2 {
            let again = try await ImportTests.post(desk, ImportTests.lines)
            #expect(again["summary"] == ["rows": 3, "created": 0, "updated": 0, "unchanged": 3, "invalid": 0, "aborted": false])
        }
        #expect(desk.newsroom.statistics.sequence == sequence)
        #expect(try await desk.sendAsNewsroom("GET /v1/articles?external_id=wire:1").body == article.body)
    }

    @Test func `bad rows are told by line, and the others are kept`() async throws {
        let desk = try Desk()
        let body = """
            {"type": "person", "external_id": "wire:ada", "name": "Ada Frost"}
            {"type": "person", "external_id": "wire:bo", "nam": "Bo"}
            not json
            {"type": "spaceship", "external_id": "wire:x"}
            {"type": "person", "external_id": "wire:cy", "name": "Cy Hale"}
            """
        let answer = try await ImportTests.post(desk, body)
        #expect(answer.status == 200)
        #expect(answer["summary", "created"] == 2)
        #expect(answer["summary", "invalid"] == 3)
        #expect(answer["problems", "0", "line"] == 2)
        #expect(answer["problems", "0", "external_id"] == "wire:bo")
        #expect(answer["problems", "1", "code"] == "malformed_json")
        #expect(answer["problems", "2", "line"] == 4)
        #expect(answer["problems_omitted"] == 0)
        #expect(try await desk.send("GET /v1/people").column("name") == ["Ada Frost", "Cy Hale"])
    }

    @Test func `the summary tells the first problems and counts the rest`() async throws {
        var limits = APILimits()
        limits.importProblemCountMax = 2
        let desk = try Desk(limits: limits)
        let answer = try await ImportTests.post(desk, String(repeating: "[]\n", count: 5))
        guard case .array(let problems)? = answer["problems"] else { throw NoProblems() }
        #expect(problems.count == 2)
        #expect(answer["problems_omitted"] == 3)
        #expect(answer["summary", "invalid"] == 5)
    }

    struct NoProblems: Error {}

    @Test func `with on_error=abort a bad row ends the import, and the answer says what was written`() async throws {
        let desk = try Desk()
        let body = """
            {"type": "person", "external_id": "wire:ada", "name": "Ada Frost"}
            {"type": "person", "external_id": "wire:bo"}
            {"type": "person", "external_id": "wire:cy", "name": "Cy Hale"}
            """
        let answer = try await ImportTests.post(desk, body, "?on_error=abort")
        #expect(answer.status == 422)
        #expect(answer.code == "validation_failed")
        #expect(answer[.contentType] == "application/problem+json")
        #expect(answer["summary"] == ["rows": 2, "created": 1, "updated": 0, "unchanged": 0, "invalid": 1, "aborted": true])
        #expect(answer["problems", "0", "line"] == 2)
        #expect(try await desk.send("GET /v1/people").column("name") == ["Ada Frost"])
    }

    @Test func `an import that ends among rows that waited tells them all, and writes nothing behind the bad one`() async throws {
        let desk = try Desk()
        let body = """
            {"type": "organization", "external_id": "w:1", "name": "A", "parent": {"external_id": "w:9"}}
            {"type": "organization", "external_id": "w:2", "name": "B", "slug": "taken", "parent": {"external_id": "w:9"}}
            {"type": "organization", "external_id": "w:3", "name": "C", "parent": {"external_id": "w:9"}}
            {"type": "organization", "external_id": "w:9", "name": "Z", "slug": "taken"}
            """
        let answer = try await ImportTests.post(desk, body, "?on_error=abort")
        #expect(answer.status == 422)
        #expect(answer["summary"] == ["rows": 4, "created": 2, "updated": 0, "unchanged": 0, "invalid": 2, "aborted": true])
        #expect(answer["problems", "0", "line"] == 2)
        #expect(answer["problems", "0", "code"] == "conflict")
        #expect(answer["problems", "1", "line"] == 3)
        #expect(try await desk.send("GET /v1/organizations").column("name") == ["A", "Z"])
    }

    @Test func `the limits of an import are those that are set`() async throws {
        var limits = APILimits()
        limits.importing.lineByteCountMax = 80
        limits.importing.depthMax = 3
        let desk = try Desk(limits: limits)
        let body = """
            {"type": "person", "external_id": "wire:ada", "name": "Ada Frost"}
            {"type": "person", "external_id": "wire:bo", "name": "\(String(repeating: "B", count: 80))"}
            {"type": "person", "external_id": "wire:cy", "x": [[[0]]]}
            """
        let answer = try await ImportTests.post(desk, body)
        #expect(answer["summary", "created"] == 1)
        #expect(answer["problems", "0", "code"] == "malformed_line")
        #expect(answer["problems", "1", "code"] == "json_too_complex", "\(answer.text)")
    }

    @Test func `a client that asks for lines gets one for each row, and the summary last`() async throws {
        let desk = try Desk()
        let body = ImportTests.lines + "nonsense\n"
        let answer = try await ImportTests.post(desk, body, "", [ImportTests.type, "Accept: application/x-ndjson"])
        #expect(answer.status == 200)
        #expect(answer[.contentType] == "application/x-ndjson")
        #expect(answer.text.hasSuffix("}\n"))
        let lines = try answer.text.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
        #expect(lines.count == 5)
        #expect(lines.prefix(4).map { $0["outcome"] } == ["created", "created", "created", "invalid"])
        #expect(lines.prefix(4).map { $0["line"] } == [1, 2, 4, 5])
        #expect(lines[4]["summary"] == ["rows": 4, "created": 3, "updated": 0, "unchanged": 0, "invalid": 1, "aborted": false])
    }

    @Test func `a body that comes in pieces, cut anywhere, is the same body`() async throws {
        let bytes = Array(ImportTests.lines.utf8)
        for length in [1, 7, 64] {
            let desk = try Desk()
            let parts = stride(from: 0, to: bytes.count, by: length).map { Array(bytes[$0..<min($0 + length, bytes.count)]) }
            let fields = [ImportTests.type, "Authorization: Bearer \(Desk.token)"]
            let request = try Desk.request("POST /v1/import", fields, body: .stream(PartsSource(parts), byteCount: nil))
            let answer = try await Answer(desk.api.respond(to: request))
            #expect(answer["summary", "created"] == 3)
        }
    }

    @Test func `more than the limit is 413, at once where the length is known`() async throws {
        var limits = APILimits()
        limits.importByteCountMax = 100
        let desk = try Desk(limits: limits)
        let fields = [ImportTests.type, "Authorization: Bearer \(Desk.token)"]
        let source = PartsSource([Array("x".utf8)])
        let known = try Desk.request("POST /v1/import", fields, body: .stream(source, byteCount: 101))
        let refused = try await Answer(desk.api.respond(to: known))
        #expect(refused.status == 413)
        #expect(source.leftCount == 1)

        let row = ImportTests.row
        let endless = try Desk.request("POST /v1/import", fields, body: .stream(PartsSource([row, row, row]), byteCount: nil))
        let cut = try await Answer(desk.api.respond(to: endless))
        #expect(cut.status == 413)
        #expect(cut.code == "body_too_large")
        #expect(cut["summary", "created"] == 1)
    }

    @Test func `a body that breaks off is told, in either form of answer`() async throws {
        let desk = try Desk()
        let row = ImportTests.row
        let fields = [ImportTests.type, "Authorization: Bearer \(Desk.token)"]
        let failure = Problem.malformedBody("The connection ended within the body.")
        let plain = try Desk.request("POST /v1/import", fields, body: .stream(PartsSource([row], failure: failure), byteCount: nil))
        let answer = try await Answer(desk.api.respond(to: plain))
        #expect(answer.status == 400)
        #expect(answer.code == "malformed_body")
        #expect(answer["summary", "created"] == 1)
        let lines = try Desk.request(
            "POST /v1/import", fields + ["Accept: application/x-ndjson"],
            body: .stream(PartsSource([row], failure: failure), byteCount: nil))
        let streamed = try await Answer(desk.api.respond(to: lines))
        let last = try #require(streamed.text.split(separator: "\n").last)
        #expect(try JSONReader.read(Array(last.utf8))["code"] == "malformed_body")
    }

    @Test func `lines are held back while the body comes, up to a bound`() async throws {
        let parts = (0..<40).map { Array(#"{"type": "person", "external_id": "wire:\#($0)", "name": "Ada \#($0)"}"#.utf8) + [10] }
        for (bound, isEarly) in [(4 << 20, false), (1, true)] {
            var limits = APILimits()
            limits.importHeldByteCountMax = bound
            let desk = try Desk(limits: limits)
            // One row ends a batch, so that results come while the body does.
            let bad = Array("[]\n".utf8)
            let source = PartsSource(Array(repeating: bad, count: 1_200) + parts)
            let sink = CollectingSink()
            try await desk.streamImport(source, to: sink)
            #expect((sink.partCount > 1) == isEarly)
            #expect(String(decoding: sink.bytes, as: UTF8.self).split(separator: "\n").count == 1_241)
        }
    }

    @Test func `when the client has gone the import reads no further`() async throws {
        var limits = APILimits()
        limits.importHeldByteCountMax = 1
        let desk = try Desk(limits: limits)
        let source = PartsSource(Array(repeating: Array("[]\n".utf8), count: 5_000))
        let sink = CollectingSink(isLost: true)
        await #expect(throws: ConnectionLost.self) { try await desk.streamImport(source, to: sink) }
        #expect(source.leftCount > 3_000)
    }

    @Test(arguments: ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-ndjson; charset=utf-8"])
    func `NDJSON by any of its names is taken`(_ type: String) async throws {
        let desk = try Desk()
        #expect(try await ImportTests.post(desk, ImportTests.lines, "", ["Content-Type: \(type)"]).status == 200)
    }

    @Test func `what is no import is refused`() async throws {
        let desk = try Desk()
        let cases: [(String, [String], Int, String)] = [
            ("", ["Content-Type: application/json"], 415, "unsupported_media_type"), ("", [], 415, "unsupported_media_type"),
            ("?on_error=stop", [ImportTests.type], 400, "invalid_parameter"),
            ("?onerror=skip", [ImportTests.type], 400, "unknown_parameter"),
            ("", [ImportTests.type, "Accept: text/csv"], 406, "not_acceptable"),
        ]
        for (query, fields, status, code) in cases {
            let answer = try await ImportTests.post(desk, ImportTests.lines, query, fields)
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
        #expect(try await desk.send("GET /v1/people").column("id").isEmpty)
        let empty = try await ImportTests.post(desk, "")
        #expect(empty["summary", "rows"] == 0)
    }

    @Test func `rows that point forwards wait for what they point at`() async throws {
        let desk = try Desk()
        let reversed = ImportTests.lines.split(separator: "\n").reversed().joined(separator: "\n")
        let answer = try await ImportTests.post(desk, reversed)
        #expect(answer["summary", "created"] == 3, "\(answer.text)")
    }
}

extension Desk {
    /// Has an import's lines written to a sink while its body comes from a source.
    func streamImport(_ source: PartsSource, to sink: CollectingSink) async throws {
        let fields = [ImportTests.type, "Accept: application/x-ndjson", "Authorization: Bearer \(Desk.token)"]
        let response = try await api.respond(to: Desk.request("POST /v1/import", fields, body: .stream(source, byteCount: nil)))
        guard case .stream(let produce) = response.body else { throw NotStreamed() }
        try await produce(sink)
    }

    struct NotStreamed: Error {}
}
