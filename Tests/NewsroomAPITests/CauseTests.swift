import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Why an event came about, and what came of it, over HTTP.
@Suite(.inTurn) struct CauseTests {
    /// Vote → cancellation → new date, and the call beside it.
    private func story(_ desk: Desk) async throws {
        for (slug, causes) in [
            ("vote", ""), ("call", ""), ("cancelled-trip", #"{"event":{"slug":"vote"},"relation":"triggered"}"#),
            (
                "new-date",
                #"{"event":{"slug":"cancelled-trip"},"relation":"prompted"},{"event":{"slug":"call"},"relation":"enabled"}"#
            ),
        ] {
            try await desk.create("events", #"{"title":"\#(slug)","slug":"\#(slug)","causes":[\#(causes)]}"#)
        }
    }

    private func steps(_ answer: Answer) -> [String] {
        guard case .array(let steps)? = answer["steps"] else { return [answer.text] }
        return steps.indices.map { index in
            let step = "\(index)"
            let cause = answer.string("steps", step, "cause", "title") ?? "?"
            let effect = answer.string("steps", step, "effect", "title") ?? "?"
            return "\(cause) \(answer.string("steps", step, "relation") ?? "?") \(effect)"
        }
    }

    @Test func `why and consequences follow the causes, the nearer first`() async throws {
        let desk = try Desk()
        try await story(desk)
        let why = try await desk.send("GET /v1/events/new-date/why")
        #expect(why.status == 200 && why["event", "title"] == "new-date" && why["complete"] == true)
        #expect(
            steps(why) == [
                "cancelled-trip prompted new-date", "call enabled new-date", "vote triggered cancelled-trip",
            ])
        #expect(why["steps", "2", "depth"] == 2)
        let consequences = try await desk.send("GET /v1/events/vote/consequences")
        #expect(steps(consequences) == ["vote triggered cancelled-trip", "cancelled-trip prompted new-date"])
        #expect(steps(try await desk.send("GET /v1/events/vote/why")) == [])
        #expect(try await desk.send("GET /v1/events/nothing/why").status == 404)
        #expect(try await desk.send("GET /v1/events/vote/why?depth=2").code == "unknown_parameter")
    }

    @Test func `nothing is among its own causes, however far back`() async throws {
        let desk = try Desk()
        try await story(desk)
        for cause in ["vote", "new-date", "cancelled-trip"] {
            let refused = try await desk.write(
                "PATCH /v1/events/vote", #"{"causes":[{"event":{"slug":"\#(cause)"},"relation":"prompted"}]}"#)
            #expect(refused.status == 422)
            #expect(refused["errors", "0", "path"] == "/causes/0/event")
        }
        #expect(try await desk.send("GET /v1/events/vote")["version"] == 1)
        let unknown = try await desk.write(
            "PATCH /v1/events/vote", #"{"causes":[{"event":{"slug":"no"},"relation":"prompted"},{"relation":"caused"}]}"#)
        #expect(unknown.status == 422)
        #expect(try await desk.write("DELETE /v1/events/vote", "").code == "in_use")
    }

    @Test func `a move can name its cause`() async throws {
        let desk = try Desk()
        try await story(desk)
        let id = try await desk.create("events", #"{"title":"Trip","status":"scheduled","window":{"edtf":"2024-03-26"}}"#).id
        let moved = try await desk.write(
            "POST /v1/events/\(id)/actions/cancel", #"{"cause":{"event":{"slug":"vote"},"relation":"prevented"}}"#, ["If-Match: *"])
        #expect(moved.status == 200)
        #expect(moved["causes", "0", "event", "title"] == "vote")
        #expect(moved["causes", "0", "relation"] == "prevented")
        let refused = try await desk.write(
            "POST /v1/events/\(id)/actions/postpone", #"{"cause":{"event":{"id":"\#(id)"},"relation":"prevented"}}"#, ["If-Match: *"])
        #expect(refused.status == 422)
        let shown = try await desk.send("GET /v1/events/\(id)?include=causes")
        #expect(shown["included", "events", "0", "title"] == "vote")
    }

    @Test func `what was known of causes then is told as of then`() async throws {
        let desk = try Desk()
        try await story(desk)
        let then = Desk.noon
        desk.clock.move(to: Instant(milliseconds: then.milliseconds + 60_000))
        _ = try await desk.write("PATCH /v1/events/new-date", #"{"causes":[]}"#)
        let now = try await desk.send("GET /v1/events/new-date")
        #expect(now["causes"] == [])
        let before = try await desk.send("GET /v1/events/new-date?as_of=\(then.rfc3339)")
        #expect(before["causes", "0", "event", "title"] == "cancelled-trip")
    }
}
