import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// `GET /v1/{people|organizations|events}/{id}/articles`.
@Suite(.inTurn) struct SubListTests {
    private func fill(_ desk: Desk) async throws -> String {
        let id = try await desk.create("people", #"{"name": "Ada North"}"#).id
        try await desk.create("organizations", #"{"name": "Port Office"}"#)
        try await desk.create("events", #"{"title": "Hearing"}"#)
        for number in 0..<5 {
            let references =
                number == 4
                ? "" : #", "people": [{"slug": "ada-north"}], "organizations": [{"slug": "port-office"}], "events": [{"slug": "hearing"}]"#
            try await desk.create(
                "articles",
                """
                {"headline": "\(number)", "status": "\(number == 3 ? "draft" : "published")", "published_at": "2024-03-0\(number + 1)T00:00:00Z",
                 "section": "\(number % 2 == 0 ? "even" : "odd")"\(references)}
                """)
        }
        return id
    }

    @Test(arguments: ["people/ada-north", "organizations/port-office", "events/hearing"])
    func `the articles that refer to a resource are listed, as articles are`(_ path: String) async throws {
        let desk = try Desk()
        _ = try await fill(desk)
        let answer = try await desk.send("GET /v1/\(path)/articles?count=exact")
        #expect(answer.column("headline") == ["2", "1", "0"] && answer["page", "total", "value"] == 3)
        #expect(answer.route == "/v1/\(path.prefix { $0 != "/" })/{id}/articles")
        #expect(try await desk.sendAsNewsroom("GET /v1/\(path)/articles").column("headline") == ["3", "2", "1", "0"])
        #expect(try await desk.send("GET /v1/\(path)/articles?section=odd&sort=headline").column("headline") == ["1"])
    }

    @Test func `its cursor and its link stay with it`() async throws {
        let desk = try Desk()
        let id = try await fill(desk)
        for path in ["/v1/people/ada-north/articles", "/v1/people/\(id)/articles"] {
            let first = try await desk.send("GET \(path)?limit=2")
            let next = try #require(first.nextPath)
            #expect(first.column("headline") == ["2", "1"] && next.hasPrefix("\(path)?limit=2&cursor="))
            let second = try await desk.send("GET \(next)")
            #expect(second.column("headline") == ["0"] && second.nextPath == nil)
        }
        let cursor = try #require(try await desk.send("GET /v1/people/ada-north/articles?limit=1").string("page", "next"))
        #expect(try await desk.send("GET /v1/articles?cursor=\(cursor)").code == "invalid_cursor")
        #expect(try await desk.send("GET /v1/events/hearing/articles?cursor=\(cursor)").code == "invalid_cursor")
    }

    @Test func `of what is not there it is 404, and of what was deleted 410`() async throws {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Ada North"}"#)
        #expect(try await desk.write("DELETE /v1/people/ada-north", "").status == 204)
        #expect(try await desk.send("GET /v1/people/ada-north/articles").status == 410)
        #expect(try await desk.send("GET /v1/people/nobody/articles").status == 404)
        #expect(try await desk.send("GET /v1/people/Nobody/articles").status == 404)
        #expect(try await desk.send("POST /v1/people/nobody/articles").status == 405)
        #expect(try await desk.send("GET /v1/people/nobody/articles", ["Authorization: Bearer x"]).status == 401)
    }

    @Test func `it streams, includes and counts values`() async throws {
        let desk = try Desk()
        _ = try await fill(desk)
        #expect(
            try await desk.send("GET /v1/events/hearing/articles?shape=csv&fields=headline&sort=headline").text.hasSuffix(",0\r\n") == false
        )
        let answer = try await desk.send("GET /v1/events/hearing/articles?include=people&facets=section")
        #expect(answer["included", "people", "0", "name"] == "Ada North")
        #expect(answer["facets", "section", "values", "0"] == ["value": "even", "count": 2])
    }
}
