import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Whole related resources beside items and lists.
@Suite(.inTurn) struct IncludeTests {
    private let desk: Desk
    private let ada: String
    private let office: String
    private let meeting: String

    init(limits: APILimits = APILimits()) async throws {
        desk = try Desk(limits: limits)
        office = try await desk.create("organizations", #"{"name": "Port Office", "slug": "port-office"}"#).id
        ada = try await desk.create(
            "people", #"{"name": "Ada North", "roles": [{"title": "Harbour master", "organization": {"slug": "port-office"}}]}"#
        ).id
        meeting = try await desk.create(
            "events", #"{"title": "Hearing", "slug": "hearing", "participants": [{"person": {"slug": "ada-north"}}]}"#
        ).id
    }

    init() async throws { try await self.init(limits: APILimits()) }

    private func write(_ headline: String, _ more: String = "") async throws {
        try await desk.create(
            "articles",
            """
            {"headline": "\(headline)", "status": "published", "published_at": "2024-03-01T00:00:00Z", "authors": [{"slug": "ada-north"}],
             "people": [{"slug": "ada-north", "role": "subject"}], "organizations": [{"slug": "port-office"}],
             "events": [{"slug": "hearing"}]\(more)}
            """)
    }

    private func names(_ answer: Answer, _ kind: String, _ member: String = "name") -> [String]? {
        guard case .array(let items)? = answer["included", kind] else { return nil }
        return items.compactMap { item in
            guard case .string(let text)? = item[member] else { return nil }
            return text
        }
    }

    @Test func `a list shows each related resource once, whole, by its kind`() async throws {
        for headline in ["Ice road opens", "Ice road shuts"] { try await write(headline) }
        let answer = try await desk.send("GET /v1/articles?include=people,authors,organizations,events&fields=id")
        #expect(answer.status == 200 && answer.column("id").count == 2)
        #expect(names(answer, "people") == ["Ada North"] && names(answer, "organizations") == ["Port Office"])
        #expect(names(answer, "events", "title") == ["Hearing"])
        #expect(answer["included", "people", "0", "roles", "0", "organization", "name"] == "Port Office")
        #expect(answer["included_complete"] == true)
        #expect(answer["data", "0", "people"] == nil)
    }

    @Test func `what was not asked for is not there, and what nobody refers to is an empty list`() async throws {
        try await desk.create("articles", #"{"headline": "Fog", "status": "published", "published_at": "2024-03-01T00:00:00Z"}"#)
        #expect(try await desk.send("GET /v1/articles")["included"] == nil)
        let answer = try await desk.send("GET /v1/articles?include=events")
        #expect(answer["included"] == ["events": []] && answer["included_complete"] == true)
    }

    @Test func `one resource has them beside its members`() async throws {
        try await write("Ice road opens")
        let answer = try await desk.send("GET /v1/articles/ice-road-opens?include=people,events&pretty")
        #expect(answer["headline"] == "Ice road opens" && answer["body"] != nil)
        #expect(names(answer, "people") == ["Ada North"] && names(answer, "events", "title") == ["Hearing"])
        #expect(answer.text.contains("\n  \"included_complete\": true\n}"))
        let plain = try await desk.send("GET /v1/articles/ice-road-opens")
        #expect(answer.eTag != plain.eTag && answer.eTag.hasPrefix("\"1-") && plain["included"] == nil)
    }

    @Test func `every kind that refers has its own names`() async throws {
        _ = try await desk.write("PATCH /v1/organizations/port-office", #"{"parent": null}"#)
        try await desk.create("organizations", #"{"name": "Berth Desk", "parent": {"slug": "port-office"}}"#)
        try await desk.create("events", #"{"title": "Day two", "part_of": {"slug": "hearing"}}"#)
        #expect(names(try await desk.send("GET /v1/people?include=organizations"), "organizations") == ["Port Office"])
        #expect(names(try await desk.send("GET /v1/organizations/berth-desk?include=parent"), "organizations") == ["Port Office"])
        #expect(names(try await desk.send("GET /v1/events/day-two?include=part_of,people"), "events", "title") == ["Hearing"])
        #expect(names(try await desk.send("GET /v1/events?include=people,organizations"), "people") == ["Ada North"])
    }

    @Test func `an article has the statements that it reports, in the order in which they were said, now and as of then`() async throws {
        try await write("Ice road opens")
        func say(_ text: String, on day: String) async throws {
            try await desk.create(
                "statements",
                #"{"speaker":{"slug":"ada-north"},"text":"\#(text)","article":{"slug":"ice-road-opens"},"said_at":{"edtf":"\#(day)"}}"#)
        }
        try await say("It is closed.", on: "2024-03-26")
        try await say("It is open.", on: "2024-03-25")
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 60_000))
        try await say("It is closed again.", on: "2024-03-27")
        for path in ["/v1/articles/ice-road-opens?include=statements", "/v1/articles?include=statements,people"] {
            let answer = try await desk.send("GET \(path)")
            #expect(names(answer, "statements", "text") == ["It is open.", "It is closed.", "It is closed again."])
            #expect(answer["included_complete"] == true)
            let then = try await desk.send("GET \(path)&as_of=2024-03-27T12:00:30Z")
            #expect(names(then, "statements", "text") == ["It is open.", "It is closed."], "\(then.text)")
        }
        try await write("Nothing said")
        #expect(names(try await desk.send("GET /v1/articles/nothing-said?include=statements"), "statements", "text") == [])
    }

    @Test func `a name that does not exist is 400 and tells the nearest`() async throws {
        let answer = try await desk.send("GET /v1/articles?include=peopel")
        #expect(answer.status == 400 && answer.code == "invalid_parameter" && answer.text.contains("did you mean people?"))
        #expect(try await desk.send("GET /v1/articles?include=").status == 400)
        #expect(try await desk.send("GET /v1/people/ada-north?include=events").status == 400)
        #expect(try await desk.write("POST /v1/people?include=organizations", "{}").code == "unknown_parameter")
    }

    @Test func `beyond its bound it is cut, and says so`() async throws {
        var limits = APILimits()
        limits.includedCountMax = 2
        let tests = try await IncludeTests(limits: limits)
        try await tests.write("Ice road opens")
        let answer = try await tests.desk.send("GET /v1/articles?include=people,organizations,events")
        #expect(answer["included_complete"] == false)
        #expect(names(answer, "people")?.count == 1 && names(answer, "organizations")?.count == 1 && names(answer, "events", "title") == [])
    }

    @Test func `what changes is shown at once`() async throws {
        try await write("Ice road opens")
        #expect(names(try await desk.send("GET /v1/articles?include=people"), "people") == ["Ada North"])
        _ = try await desk.write("PATCH /v1/people/ada-north", #"{"name": "Ada South"}"#)
        #expect(names(try await desk.send("GET /v1/articles?include=people"), "people") == ["Ada South"])
    }
}
