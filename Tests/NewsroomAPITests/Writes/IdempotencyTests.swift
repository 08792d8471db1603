import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct IdempotencyTests {
    private let frost = #"{"name": "Ada Frost"}"#

    @Test func `the same request with the same key gets the first answer again`() async throws {
        let desk = try Desk()
        let first = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: k-1"])
        #expect(first.status == 201 && first[.idempotentReplayed] == nil)
        // What it was then, whatever has become of it since.
        #expect(try await desk.write("PATCH /v1/people/\(first.id)", #"{"name": "Ada Snow"}"#).status == 200)
        for key in ["k-1", "\"k-1\""] {
            let again = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: \(key)"])
            #expect(again.status == 201 && again.body == first.body && again[.idempotentReplayed] == "true")
            for name in [HTTPField.Name.location, .eTag, .contentType, .cacheControl, .vary] { #expect(again[name] == first[name]) }
        }
        #expect(try await desk.sendAsNewsroom("GET /v1/people?count=exact")["page", "total", "value"] == 1)
    }

    @Test(arguments: [
        ("POST /v1/people", #"{"name": "Ada Frost"} "#), ("POST /v1/people", #"{"name": "Ada Snow"}"#),
        ("POST /v1/people?pretty", #"{"name": "Ada Frost"}"#), ("POST /v1/organizations", #"{"name": "Ada Frost"}"#),
    ])
    func `the same key with another body or target is 422`(_ line: String, _ json: String) async throws {
        let desk = try Desk()
        _ = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: k-1"])
        let answer = try await desk.write(line, json, ["Idempotency-Key: k-1"])
        #expect(answer.status == 422 && answer.code == "idempotency_key_reused")
        #expect(!answer.text.contains("Frost"))
    }

    @Test func `a refusal is not kept, so that the mended request can have its key`() async throws {
        let desk = try Desk()
        #expect(try await desk.write("POST /v1/people", "{}", ["Idempotency-Key: k-1"]).status == 422)
        #expect(try await desk.write("POST /v1/people", frost, ["Idempotency-Key: k-1"]).status == 201)
    }

    @Test func `a key does not open what the token does not`() async throws {
        let desk = try Desk()
        _ = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: k-1"])
        let answer = try await desk.send(
            "POST /v1/people", ["Content-Type: application/json", "Idempotency-Key: k-1"], body: Array(frost.utf8))
        #expect(answer.status == 401 && answer[.location] == nil)
    }

    @Test func `a malformed key is refused, and nothing is written`() async throws {
        let desk = try Desk()
        let answer = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: two words"])
        #expect(answer.status == 400 && answer.code == "malformed_request")
        #expect(try await desk.sendAsNewsroom("GET /v1/people?count=exact")["page", "total", "value"] == 0)
    }

    @Test(arguments: ["Idempotency-Key: k", "Prefer: tx=rollback"])
    func `an import promises neither, and says so`(_ field: String) async throws {
        let answer = try await Desk().sendAsNewsroom(
            "POST /v1/import", ["Content-Type: application/x-ndjson", field], body: Array(#"{"type":"person","name":"Ada"}"#.utf8))
        #expect(answer.status == 400 && answer.code == "malformed_request")
    }

    @Test func `a version is brought back once, whatever If-Match says when it is asked for again`() async throws {
        let desk = try Desk()
        let path = "/v1/people/\(try await desk.create("people", frost).id)"
        #expect(try await desk.write("PATCH \(path)", #"{"name": "Ada Snow"}"#).status == 200)
        let fields = ["Idempotency-Key: k-1", "If-Match: \"2\""]
        let first = try await desk.write("POST \(path)/actions/restore", #"{"version": 1}"#, fields)
        #expect(first.status == 200 && first.string("name") == "Ada Frost" && first["version"] == 3)
        let again = try await desk.write("POST \(path)/actions/restore", #"{"version": 1}"#, fields)
        #expect(again.status == 200 && again.body == first.body && again.eTag == first.eTag && again[.idempotentReplayed] == "true")
        let other = try await desk.write("POST \(path)/actions/restore", #"{"version": 2}"#, fields)
        #expect(other.status == 422 && other.code == "idempotency_key_reused")
        #expect(try await desk.newsroom.newestSequence() == 3)
    }

    @Test(arguments: ["Idempotency-Key: k", "Prefer: tx=rollback"])
    func `a backup promises neither, and says so`(_ field: String) async throws {
        let answer = try await Desk().write("POST /v1/admin/backup", "{}", [field])
        #expect(answer.status == 400 && answer.code == "malformed_request")
    }

    @Test func `a minimal answer is kept as it was`() async throws {
        let desk = try Desk()
        let first = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: k-1", "Prefer: return=minimal"])
        let again = try await desk.write("POST /v1/people", frost, ["Idempotency-Key: k-1"])
        #expect(again.status == 201 && again.body.isEmpty && again[.location] == first[.location])
        #expect(again[.preferenceApplied] == "return=minimal")
    }
}
