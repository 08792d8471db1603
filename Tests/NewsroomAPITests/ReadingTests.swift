import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ReadingTests {
    static let iceRoad =
        #"{"headline": "Ice road opens", "slug": "ice-road", "status": "published", "body": "The road over the lake is open."}"#

    @Test func `a resource is found by its id and by its slug, and both show the same`() async throws {
        let desk = try Desk()
        let made = try await desk.create("articles", ReadingTests.iceRoad)
        let byID = try await desk.send("GET /v1/articles/\(made.id)")
        let bySlug = try await desk.send("GET /v1/articles/ice-road")
        #expect(byID.status == 200)
        #expect(byID.body == bySlug.body)
        #expect(byID.body == made.body)
        #expect(byID.string("url") == "/v1/articles/\(made.id)")
        #expect(byID[.contentType] == "application/json")
        #expect(byID.route == "/v1/articles/{id}")
    }

    @Test func `an answer may be kept by its reader alone, and not be shown again unasked`() async throws {
        let desk = try Desk()
        try await desk.create("articles", ReadingTests.iceRoad)
        for path in ["/v1/articles/ice-road", "/v1/articles", "/v1/meta"] {
            let answer = try await desk.send("GET \(path)")
            #expect(answer[.cacheControl] == "private, no-cache")
            #expect(answer[.vary] == "Accept, Authorization, Accept-Encoding")
        }
    }

    @Test(arguments: [
        "articles/nothing-there", "articles/art_01HT3Z6V0Q8X9GZ5J2M4N7P1RS", "articles/Not%20A%20Slug", "people/ice-road",
        "articles/per_01HT3Z6V0Q8X9GZ5J2M4N7P1RS", "articles/art_01ht3z6v0q8x9gz5j2m4n7p1rs", "articles/%F0%9F%A7%8A", "articles/..",
    ])
    func `what names nothing is 404`(_ path: String) async throws {
        let desk = try Desk()
        try await desk.create("articles", ReadingTests.iceRoad)
        let answer = try await desk.send("GET /v1/\(path)")
        #expect(answer.status == 404)
        #expect(answer.code == "not_found")
        #expect(answer[.contentType] == "application/problem+json")
    }

    @Test func `the ETag begins with the version and tells one rendering from another`() async throws {
        let desk = try Desk()
        let made = try await desk.create("articles", ReadingTests.iceRoad)
        #expect(made.eTag.wholeMatch(of: /"1-[0-9a-f]{16}"/) != nil)
        let tags = try await ["", "?pretty", "?fields=headline", "?fields=slug,headline"].asyncMap {
            try await desk.send("GET /v1/articles/ice-road\($0)").eTag
        }
        #expect(tags[0] == made.eTag)
        #expect(Set(tags).count == 4)
        #expect(tags.allSatisfy { $0.hasPrefix("\"1-") })
    }

    @Test func `who has these bytes already gets 304 with the ETag and no body`() async throws {
        let desk = try Desk()
        let tag = try await desk.create("articles", ReadingTests.iceRoad).eTag
        for condition in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let answer = try await desk.send("GET /v1/articles/ice-road", ["If-None-Match: \(condition)"])
            #expect(answer.status == 304)
            #expect(answer.eTag == tag)
            #expect(answer.body.isEmpty)
            #expect(answer[.cacheControl] == "private, no-cache")
        }
        for condition in ["\"1\"", "\"2-0000000000000000\""] {
            #expect(try await desk.send("GET /v1/articles/ice-road", ["If-None-Match: \(condition)"]).status == 200)
        }
        let malformed = try await desk.send("GET /v1/articles/ice-road", ["If-None-Match: 1-abc"])
        #expect(malformed.status == 400)
        #expect(malformed.code == "malformed_request")
    }

    @Test func `a reader too may ask for one representation and no other`() async throws {
        let desk = try Desk()
        let tag = try await desk.create("articles", ReadingTests.iceRoad).eTag
        // Twice each: rendered, and kept.
        for method in ["GET", "HEAD", "GET", "HEAD"] {
            func status(_ fields: String...) async throws -> Int { try await desk.send("\(method) /v1/articles/ice-road", fields).status }
            for condition in [tag, "\"x\", \(tag)", "*"] { #expect(try await status("If-Match: \(condition)") == 200) }
            for condition in ["\"x\"", "W/\(tag)", "\"1\""] { #expect(try await status("If-Match: \(condition)") == 412) }
            #expect(try await status("If-Match: \"x\"", "If-None-Match: \(tag)") == 412)
            #expect(try await status("If-Match: \(tag)", "If-None-Match: \(tag)") == 304)
            #expect(try await status("If-Match: 1") == 400)
        }
    }

    @Test func `the ETag changes with the caption of a reference, though the version does not`() async throws {
        let desk = try Desk()
        let person = try await desk.create("people", #"{"name": "Yoav Gallant"}"#)
        try await desk.create(
            "articles", #"{"headline": "Talks", "slug": "talks", "status": "published", "people": [{"id": "\#(person.id)"}]}"#)
        let before = try await desk.send("GET /v1/articles/talks")
        #expect(before.string("people", "0", "name") == "Yoav Gallant")
        _ = try await desk.write("PATCH /v1/people/\(person.id)", #"{"name": "Yoav Galant"}"#)
        let after = try await desk.send("GET /v1/articles/talks", ["If-None-Match: \(before.eTag)"])
        #expect(after.status == 200)
        #expect(after.string("people", "0", "name") == "Yoav Galant")
        #expect(after["version"] == before["version"])
        #expect(after.eTag != before.eTag)
    }

    @Test func `fields shows those members and the id, in the document's order`() async throws {
        let desk = try Desk()
        let made = try await desk.create("articles", ReadingTests.iceRoad)
        let answer = try await desk.send("GET /v1/articles/ice-road?fields=status,headline")
        #expect(answer.text == #"{"id":"\#(made.id)","headline":"Ice road opens","status":"published"}"#)
    }

    @Test(arguments: [
        ("fields=headlin", "invalid_parameter", "did you mean headline?"), ("fields=", "invalid_parameter", "empty name"),
        ("fields=headline,,slug", "invalid_parameter", "empty name"), ("field=headline", "unknown_parameter", "did you mean fields?"),
        ("pretty=maybe", "invalid_parameter", "is a flag"), ("limit=2", "unknown_parameter", "does not exist here"),
        ("pretty&pretty", "invalid_parameter", "given more than once"), ("q=ice", "unknown_parameter", "does not exist here"),
    ])
    func `a parameter that cannot be taken is refused by name`(_ query: String, _ code: String, _ message: String) async throws {
        let desk = try Desk()
        try await desk.create("articles", ReadingTests.iceRoad)
        let answer = try await desk.send("GET /v1/articles/ice-road?\(query)")
        #expect(answer.status == 400)
        #expect(answer.code == code)
        #expect(answer.string("errors", "0", "message")?.contains(message) == true, "\(answer.text)")
        #expect(answer.string("errors", "0", "path") == query.prefix { $0 != "=" && $0 != "&" }.description)
    }

    @Test func `pretty indents, in answers and in problems`() async throws {
        let desk = try Desk()
        let made = try await desk.create("articles", ReadingTests.iceRoad)
        for flag in ["pretty", "pretty=", "pretty=true"] {
            let answer = try await desk.send("GET /v1/articles/ice-road?\(flag)&fields=slug")
            #expect(answer.text == "{\n  \"id\": \"\(made.id)\",\n  \"slug\": \"ice-road\"\n}")
        }
        #expect(try await desk.send("GET /v1/articles/ice-road?pretty=false").body == made.body)
        #expect(try await desk.send("GET /v1/articles/nothing?pretty").text.hasPrefix("{\n  \"type\""))
    }

    @Test(arguments: [
        ("application/json", 200), ("*/*", 200), ("application/*;q=0.5", 200), ("text/html, application/json;q=0.1", 200),
        ("application/json; charset=utf-8", 200), ("text/html", 406), ("application/json;q=0", 406), ("application/xml, image/*", 406),
    ])
    func `Accept decides whether JSON is taken`(_ accept: String, _ status: Int) async throws {
        let desk = try Desk()
        try await desk.create("articles", ReadingTests.iceRoad)
        for path in ["/v1/articles/ice-road", "/v1/articles", "/v1/meta"] {
            let answer = try await desk.send("GET \(path)", ["Accept: \(accept)"])
            #expect(answer.status == status)
            if status == 406 { #expect(answer.code == "not_acceptable") }
        }
    }

    @Test func `HEAD has what GET has, and other methods are 405 with Allow`() async throws {
        let desk = try Desk()
        try await desk.create("articles", ReadingTests.iceRoad)
        let head = try await desk.send("HEAD /v1/articles/ice-road")
        let get = try await desk.send("GET /v1/articles/ice-road")
        #expect(head.status == 200)
        #expect(head.eTag == get.eTag)
        let post = try await desk.send("POST /v1/articles/ice-road")
        #expect(post.status == 405)
        #expect(post[.allow] == "GET, HEAD, PUT, PATCH, DELETE, OPTIONS")
        #expect(try await desk.send("OPTIONS /v1/articles").status == 204)
    }
}

extension Sequence {
    func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var all: [T] = []
        for element in self { all.append(try await transform(element)) }
        return all
    }
}
