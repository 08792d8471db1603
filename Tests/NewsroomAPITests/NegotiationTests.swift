import HTTP
import HTTPTypes
import Testing
import Turns

@testable import NewsroomAPI

/// Types that are asked for and sent, route by route.
@Suite(.inTurn) struct NegotiationTests {
    private static let unwanted = "Accept: text/html;q=0.9, application/json;q=0"

    @Test(arguments: [
        "GET /v1/articles", "GET /v1/people/ada-north", "GET /v1/meta", "HEAD /v1/articles", "POST /v1/people", "PUT /v1/people/ada-north",
        "PATCH /v1/people/ada-north", "DELETE /v1/people/ada-north", "POST /v1/import",
    ])
    func `what cannot be sent as it is wanted is 406, before anything is written`(_ line: String) async throws {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Ada North"}"#)
        let body = line.hasPrefix("GET") || line.hasPrefix("HEAD") ? "" : #"{"name": "Ada South"}"#
        let answer = try await desk.write(line, body, [Self.unwanted])
        #expect(answer.status == 406 && answer.code == "not_acceptable" && answer[.contentType] == "application/problem+json")
        #expect(answer.string("hint")?.contains("application/json") == true)
        let list = try await desk.send("GET /v1/people")
        #expect(list.column("name") == ["Ada North"])
    }

    @Test(arguments: [
        "application/json", "application/*;q=0.1", "*/*", "text/html, application/json;q=0.5", "application/json;q=0.001", "",
    ])
    func `what can is sent`(_ accept: String) async throws {
        let desk = try Desk()
        #expect(try await desk.send("GET /v1/articles", ["Accept: \(accept)"]).status == 200)
        #expect(try await desk.send("GET /v1/articles", ["Accept: image/png", "Accept: \(accept)"]).status == (accept.isEmpty ? 406 : 200))
    }

    @Test func `errors are problems whatever is wanted`() async throws {
        let desk = try Desk()
        for line in ["GET /nowhere", "BREW /v1/articles", "DELETE /v1/articles", "GET /v1/articles?x=1", "POST /v1/articles"] {
            let answer = try await desk.send(line, ["Accept: text/html"])
            #expect(answer.status >= 400 && answer[.contentType] == "application/problem+json", "\(line)")
        }
    }

    @Test func `probes and figures come in their one form, whatever is wanted`() async throws {
        let desk = try Desk()
        for path in ["/livez", "/readyz", "/healthz", "/metrics"] {
            #expect(try await desk.send("GET \(path)", ["Accept: application/openmetrics-text"]).status == 200)
        }
    }

    @Test func `a body of another type is 415, with the types that are taken`() async throws {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Ada North"}"#)
        for (line, name, types) in [
            ("POST /v1/people", "Accept-Post", "application/json"), ("PUT /v1/people/ada-north", "Accept", "application/json"),
            ("PATCH /v1/people/ada-north", "Accept-Patch", "application/merge-patch+json, application/json"),
            ("POST /v1/import", "Accept-Post", "application/x-ndjson, application/ndjson, application/jsonl"),
        ] {
            let offer = try #require(HTTPField.Name(name))
            for type in [["Content-Type: text/plain"], ["Content-Type: application/json-patch+json"], []] {
                let fields = line.hasPrefix("POST") ? type : type + ["If-Match: *"]
                let answer = try await desk.sendAsNewsroom(line, fields, body: [1])
                #expect(answer.status == 415 && answer[offer] == types, "\(line)")
            }
        }
        let coded = ["Content-Type: application/json", "Content-Encoding: gzip"]
        let answer = try await desk.sendAsNewsroom("POST /v1/people", coded, body: [1])
        #expect(answer.status == 415 && answer[.acceptEncoding] == "identity")
    }
}
