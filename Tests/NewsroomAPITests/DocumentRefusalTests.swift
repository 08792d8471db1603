import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Bodies that cannot be taken: each is told why, and writes nothing.
@Suite(.inTurn) struct DocumentRefusalTests {
    @Test(arguments: [
        ("", "1:1"), ("{", "1:2"), (#"{"headline": }"#, "1:14"), ("{\"headline\":\n \"x\",}", "2:6"), (#"{"a": 1} x"#, "1:10"),
        (#"{"headline": "a", "headline": "b"}"#, "1:19"), ("\u{FEFF}{}", "1:1"),
    ])
    func `JSON that cannot be read is 400 with line and column`(_ body: String, _ place: String) async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/articles", body)
        #expect(answer.status == 400)
        #expect(answer.code == "malformed_json")
        guard case .integer(let line)? = answer["line"], case .integer(let column)? = answer["column"] else {
            Issue.record("no line and column: \(answer.text)")
            return
        }
        #expect("\(line):\(column)" == place)
    }

    @Test func `JSON deeper than the limit is refused`() async throws {
        let desk = try Desk()
        let deep = #"{"headline": "# + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "}"
        #expect(try await desk.write("POST /v1/articles", deep).code == "json_too_complex")
    }

    @Test(arguments: ["[]", "\"x\"", "17", "null", "true"])
    func `JSON that is no object is 422`(_ body: String) async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/people", body)
        #expect(answer.status == 422)
        #expect(answer.code == "validation_failed")
        #expect(answer.failures == [" wrong_type"])
    }

    @Test func `unknown members are 400, and every failing member is named`() async throws {
        let desk = try Desk()
        let answer = try await desk.write(
            "POST /v1/articles", #"{"headlin": "x", "urgency": 12, "status": "printed", "people": [{"id": "per_1", "rol": "subject"}]}"#)
        #expect(answer.status == 400)
        #expect(answer.code == "unknown_member")
        #expect(Set(answer.failures).isSuperset(of: ["/headlin unknown_member", "/urgency out_of_range", "/status invalid_value"]))
        #expect(answer.text.contains("headline"))
    }

    @Test func `members that break rules are 422, all of them at once`() async throws {
        let desk = try Desk()
        let answer = try await desk.write(
            "POST /v1/articles", #"{"urgency": 12, "status": "printed", "language": "English!", "people": [{"slug": "nobody"}]}"#)
        #expect(answer.status == 422)
        #expect(answer.code == "validation_failed")
        let expected: Set = [
            "/headline required", "/urgency out_of_range", "/status invalid_value", "/language invalid_value",
            "/people/0 unknown_reference",
        ]
        #expect(Set(answer.failures).isSuperset(of: expected), "\(answer.failures)")
        #expect(try await desk.sendAsNewsroom("GET /v1/articles?count=exact")["page", "total", "value"] == 0)
    }

    @Test func `each failing item of a list is told, readable or not, at its own place`() async throws {
        let desk = try Desk()
        let articles = try await desk.write(
            "POST /v1/articles",
            """
            {"headline": "x", "urgency": 12, "tags": ["", 7, "ok", "ok", " "],
             "people": [{"slug": "nobody-a"}, 5, {"slug": "nobody-b"}, {"slug": "nobody-c", "role": 5}]}
            """)
        #expect(
            Set(articles.failures) == [
                "/urgency out_of_range", "/tags/0 required", "/tags/1 wrong_type", "/tags/4 required", "/people/0 unknown_reference",
                "/people/1 wrong_type", "/people/2 unknown_reference", "/people/3 unknown_reference", "/people/3/role wrong_type",
            ])
        let events = try await desk.write(
            "POST /v1/events",
            """
            {"title": "x", "participants": [{}, {"person": {"slug": "nobody"}, "role": 7}, {"organization": {"slug": "nowhere"}}]}
            """)
        #expect(
            Set(events.failures) == [
                "/participants/0 required", "/participants/1/role wrong_type", "/participants/1 unknown_reference",
                "/participants/2 unknown_reference",
            ])
    }

