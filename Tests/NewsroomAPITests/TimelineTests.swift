import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Timelines and the desk over HTTP.
@Suite(.inTurn) struct TimelineTests {
    /// A meeting that is called off on the word of two statements, of which one is not public.
    private func story(_ desk: Desk) async throws -> (event: String, hidden: String) {
        try await desk.create("people", #"{"name":"Karine Jean-Pierre","slug":"kjp"}"#)
        let event = try await desk.create("events", #"{"title":"Talks","slug":"talks","participants":[{"person":{"slug":"kjp"}}]}"#).id
        try await desk.create(
            "articles", #"{"headline":"Off","slug":"off","status":"published","events":[{"slug":"talks"}],"people":[{"slug":"kjp"}]}"#)
        func say(_ text: String, _ article: String) async throws -> String {
            try await desk.create(
                "statements",
                #"""
                {"speaker":{"slug":"kjp"},"text":"\#(text)","said_at":{"edtf":"2024-03-27T10:00:00Z"},"events":[{"slug":"talks"}]\#(article)}
                """#
            ).id
        }
        let shown = try await say("It is off.", #","article":{"slug":"off"}"#)
        let hidden = try await say("Secretly so.", "")
        let moved = try await desk.write(
            "POST /v1/events/\(event)/actions/cancel",
            #"{"reason":"The vote.","effective_at":"2024-03-27T09:00:00Z","basis":[{"id":"\#(shown)"},{"id":"\#(hidden)"}]}"#,
            ["If-Match: *"])
        try #require(moved.status == 200, "\(moved.text)")
        return (event, hidden)
    }

    @Test func `a timeline tells each entry with all its clocks, and nobody what he may not see`() async throws {
        let desk = try Desk()
        let (event, hidden) = try await story(desk)
        for path in ["/v1/events/talks/timeline", "/v1/events/\(event)/timeline", "/v1/people/kjp/timeline", "/v1/timeline"] {
            let answer = try await desk.send("GET \(path)")
            #expect(answer.status == 200 && answer.column("kind") == ["transition", "statement", "publication"], "\(path) \(answer.text)")
            #expect(!answer.text.contains(hidden) && !answer.text.contains("Secretly"))
            let all = try await desk.sendAsNewsroom("GET \(path)")
            #expect(all.column("kind") == ["transition", "statement", "statement", "publication"])
            #expect(all["data", "0", "transition", "basis", "1", "id"] == .string(hidden))
            #expect(try await desk.send("GET \(path)").text == answer.text)
        }
        let answer = try await desk.send("GET /v1/events/talks/timeline")
        #expect(answer["clock"] == "occurred" && answer["page"] == ["limit": 20, "next": .null])
        #expect(answer["data", "0", "at"] == "2024-03-27T09:00:00.000Z")
        #expect(
            answer["data", "0", "clocks"]
                == [
                    "occurred": "2024-03-27T09:00:00.000Z", "said": .null, "published": .null, "recorded": "2024-03-27T12:00:00.000Z",
                ])
        #expect(answer["data", "0", "event"] == ["id": .string(event), "title": "Talks", "status": "cancelled", "earliest": .null])
        #expect(answer["data", "0", "transition", "reason"] == "The vote.")
        #expect(answer["data", "1", "statement", "text"] == "It is off.")
        #expect(answer["data", "1", "clocks", "said"] == "2024-03-27T10:00:00.000Z")
        #expect(answer["data", "1", "clocks", "published"] == "2024-03-27T12:00:00.000Z")
        #expect(answer["data", "2", "article", "headline"] == "Off")
        let known = try await desk.send("GET /v1/events/talks/timeline?known_by=2024-03-27T11:00:00Z")
        #expect(known.column("kind") == ["transition", "statement"])
        #expect(try await desk.send("GET /v1/timeline?known_by=2024-03-27").column("kind").count == 3)
        #expect(try await desk.send("GET /v1/timeline?clock=said").column("kind") == ["statement"])
        let others = try await desk.send("GET /v1/timeline?kind__in=transition,publication&order=desc")
        #expect(others.column("kind") == ["publication", "transition"])
        #expect(try await desk.send("GET /v1/timeline?from=2024-03-27T09:30:00Z&to=2024-03-27T10:00:00Z").column("kind") == ["statement"])
    }

    @Test func `its pages are followed, and a cursor serves its own timeline alone`() async throws {
        let desk = try Desk()
        _ = try await story(desk)
        var path: String? = "/v1/events/talks/timeline?limit=1&clock=occurred"
        var kinds: [String] = []
        while let next = path, kinds.count < 10 {
            let answer = try await desk.send("GET \(next)")
            kinds += answer.column("kind")
            path = answer.nextPath
        }
        #expect(kinds == ["transition", "statement", "publication"])
        let cursor = try #require(try await desk.send("GET /v1/timeline?limit=1").string("page", "next"))
        for target in ["?order=desc&cursor=\(cursor)", "?clock=recorded&cursor=\(cursor)", "?known_by=2024&cursor=\(cursor)", "?cursor=x"] {
            let answer = try await desk.send("GET /v1/timeline\(target)")
            #expect(answer.status == 400, "\(target)")
        }
        #expect(try await desk.send("GET /v1/timeline?limit=2&cursor=\(cursor)").column("kind") == ["statement", "publication"])
    }

    @Test func `what a timeline does not take is told at once`() async throws {
        let desk = try Desk()
        let refused = try await desk.send("GET /v1/timeline?clock=sed&order=up&kind=vote&from=x&known_by=&limit=0")
        #expect(refused.status == 400 && refused.code == "invalid_parameter")
        let wrong = ["clock", "order", "kind", "from", "known_by", "limit"]
        #expect(Set(refused.failures) == Set(wrong.map { "\($0) invalid_parameter" }))
        #expect(try await desk.send("GET /v1/timeline?known=2024").code == "unknown_parameter")
        #expect(try await desk.send("GET /v1/timeline?from=2024-03-02&to=2024-03-01").failures == ["to invalid_parameter"])
        #expect(try await desk.send("GET /v1/events/nothing/timeline").status == 404)
        #expect(try await desk.send("GET /v1/people/evt_0/timeline").status == 404)
        #expect(try await desk.send("POST /v1/timeline").status == 405)
    }

    @Test func `the desk is the newsroom's own`() async throws {
        let desk = try Desk()
        #expect(try await desk.send("GET /v1/desk").status == 401)
        #expect(try await desk.sendAsNewsroom("GET /v1/desk?days=3").code == "unknown_parameter")
        try await desk.create("events", #"{"title":"Vote","slug":"vote","status":"scheduled","window":{"edtf":"2024-03-28"}}"#)
        let answer = try await desk.sendAsNewsroom("GET /v1/desk")
        #expect(answer.status == 200 && answer["now"] == "2024-03-27T12:00:00.000Z")
        #expect(answer.string("due", "data", "0", "title") == "Vote" && answer["due", "more"] == false)
        for section in ["overdue", "embargoes", "needs_review", "single_source", "open_conflicts"] {
            #expect(answer[section] == ["data": [], "more": false], "\(section)")
        }
        // It is of the moment, though nothing was written.
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 2 * 86_400_000))
        let later = try await desk.sendAsNewsroom("GET /v1/desk")
        #expect(later["due", "data"] == [] && later.string("overdue", "data", "0", "title") == "Vote")
    }
}
