import HTTP
import JSON
import Newsroom
import Testing
import Turns

/// `GET /v1/people?at=…` and `GET /v1/organizations/{id}/people`.
@Suite(.inTurn) struct OfficeTests {
    private func fill(_ desk: Desk) async throws {
        try await desk.create("organizations", #"{"name": "Cabinet", "external_ids": {"x": "cabinet"}}"#)
        try await desk.create("organizations", #"{"name": "Party"}"#)
        try await desk.create(
            "people",
            #"""
            {"name": "Yoav Gallant", "roles": [
             {"title": "Minister of Defense", "organization": {"slug": "cabinet"}, "from": "2022-12-29", "to": "2024-11-07"},
             {"title": "Member", "organization": {"slug": "party"}, "from": "2019"}]}
            """#)
        try await desk.create(
            "people",
            #"{"name": "Israel Katz", "roles": [{"title": "Minister of Defense", "organization": {"slug": "cabinet"}, "from": "2024-11"}]}"#
        )
    }

    @Test func `who held an office at a day is listed with it`() async throws {
        let desk = try Desk()
        try await fill(desk)
        let then = try await desk.send("GET /v1/people?role=minister+of+d%C3%A9fense&at=2024-03-27&count=exact")
        #expect(then.column("name") == ["Yoav Gallant"] && then.column("role_at") == ["Minister of Defense"])
        #expect(then["page", "total", "value"] == 1)
        #expect(then["data", "0", "roles_at", "0", "title"] == "Minister of Defense")
        #expect(then["data", "0", "roles_at", "0", "organization", "name"] == "Cabinet")
        #expect(then["data", "0", "roles_at", "0", "certain"] == true && then["data", "0", "roles_at", "1", "title"] == "Member")
        let november = try await desk.send("GET /v1/people?role__startswith=minister&at=2024-11-05&organization=x:cabinet")
        #expect(november.column("name") == ["Yoav Gallant", "Israel Katz"] && november["data", "1", "roles_at", "0", "certain"] == false)
        #expect(try await desk.send("GET /v1/people?role=member&at=2024-03-27&organization=cabinet").column("name") == [])
        #expect(try await desk.send("GET /v1/people?role=member&at=2024-03-27").column("role_at") == ["Member"])
        // Without a time nothing is told of it, and what was read can be sent back.
        #expect(try await desk.send("GET /v1/people?role=MEMBER").text.contains("role_at") == false)
        let item = JSONWriter.text(of: try #require(then["data", "0"]))
        let again = try await desk.write("PUT /v1/people/yoav-gallant", String(decoding: item, as: UTF8.self))
        #expect(again.status == 200 && again["version"] == 1, "\(again.text)")
    }

    @Test func `an organization lists its people, of all times or of one`() async throws {
        let desk = try Desk()
        try await fill(desk)
        #expect(try await desk.send("GET /v1/organizations/cabinet/people").column("name") == ["Yoav Gallant", "Israel Katz"])
        let first = try await desk.send("GET /v1/organizations/cabinet/people?at=2024-11-05&limit=1&fields=name,role_at")
        #expect(first.column("name") == ["Yoav Gallant"] && first.column("role_at") == ["Minister of Defense"])
        #expect(first.text.contains("roles_at") == false && first.route == "/v1/organizations/{id}/people")
        let next = try #require(first.nextPath)
        #expect(next.hasPrefix("/v1/organizations/cabinet/people?at=2024-11-05"))
        let second = try await desk.send("GET \(next)")
        #expect(second.column("name") == ["Israel Katz"] && second.nextPath == nil)
        #expect(try await desk.send("GET /v1/organizations/party/people?at=2018").column("name") == [])
        #expect(try await desk.send("GET /v1/organizations/nobody/people").status == 404)
        let csv = try await desk.send("GET /v1/organizations/cabinet/people?at=2024-03-27&shape=csv&fields=name,role_at").text
        #expect(csv.hasSuffix(",Yoav Gallant,Minister of Defense\r\n"), "\(csv)")
    }

    @Test func `as of an instant, by cursor, and never beyond what is known`() async throws {
        let desk = try Desk()
        try await fill(desk)
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 5_000))
        _ = try await desk.write("PATCH /v1/people/yoav-gallant", #"{"roles": []}"#)
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 9_000))
        #expect(try await desk.send("GET /v1/organizations/cabinet/people?at=2024-03-27").column("name") == [])
        let then = try await desk.send("GET /v1/organizations/cabinet/people?at=2024-03-27&as_of=2024-03-27T12:00:01Z")
        #expect(then.column("role_at") == ["Minister of Defense"])
    }

    @Test(arguments: ["at=", "at=soon", "at=2024-13", "at=2024&at=2023", "at__in=2024", "at=2024-01-02/2024-01-01", "at=2024&role__gt"])
    func `what is no time is refused`(_ query: String) async throws {
        let desk = try Desk()
        #expect(try await desk.send("GET /v1/people?\(query)").status == 400)
        #expect(try await desk.send("GET /v1/articles?at=2024").status == 400)
    }
}