    @Test func `a slug and an external id that are taken are told together`() async throws {
        let desk = try Desk()
        let json = #"{"name": "Ada Frost", "slug": "ada", "external_ids": {"wire": "1"}}"#
        try await desk.create("people", json)
        let answer = try await desk.write("POST /v1/people", json)
        #expect(answer.status == 409)
        #expect(answer.failures == ["/slug conflict", "/external_ids/wire conflict"])
        #expect(!answer.text.contains("wire:1"))
    }

    @Test func `members that the server owns are refused`() async throws {
        let desk = try Desk()
        let made = try await desk.create("people", #"{"name": "Ada Frost"}"#)
        let answer = try await desk.write(
            "PATCH /v1/people/\(made.id)", #"{"version": 9, "id": "per_x", "created_at": "2020-01-01T00:00:00Z"}"#)
        #expect(answer.status == 422)
        #expect(Set(answer.failures) == ["/version read_only", "/id read_only", "/created_at read_only"])
    }

    @Test(arguments: [
        ("POST", "application/json", 201), ("POST", "application/json; charset=utf-8", 201),
        ("POST", "Application/JSON;charset=UTF-8", 201),
        ("POST", "application/merge-patch+json", 415), ("POST", "text/plain", 415), ("POST", "application/x-www-form-urlencoded", 415),
        ("POST", "application/json; charset=latin1", 415), ("POST", "nonsense", 415), ("POST", "", 415),
        ("PUT", "application/json", 200), ("PUT", "application/merge-patch+json", 415),
        ("PATCH", "application/merge-patch+json", 200), ("PATCH", "application/json", 200), ("PATCH", "application/json-patch+json", 415),
    ])
    func `the Content-Type is looked at`(_ method: String, _ type: String, _ status: Int) async throws {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Ada Frost"}"#)
        let path = method == "POST" ? "/v1/people" : "/v1/people/ada-frost"
        let fields = (method == "POST" ? [] : ["If-Match: *"]) + (type.isEmpty ? [] : ["Content-Type: \(type)"])
        let answer = try await desk.sendAsNewsroom("\(method) \(path)", fields, body: Array(#"{"name": "Bo Frost"}"#.utf8))
        #expect(answer.status == status)
        guard status == 415 else { return }
        #expect(answer.code == "unsupported_media_type")
        for (offer, offering) in [("Accept-Post", "POST"), ("Accept-Patch", "PATCH")] {
            let value = HTTPField.Name(offer).flatMap { answer[$0] }
            #expect(method == offering ? value?.contains("json") == true : value == nil, "\(offer)")
        }
    }

    @Test func `an encoded body is 415`() async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/people", #"{"name": "Ada"}"#, ["Content-Encoding: gzip"])
        #expect(answer.status == 415)
        #expect(try await desk.write("POST /v1/people", #"{"name": "Ada"}"#, ["Content-Encoding: identity"]).status == 201)
    }

    @Test func `a body of the limit is taken, one byte more is 413`() async throws {
        var limits = APILimits()
        limits.bodyByteCountMax = 100
        let desk = try Desk(limits: limits)
        func body(_ byteCount: Int) -> String {
            let frame = #"{"name": ""}"#
            return #"{"name": "\#(String(repeating: "a", count: byteCount - frame.utf8.count))"}"#
        }
        #expect(try await desk.write("POST /v1/people", body(100)).status == 201)
        let answer = try await desk.write("POST /v1/people", body(101))
        #expect(answer.status == 413)
        #expect(answer.code == "body_too_large")
    }

    @Test func `writes take no parameter but pretty`() async throws {
        let desk = try Desk()
        let pretty = try await desk.write("POST /v1/people?pretty", #"{"name": "Ada Frost"}"#)
        #expect(pretty.status == 201)
        #expect(pretty.text.hasPrefix("{\n  \"id\""))
        for line in ["POST /v1/people?fields=id", "PATCH /v1/people/ada-frost?dry=1", "DELETE /v1/people/ada-frost?force"] {
            let answer = try await desk.write(line, #"{"name": "Bo Frost"}"#)
            #expect(answer.status == 400)
            #expect(answer.code == "unknown_parameter")
        }
    }
}
