import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// An embargo, and a date that lies ahead, pass by themselves, without a write: at every exit, and not a millisecond before.
@Suite(.inTurn) struct EmbargoTests {
    private static let end = Instant(milliseconds: Desk.noon.milliseconds + 1_500)

    /// What readers ask, and what tells that they see the article.
    private static let exits: [(target: String, sign: String)] = [
        ("/v1/articles/talks-called-off", "Talks called off"), ("/v1/articles/talks-called-off?pretty", "Talks called off"),
        ("/v1/articles/talks-called-off?fields=headline&include=people", "Talks called off"), ("/v1/articles", "Talks called off"),
        ("/v1/articles?sort=headline&fields=headline", "Talks called off"), ("/v1/articles?section=world&count=exact", "\"value\":1"),
        ("/v1/articles?tag=gaza", "Talks called off"), ("/v1/articles?q=called", "Talks called off"),
        ("/v1/articles?facets=section", "\"world\",\"count\":1"), ("/v1/articles?shape=csv", "Talks called off"),
        ("/v1/articles?shape=ids", "art_"), ("/v1/search?q=talks+called", "art_"), ("/v1/search?q=talks&facets=section", "\"world\""),
        ("/v1/search?q=talks&sort=newest", "art_"), ("/v1/suggest?q=talks+cal", "art_"),
        ("/v1/people/yoav-gallant/articles", "Talks called off"), ("/v1/events/rafah-talks/articles", "Talks called off"),
        ("/v1/organizations/cabinet/articles", "Talks called off"), ("/v1/corrections", "It was Monday."),
        ("/v1/corrections?section=world&kind=correction", "It was Monday."),
        ("/v1/articles/talks-called-off/corrections", "It was Monday."),
        ("/v1/articles/talks-called-off/revisions", "\"version\":2"), ("/v1/articles/talks-called-off/revisions/2", "Talks called off"),
    ]

    private func desk(_ publication: String) async throws -> Desk {
        let desk = try Desk()
        let person = try await desk.create("people", #"{"name":"Yoav Gallant"}"#).id
        let event = try await desk.create("events", #"{"title":"Rafah talks"}"#).id
        let organization = try await desk.create("organizations", #"{"name":"Cabinet"}"#).id
        try await desk.create(
            "articles",
            """
            {"headline":"Talks called off","section":"world","tags":["gaza"],"status":"published",\(publication),
             "people":[{"id":"\(person)"}],"events":[{"id":"\(event)"}],"organizations":[{"id":"\(organization)"}]}
            """)
        let corrected = try await desk.write(
            "POST /v1/articles/talks-called-off/actions/correct", #"{"kind":"correction","text":"It was Monday."}"#, ["If-Match: *"])
        try #require(corrected.status == 200, "\(corrected.text)")
        return desk
    }

    @Test(arguments: [#""embargoed_until":"2024-03-27T12:00:01.500Z""#, #""published_at":"2024-03-27T12:00:01.500Z""#])
    func `it is hidden until then, and shown from then on`(_ publication: String) async throws {
        let desk = try await desk(publication)
        for (moment, isSeen) in [(Desk.noon, false), (Instant(milliseconds: Self.end.milliseconds - 1), false), (Self.end, true)] {
            desk.clock.move(to: moment)
            for (target, sign) in Self.exits {
                // Twice, and compressed: what is kept of the answer must not outlive the moment either.
                for fields in [[], [], ["Accept-Encoding: gzip"]] as [[String]] {
                    let answer = try await desk.send("GET \(target)", fields)
                    if answer[.contentEncoding] == nil {
                        #expect(answer.text.contains(sign) == isSeen, "\(target) at \(moment.rfc3339): \(answer.text)")
                    }
                    #expect(answer.status == 200 || !isSeen)
                }
            }
        }
        // Its instant makes no version of it: it was written, and corrected.
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/talks-called-off")["version"] == 2)
    }

    @Test func `as of an instant it is seen from the end of the embargo on, for which nobody wrote anything`() async throws {
        let desk = try await desk(#""embargoed_until":"2024-03-27T12:00:01.500Z""#)
        desk.clock.move(to: Instant(milliseconds: Self.end.milliseconds + 10_000))
        for target in ["/v1/articles/talks-called-off", "/v1/articles?tag=gaza", "/v1/articles?count=exact"] {
            let mark = target.contains("?") ? "&" : "?"
            let before = try await desk.send("GET \(target)\(mark)as_of=2024-03-27T12:00:01.499Z")
            let after = try await desk.send("GET \(target)\(mark)as_of=2024-03-27T12:00:01.500Z")
            #expect(!before.text.contains("Talks called off") && after.text.contains("Talks called off"), "\(target)")
        }
    }

    @Test func `publishing with an embargo, and lifting it, are moves and writes`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Later"}"#).id
        let held = try await desk.write(
            "POST /v1/articles/\(id)/actions/publish", #"{"embargoed_until":"2024-03-28T00:00:00Z"}"#, ["If-Match: *"])
        #expect(held["status"] == "published" && held["embargoed_until"] == "2024-03-28T00:00:00.000Z")
        #expect(try await desk.send("GET /v1/articles/\(id)").status == 404)
        _ = try await desk.write("PATCH /v1/articles/\(id)", #"{"embargoed_until":null}"#)
        #expect(try await desk.send("GET /v1/articles/\(id)").status == 200)
    }
}
