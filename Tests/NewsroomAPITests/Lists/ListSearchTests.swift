import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// `q` as a filter of lists.
@Suite(.inTurn) struct ListSearchTests {
    private func fill(_ desk: Desk) async throws {
        try await desk.create("people", #"{"name": "Ada North", "description": "Keeps the ice road open"}"#)
        try await desk.create("organizations", #"{"name": "Ice Service"}"#)
        try await desk.create("events", #"{"title": "Ice talks"}"#)
        for (number, words) in ["ice road", "warm road", "ice rink", "Ice", "ice hidden"].enumerated() {
            try await desk.create(
                "articles",
                """
                {"headline": "\(words)", "status": "\(number == 4 ? "draft" : "published")",
                 "published_at": "2024-03-0\(number + 1)T00:00:00Z", "section": "\(number == 2 ? "sport" : "world")", "people": [{"slug": "ada-north"}]}
                """)
        }
    }

    @Test func `it goes together with filters, sorts, counts, facets, fields and include`() async throws {
        let desk = try Desk()
        try await fill(desk)
        let answer = try await desk.send(
            "GET /v1/articles?q=ICE&section=world&sort=-published_at&count=exact&facets=section,person&fields=id,headline&include=people")
        #expect(answer.column("headline") == ["Ice", "ice road"])
        #expect(answer["page", "total", "value"] == 2)
        #expect(answer["facets", "section"] == ["values": [["value": "world", "count": 2]], "complete": true])
        #expect(answer["facets", "person", "values", "0", "count"] == 2)
        #expect(answer["included", "people", "0", "name"] == "Ada North")
        #expect(answer["understood"] == ["q": "ice", "complete": true])
        #expect(answer["index", "complete"] == true)
        let all = try await desk.sendAsNewsroom("GET /v1/articles?q=ice%20-rink&sort=headline")
        #expect(all.column("headline") == ["Ice", "ice hidden", "ice road"])
        #expect(try await desk.send("GET /v1/articles")["understood"] == nil)
        #expect(try await desk.send("GET /v1/articles?q=warm&shape=ids").text.split(separator: "\n").count == 1)
        #expect(try await desk.send("GET /v1/articles?q=").column("headline") == [])
        #expect(try await desk.send("GET /v1/people/ada-north/articles?q=rink").column("headline") == ["ice rink"])
    }

    @Test(arguments: ["people", "organizations", "events"])
    func `every kind has it, and what was written before is found`(_ kind: String) async throws {
        let desk = try Desk()
        try await fill(desk)
        #expect(try await desk.send("GET /v1/\(kind)?q=ice&count=exact")["page", "total", "value"] == 1)
        #expect(try await desk.send("GET /v1/\(kind)?q=fire").column("id") == [])
        let member = kind == "events" ? "title" : "name"
        try await desk.create(kind, "{\"\(member)\": \"Ice again\"}")
        #expect(try await desk.send("GET /v1/\(kind)?q=ice&count=exact")["page", "total", "value"] == 2)
    }

    @Test func `pages are linked, and a cursor belongs to what was looked for`() async throws {
        let desk = try Desk()
        try await fill(desk)
        var headlines: [String] = []
        var path: String? = "/v1/articles?q=ice&sort=published_at&limit=1"
        var cursor = ""
        while let next = path {
            let page = try await desk.send("GET \(next)")
            headlines += page.column("headline")
            path = page.nextPath
            cursor = page.string("page", "next") ?? cursor
        }
        #expect(headlines == ["ice road", "ice rink", "Ice"])
        for other in ["", "&q=road"] {
            #expect(try await desk.send("GET /v1/articles?sort=published_at&limit=1\(other)&cursor=\(cursor)").code == "invalid_cursor")
        }
        #expect(try await desk.send("GET /v1/articles?q=Ice&sort=published_at&limit=1&cursor=\(cursor)").status == 200)
    }

    @Test func `it does not go with as_of, and has a length`() async throws {
        let desk = try Desk()
        let past = try await desk.send("GET /v1/articles?q=ice&as_of=2024-03-27")
        #expect(past.status == 400 && past.failures == ["q invalid_parameter"])
        let long = try await desk.send("GET /v1/articles?q=\(String(repeating: "x", count: 1_001))")
        #expect(long.status == 400 && long.failures == ["q invalid_parameter"])
        #expect(try await desk.send("GET /v1/articles/some?q=ice").code == "unknown_parameter")
    }
}
