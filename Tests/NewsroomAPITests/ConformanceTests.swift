import HTTP
import HTTPTypes
import Testing
import Turns

@testable import NewsroomAPI

/// Methods, negotiation and conditions as the standards have them, for routes of each shape.
@Suite(.inTurn) struct ConformanceTests {
    private static let lake = #"{"name": "Lake Authority", "slug": "lake-authority", "kind": "government"}"#
    private static let item = "/v1/organizations/lake-authority"

    @Test(arguments: [
        ("/livez", "GET, HEAD, OPTIONS"), ("/metrics", "GET, HEAD, OPTIONS"), ("/v1/meta", "GET, HEAD, OPTIONS"),
        ("/v1/import", "POST, OPTIONS"), ("/v1/articles", "GET, HEAD, POST, OPTIONS"),
        ("/v1/articles/x", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"), ("/v1/people/none/", nil), ("/nope", nil),
    ])
    func `RFC 9110 §10.2.1: Allow lists the methods of its path, and 405 has it`(_ path: String, _ allow: String?) async throws {
        let desk = try Desk()
        let told = try await desk.send("OPTIONS \(path)")
        #expect(told.status == (allow == nil ? 404 : 204))
        #expect(told[.allow] == allow)
        // RFC 5789 §3.1.
        let offered = allow?.contains("PATCH") == true ? "application/merge-patch+json, application/json" : nil
        #expect(HTTPField.Name("Accept-Patch").flatMap { told[$0] } == offered)
        #expect(told.body.isEmpty == (allow != nil))
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] where !(allow ?? method).contains(method) {
            let refused = try await desk.send("\(method) \(path)")
            #expect(refused.status == 405, "\(method)")
            #expect(refused[.allow] == allow)
            #expect(refused[.contentType] == "application/problem+json")
        }
        // RFC 9110 §9.1: one that no path has is 501.
        for method in ["TRACE", "get", "BREW"] { #expect(try await desk.send("\(method) \(path)").status == 501, "\(method)") }
    }

    @Test func `RFC 9112 §3.2.4: OPTIONS of the whole server lists the methods of all paths`() async throws {
        let desk = try Desk()
        for target in ["*", "http://newsroom.example"] {
            let answer = try await desk.send("OPTIONS \(target)", ["Max-Forwards: 0"])
            #expect(answer.status == 204)
            #expect(answer[.allow] == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        }
    }

    @Test func `RFC 9110 §9.3.2: HEAD has the fields of GET`() async throws {
        let desk = try Desk()
        try await desk.create("organizations", Self.lake)
        for path in [Self.item, "/v1/organizations", "/v1/meta", "/livez", "/v1/organizations/none", "/v1/organizations?nope=1"] {
            let (whole, head) = (try await desk.send("GET \(path)"), try await desk.send("HEAD \(path)"))
            #expect(head.status == whole.status, "\(path)")
            #expect(head.fields == whole.fields, "\(path)")
            // The serializer counts the body and leaves it out.
            #expect(head.body.count == whole.body.count, "\(path)")
        }
    }

    @Test func `RFC 9110 §12.5.1: the most specific range decides, and 406 is for who takes no JSON`() async throws {
        let desk = try Desk()
        try await desk.create("organizations", Self.lake)
        for path in [Self.item, "/v1/organizations", "/v1/meta"] {
            for accept in Self.accepting {
                #expect(try await desk.send("GET \(path)", ["Accept: \(accept)"]).status == 200, "\(path) \(accept)")
            }
            for accept in Self.excluding {
                let refused = try await desk.send("GET \(path)", ["Accept: \(accept)"])
                // Lists have other types too.
                guard path != "/v1/organizations" || !Self.takingOthers.contains(accept) else {
                    #expect(refused.status == 200 && refused[.contentType] != "application/json", "\(accept)")
                    continue
                }
                #expect(refused.status == 406, "\(path) \(accept)")
                #expect(refused[.contentType] == "application/problem+json")
            }
            #expect(try await desk.send("GET \(path)", ["Accept: text/html", "Accept: application/json"]).status == 200)
        }
    }

    @Test func `RFC 9110 §12.5.5: Vary names what an answer depends on`() async throws {
        let desk = try Desk()
        let made = try await desk.create("organizations", Self.lake)
        #expect(made[.vary] == "Accept, Authorization, Accept-Encoding")
        for path in [Self.item, "/v1/organizations", "/v1/meta"] {
            #expect(try await desk.send("GET \(path)")[.vary] == "Accept, Authorization, Accept-Encoding", "\(path)")
        }
        let unchanged = try await desk.send("GET \(Self.item)", ["If-None-Match: \(made.eTag)"])
        // RFC 9110 §15.4.5: what the 200 would have had of these.
        #expect(
            unchanged[.vary] == "Accept, Authorization, Accept-Encoding" && unchanged.eTag == made.eTag && unchanged[.cacheControl] != nil)
        #expect(unchanged[.contentType] == nil)
    }

    @Test(arguments: ["GET", "HEAD"])
    func `RFC 9110 §13.2.2: conditions of a reader in their order`(_ method: String) async throws {
        let desk = try Desk()
        let tag = try await desk.create("organizations", Self.lake).eTag
        for (fields, status) in Self.conditions(tag) {
            // The first answer is rendered, the second may be a kept one.
            for _ in 0..<2 {
                let answer = try await desk.send("\(method) \(Self.item)", fields)
                #expect(answer.status == status, "\(fields)")
                if status < 400 { #expect(answer.eTag == tag) }
            }
            // RFC 9110 §13.2.1: conditions do not count where the answer would be no success.
            #expect(try await desk.send("\(method) /v1/organizations/none", fields).status == 404, "\(fields)")
        }
    }

    private static let accepting = [
        "*/*", "application/json", "application/*", "APPLICATION/JSON", "text/html, application/json;q=0.1", "application/json;q=0.001",
        "application/json; q=1.000", "text/html, */*;q=0.1", "application/*;q=0, application/json", "*/*;q=0, application/json;Q=1", "",
        "application/json;charset=utf-8", ", ,application/json", "text/plain;a=\"b,c\", application/json",
    ]

    private static let excluding = [
        "text/html", "text/*", "application/json;q=0", "*/*;q=0", "application/json;q=0, */*", "application/*;q=0, */*;q=0.5",
        "application/json;q=0.000", "application/xml, text/csv", "application/vnd.api+json", "text/html;a=\"b,application/json\"",
    ]

    private static let takingOthers = ["text/*", "application/json;q=0, */*", "application/*;q=0, */*;q=0.5", "application/xml, text/csv"]

    private static let (past, future) = ("Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT")

    private static func conditions(_ tag: String) -> [([String], Int)] {
        [
            (["If-None-Match: \(tag)"], 304), (["If-None-Match: W/\(tag)"], 304), (["If-None-Match: *"], 304),
            (["If-None-Match: \"x\" ,\t\(tag), \"y\""], 304), (["If-None-Match: ,, \(tag),"], 304),
            (["If-None-Match: \"x\"", "If-None-Match: \(tag)"], 304), (["If-None-Match: \"x\""], 200), (["If-None-Match: \"\""], 200),
            (["If-None-Match: \"a,b\""], 200), (["If-Match: \(tag)"], 200), (["If-Match: *"], 200), (["If-Match: \"x\", \(tag)"], 200),
            (["If-Match: \"x\""], 412), (["If-Match: W/\(tag)"], 412), (["If-Match: \"x\"", "If-None-Match: \(tag)"], 412),
            (["If-Match: \(tag)", "If-None-Match: \(tag)"], 304), (["If-Match: \(tag)", "If-None-Match: \"x\""], 200),
            // There is no Last-Modified, so dates are ignored (RFC 9110 §13.1.3, §13.1.4), and so are ranges (§14.2).
            (["If-Modified-Since: \(future)"], 200), (["If-Modified-Since: \(past)", "If-None-Match: \(tag)"], 304),
            (["If-None-Match: \"x\"", "If-Modified-Since: \(future)"], 200), (["If-Unmodified-Since: \(past)"], 200),
            (["Range: bytes=0-0"], 200), (["Range: bytes=0-0", "If-Range: \(tag)"], 200),
        ]
    }
}
