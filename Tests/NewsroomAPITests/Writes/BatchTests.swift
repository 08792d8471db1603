import HTTP
import HTTPTypes
import JSON
import Newsroom
import Routing
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct BatchTests {
    private let day = #"""
        {"operations": [
          {"method": "POST", "path": "/v1/events", "body": {"title": "Talks on Rafah", "slug": "rafah-talks"}},
          {"method": "POST", "path": "/v1/articles", "body": {"headline": "Talks called off", "status": "draft",
            "events": [{"slug": "rafah-talks"}]}},
          {"method": "POST", "path": "/v1/events/rafah-talks/actions/cancel", "if_match": "*", "body": {"reason": "The vote."}}
        ]}
        """#

    private func count(_ kind: String, on desk: Desk) async throws -> JSONValue? {
        try await desk.sendAsNewsroom("GET /v1/\(kind)?count=exact")["page", "total", "value"]
    }

    @Test func `each operation sees what those before it did, and is answered as it would be alone`() async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/batch", day)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(["0", "1", "2"].map { answer["results", $0, "status"] } == [201, 201, 200])
        let event = try #require(answer.string("results", "0", "body", "id"))
        #expect(answer.string("results", "1", "body", "events", "0", "id") == event)
        #expect(answer.string("results", "0", "location") == "/v1/events/\(event)")
        #expect(answer.string("results", "2", "body", "status") == "cancelled")
        let shown = try await desk.sendAsNewsroom("GET /v1/events/rafah-talks")
        #expect(shown.string("status") == "cancelled" && shown["version"] == 2)
        #expect(answer.string("results", "2", "etag") == shown.eTag)
        #expect(try await desk.newsroom.newestSequence() == 3)
    }

    @Test func `all methods of a resource are there`() async throws {
        let desk = try Desk()
        let one = try await desk.create("people", #"{"name": "Ada Frost"}"#)
        let other = try await desk.create("people", #"{"name": "Ida Snow"}"#)
        let answer = try await desk.write(
            "POST /v1/batch",
            #"""
            {"operations": [
              {"method": "PUT", "path": "/v1/people/\#(one.id)", "if_match": "\"1\"", "body": {"name": "Ada Rime"}},
              {"method": "PATCH", "path": "/v1/people/\#(one.id)", "if_match": "\"2\"", "body": {"description": "a pilot"}},
              {"method": "POST", "path": "/v1/people/\#(one.id)/actions/restore", "if_match": "*", "body": {"version": 1}},
              {"method": "DELETE", "path": "/v1/people/\#(other.id)", "if_match": "\"1\""}
            ]}
            """#)
        #expect((0..<4).map { answer["results", "\($0)", "status"] } == [200, 200, 200, 204], "\(answer.text)")
        #expect(answer.jsonText?.hasSuffix(#"{"status":204}]}"#) == true)
        let shown = try await desk.sendAsNewsroom("GET /v1/people/\(one.id)")
        #expect(shown.string("name") == "Ada Frost" && shown["version"] == 4)
        #expect(try await desk.sendAsNewsroom("GET /v1/people/\(other.id)").status == 410)
    }

    @Test func `where one fails nothing is kept, and the problem says which and why`() async throws {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Ada Frost", "slug": "ada"}"#)
        let answer = try await desk.write(
            "POST /v1/batch",
            #"""
            {"operations": [
              {"method": "POST", "path": "/v1/events", "body": {"title": "Talks"}},
              {"method": "POST", "path": "/v1/people", "body": {"name": "Ada", "slug": "ada"}},
              {"method": "POST", "path": "/v1/people", "body": {"name": "Ida"}}
            ]}
            """#)
        #expect(answer.status == 409 && answer.code == "conflict" && answer["operation"] == 1)
        #expect(answer.failures == ["/operations/1/body/slug conflict"])
        #expect((0..<3).map { answer.string("results", "\($0)", "outcome") } == ["undone", "failed", "not_tried"])
        #expect(answer["results", "1", "status"] == 409 && answer.string("results", "1", "code") == "conflict")
        #expect(try await count("events", on: desk) == 0)
        #expect(try await desk.newsroom.newestSequence() == 1)
        // What was undone is not remembered either.
        try await desk.create("events", #"{"title": "Talks", "slug": "talks"}"#)
        #expect(try await desk.newsroom.newestSequence() == 2)
    }

    @Test(arguments: [
        (#"{"method": "POST", "path": "/v1/people", "body": {"name": "Ada", "nam": "Ada"}}"#, 400, "/operations/1/body/nam unknown_member"),
        (#"{"method": "POST", "path": "/v1/people", "body": {}}"#, 422, "/operations/1/body/name required"),
        (#"{"method": "POST", "path": "/v1/people"}"#, 422, "/operations/1/body required"),
        (#"{"method": "POST", "path": "/v1/people", "body": []}"#, 422, "/operations/1/body wrong_type"),
        (
            #"{"method": "POST", "path": "/v1/people", "body": {"name": "Ada"}, "if_match": "*"}"#, 422,
            "/operations/1/if_match invalid_value"
        ),
        (#"{"method": "PATCH", "path": "/v1/people/ada", "body": {}}"#, 428, "/operations/1/if_match required"),
        (
            #"{"method": "PATCH", "path": "/v1/people/ada", "if_match": "3", "body": {}}"#, 422,
            "/operations/1/if_match invalid_value"
        ),
        (#"{"method": "DELETE", "path": "/v1/people/ada", "if_match": "*", "body": {}}"#, 400, "/operations/1/body unknown_member"),
        (#"{"method": "GET", "path": "/v1/people"}"#, 422, "/operations/1/method invalid_value"),
        (#"{"method": "post", "path": "/v1/people"}"#, 422, "/operations/1/method invalid_value"),
        (#"{"method": "DELETE", "path": "/v1/people"}"#, 422, "/operations/1/method invalid_value"),
        (#"{"method": "POST", "path": "/v1/nothing"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "v1/people"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "/v1/people?pretty"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "http://newsroom.example/v1/people"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "/v1/batch"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "/v1/import"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "/v1/admin/backup"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"method": "POST", "path": "/v1/people/ada/actions/merge"}"#, 422, "/operations/1/path invalid_value"),
        (#"{"path": "/v1/people"}"#, 422, "/operations/1/method required"),
        (#"{"method": "POST"}"#, 422, "/operations/1/path required"),
        (#"{"method": "POST", "path": "/v1/people", "headers": {}}"#, 400, "/operations/1/headers unknown_member"),
        ("7", 422, "/operations/1 wrong_type"),
    ])
    func `what is wrong with an operation is told at its place, and nothing is written`(
        _ operation: String, _ status: Int, _ failure: String
    ) async throws {
        let desk = try Desk()
        let answer = try await desk.write(
            "POST /v1/batch",
            #"{"operations": [{"method": "POST", "path": "/v1/events", "body": {"title": "Talks"}}, \#(operation)]}"#)
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.failures == [failure])
        #expect(try await desk.newsroom.newestSequence() == 0)
    }

    @Test(arguments: [
        ("{}", 422, "/operations required"), (#"{"operations": {}}"#, 422, "/operations wrong_type"),
        (#"{"operations": []}"#, 422, "/operations required"),
        (#"{"operations": [7], "atomic": false}"#, 400, "/atomic unknown_member"),
    ])
    func `a batch has a list of operations and nothing else`(_ json: String, _ status: Int, _ failure: String) async throws {
        let answer = try await Desk().write("POST /v1/batch", json)
        #expect(answer.status == status && answer.failures.contains(failure), "\(answer.text)")
    }

    @Test func `five hundred operations are done and one more is refused`() async throws {
        let desk = try Desk()
        func batch(of count: Int) -> String {
            let operations = (0..<count).map { #"{"method":"POST","path":"/v1/people","body":{"name":"Person \#($0)"}}"# }
            return #"{"operations":[\#(operations.joined(separator: ","))]}"#
        }
        let refused = try await desk.write("POST /v1/batch", batch(of: 501))
        #expect(refused.status == 422 && refused.failures == ["/operations too_many"])
        #expect(try await desk.write("POST /v1/batch", batch(of: 500), ["Prefer: return=minimal"]).status == 200)
        #expect(try await count("people", on: desk) == 500)
    }

    @Test func `return=minimal leaves the bodies out`() async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/batch", day, ["Prefer: return=minimal"])
        #expect(answer[.preferenceApplied] == "return=minimal" && answer[.vary]?.contains("Prefer") == true)
        #expect((0..<3).map { answer["results", "\($0)", "status"] } == [201, 201, 204])
        #expect((0..<3).allSatisfy { answer["results", "\($0)", "body"] == nil && answer["results", "\($0)", "etag"] != nil })
    }

    @Test func `a rehearsal shows all and keeps nothing`() async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/batch", day, ["Prefer: tx=rollback"])
        #expect(answer.status == 200 && answer[.preferenceApplied] == "tx=rollback")
        #expect(answer.string("results", "2", "body", "status") == "cancelled")
        #expect(answer["results", "0", "location"] == nil && answer["results", "0", "etag"] == nil)
        #expect(try await desk.newsroom.newestSequence() == 0)
        #expect(try await desk.write("POST /v1/batch", day).status == 200)
    }

    @Test func `the same batch under the same key is done once`() async throws {
        let desk = try Desk()
        let first = try await desk.write("POST /v1/batch", day, ["Idempotency-Key: b-1"])
        let again = try await desk.write("POST /v1/batch", day, ["Idempotency-Key: b-1"])
        #expect(first.status == 200 && again.body == first.body && again[.idempotentReplayed] == "true")
        #expect(try await desk.newsroom.newestSequence() == 3)
        #expect(try await desk.write("POST /v1/batch", day + " ", ["Idempotency-Key: b-1"]).code == "idempotency_key_reused")
    }

    @Test func `a failed batch leaves its key to the mended one`() async throws {
        let desk = try Desk()
        let broken = #"{"operations": [{"method": "POST", "path": "/v1/people", "body": {}}]}"#
        let mended = #"{"operations": [{"method": "POST", "path": "/v1/people", "body": {"name": "Ada"}}]}"#
        #expect(try await desk.write("POST /v1/batch", broken, ["Idempotency-Key: b-1"]).status == 422)
        #expect(try await desk.write("POST /v1/batch", mended, ["Idempotency-Key: b-1"]).status == 200)
    }

    @Test func `a token of some kinds writes those alone, in a batch too`() async throws {
        let desk = try Desk()
        let secret = "dl_people_0123456789012345678901234567"
        try await desk.add(AccessToken(name: "people", role: .editor, kinds: [.person]), secret: secret)
        let fields = ["Authorization: Bearer \(secret)", "Content-Type: application/json"]
        let person = #"{"method": "POST", "path": "/v1/people", "body": {"name": "Ada"}}"#
        let event = #"{"method": "POST", "path": "/v1/events", "body": {"title": "Talks"}}"#
        let refused = try await desk.send("POST /v1/batch", fields, body: Array(#"{"operations": [\#(person), \#(event)]}"#.utf8))
        #expect(refused.status == 403 && refused["operation"] == 1)
        #expect(try await desk.newsroom.newestSequence() == 0)
        #expect(try await desk.send("POST /v1/batch", fields, body: Array(#"{"operations": [\#(person)]}"#.utf8)).status == 200)
    }

    @Test func `bodies beyond the bytes of a page are left out, and say so`() async throws {
        var limits = APILimits()
        limits.pageByteCountMax = 400
        let desk = try Desk(limits: limits)
        let operation = #"{"method": "POST", "path": "/v1/people", "body": {"name": "Ada Frost"}}"#
        let answer = try await desk.write("POST /v1/batch", #"{"operations": [\#(operation), \#(operation)]}"#)
        #expect(answer["results", "0", "body"] != nil && answer["results", "0", "body_left_out"] == nil, "\(answer.text)")
        #expect(answer["results", "1", "body"] == nil && answer["results", "1", "body_left_out"] == true)
        #expect(answer.string("results", "1", "location")?.hasPrefix("/v1/people/per_") == true)
    }

    @Test func `every write of one resource can be a part of a batch, but those that have a reason not to`() throws {
        let desk = try Desk()
        let own = desk.api.routes.filter { ![.get, .head].contains($0.method) }.filter { route in
            let path = "\(route.pattern)".replacing("{id}", with: "nothing")
            guard
                case .route(let answering, _, _) = desk.api.router.find(
                    route.method, RequestTarget(segments: path.dropFirst().split(separator: "/").map(String.init)))
            else { return true }
            return !(answering.companion is any BatchWriting)
        }
        let judgements = ["people", "organizations", "events"].flatMap { kind in
            ["merge", "split", "distinguish", "reconsider"].map { "POST /v1/\(kind)/{id}/actions/\($0)" }
        }
        let others = [
            "PATCH /v1/statements/sources/{id}", "POST /v1/statements/sources/{id}/actions/reveal",
            "POST /v1/conflicts/{id}/actions/resolve", "POST /v1/batch", "POST /v1/import", "POST /v1/admin/backup",
            "POST /v1/webhooks", "PATCH /v1/webhooks/{id}", "DELETE /v1/webhooks/{id}", "POST /v1/webhooks/{id}/actions/enable",
            "POST /v1/webhooks/{id}/actions/disable", "POST /v1/webhooks/{id}/actions/test",
        ]
        #expect(Set(own.map { "\($0.method.rawValue) \($0.pattern)" }) == Set(judgements + others))
    }
}
