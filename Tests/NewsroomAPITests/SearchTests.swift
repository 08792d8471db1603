import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct SearchTests {
    private static func desk() async throws -> Desk {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Benjamin Netanyahu"}"#)
        for number in 1...3 {
            try await desk.create(
                "articles",
                """
                {"headline": "Netanyahu & Rafah \(number)", "section": "world", "status": "published",
                 "published_at": "2024-03-2\(number)T09:00:00Z", "body": "About Rafah, again"}
                """)
        }
        try await desk.create("articles", #"{"headline": "Rafah secret", "section": "hidden", "status": "draft"}"#)
        return desk
    }

    @Test func `an answer has hits, the page, how it was understood, facets and the index`() async throws {
        let desk = try await SearchTests.desk()
        let answer = try await desk.send("GET /v1/search?q=rafah&sort=newest&limit=2&facets=section,kind")
        #expect(answer.status == 200)
        #expect(answer.string("data", "0", "highlight") == "Netanyahu &amp; <em>Rafah</em> 3")
        #expect(answer.string("data", "0", "snippet") == "About <em>Rafah</em>, again")
        #expect(answer.string("data", "0", "kind") == "article")
        #expect(answer.string("data", "0", "url") == "/v1/articles/\(answer.string("data", "0", "id") ?? "")")
        #expect(answer.string("data", "0", "published_at") == "2024-03-23T09:00:00.000Z")
        #expect(answer.string("data", "0", "section") == "world")
        #expect(answer["data", "0", "score"] == nil)
        #expect(answer["page", "total"] == ["value": 3, "relation": "eq"])
        #expect(answer["understood"] == ["q": "rafah", "corrections": [], "alternatives": [], "complete": true])
        #expect(answer["facets", "section"] == ["values": [["value": "world", "count": 3]], "complete": true])
        #expect(answer["facets", "kind"] == ["values": [["value": "article", "count": 3]], "complete": true])
        #expect(answer["index"] == ["seq": 5, "complete": true])
        let next = try await desk.send("GET \(try #require(answer.nextPath))")
        #expect(next.string("data", "0", "title") == "Netanyahu & Rafah 1")
        #expect(next["page", "next"] == .null)
    }

    @Test func `the best come first, with scores and the whole number`() async throws {
        let desk = try await SearchTests.desk()
        let answer = try await desk.send("GET /v1/search?q=netanyaho")
        #expect(answer.string("data", "0", "title") == "Benjamin Netanyahu")
        #expect(answer["page", "total"] == ["value": 4, "relation": "eq"])
        #expect(answer["understood", "corrections"] == [["from": "netanyaho", "to": "netanyahu"]])
        #expect(try await desk.sendAsNewsroom("GET /v1/search?q=rafah")["page", "total", "value"] == 4)
    }

    @Test func `a search is the same again until something is written`() async throws {
        let desk = try await SearchTests.desk()
        let first = try await desk.send("GET /v1/search?q=rafah")
        #expect(try await desk.send("GET /v1/search?q=rafah").body == first.body)
        try await desk.create("articles", #"{"headline": "Rafah once more", "status": "published"}"#)
        #expect(try await desk.send("GET /v1/search?q=rafah")["page", "total", "value"] == 4)
    }

    @Test func `completions are names and headlines`() async throws {
        let desk = try await SearchTests.desk()
        let answer = try await desk.send("GET /v1/suggest?q=neta&limit=2")
        #expect(answer.string("data", "0", "text") == "Benjamin Netanyahu")
        #expect(answer.string("data", "0", "kind") == "person")
        #expect(answer.string("data", "1", "highlight") == "<em>Netanyahu</em> &amp; Rafah 3")
        #expect(answer["data", "2"] == nil)
    }

    @Test(arguments: [
        ("search", "q", "is needed"), ("search?q=a&kind=persn", "kind", "did you mean person?"),
        ("search?q=a&sort=new", "sort", "must be one of relevance, newest"),
        ("search?q=a&facets=sektion", "facets", "did you mean section?"),
        ("search?q=a&limit=0", "limit", "from 1 to 200"), ("search?q=a&from=x", "from", "must be an instant"),
        ("search?q=a&facet=kind", "facet", "did you mean facets?"), ("suggest", "q", "is needed"), ("suggest?q=a&limit=51", "limit", "50"),
        ("search?q=a&person=%21", "person", "must name one of the people"), ("suggest?q=a&kind=person", "kind", "does not exist here"),
    ])
    func `what cannot be asked is told by name`(_ target: String, _ name: String, _ message: String) async throws {
        let answer = try await SearchTests.desk().send("GET /v1/\(target)")
        #expect(answer.status == 400)
        #expect(answer.string("errors", "0", "path") == name)
        #expect(answer.text.contains(message), "\(answer.text)")
    }

    @Test func `a cursor belongs to its search`() async throws {
        let desk = try await SearchTests.desk()
        let cursor = try #require(try await desk.send("GET /v1/search?q=rafah&limit=1").string("page", "next"))
        #expect(try await desk.send("GET /v1/search?q=rafah&limit=2&cursor=\(cursor)").status == 200)
        #expect(try await desk.send("GET /v1/search?q=gaza&cursor=\(cursor)").code == "invalid_cursor")
        #expect(try await desk.send("GET /v1/search?q=rafah&sort=newest&cursor=\(cursor)").code == "invalid_cursor")
        #expect(try await desk.send("GET /v1/search?q=rafah&cursor=\(cursor.dropLast())x").code == "invalid_cursor")
        #expect(try await desk.send("GET /v1/search?q=rafah&cursor=abc").code == "invalid_cursor")
    }
}
