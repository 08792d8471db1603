import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// On whose word causes and moves are held.
@Suite(.inTurn) struct BasisTests {
    private func story(_ desk: Desk) async throws -> (shown: String, hidden: String) {
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"published"}"#)
        try await desk.create("events", #"{"title":"Vote","slug":"vote"}"#)
        let shown = try await desk.create(
            "statements", #"{"speaker":{"unnamed":{"description":"an aide"}},"text":"Because of the vote.","article":{"slug":"a"}}"#)
        let hidden = try await desk.create("statements", #"{"speaker":{"unnamed":{"description":"another"}},"text":"Secretly so."}"#)
        return (shown.id, hidden.id)
    }

    @Test func `a cause rests on statements, and who may not see one is not told of it`() async throws {
        let desk = try Desk()
        let (shown, hidden) = try await story(desk)
        let made = try await desk.create(
            "events",
            #"""
            {"title":"Trip","slug":"trip","causes":[{"event":{"slug":"vote"},"relation":"prevented",
            "basis":[{"id":"\#(shown)"},{"id":"\#(hidden)"},{"id":"\#(shown)"}]}]}
            """#)
        #expect(made.string("causes", "0", "basis", "0", "text") == "Because of the vote.")
        #expect(made.string("causes", "0", "basis", "0", "speaker") == "an aide")
        #expect(made.string("causes", "0", "basis", "1", "id") == hidden && made["causes", "0", "basis", "2"] == nil)
        let paths = ["events/trip", "events", "events/trip/why", "events/vote/consequences", "events/trip/revisions/1", "events?shape=csv"]
        for path in paths {
            let answer = try await desk.send("GET /v1/\(path)")
            #expect(answer.status == 200 && !answer.text.contains(hidden) && !answer.text.contains("Secretly"), "\(path)")
            #expect(try await desk.sendAsNewsroom("GET /v1/\(path)").status == 200)
        }
        let why = try await desk.send("GET /v1/events/trip/why")
        #expect(why.string("steps", "0", "basis", "0", "id") == shown && why["steps", "0", "basis", "1"] == nil)
        #expect(try await desk.sendAsNewsroom("GET /v1/events/vote/consequences").string("steps", "0", "basis", "1", "id") == hidden)
        #expect(try await desk.write("DELETE /v1/statements/\(hidden)", "").code == "in_use")
        let kept = try await desk.write("PATCH /v1/events/trip", #"{"causes":[{"event":{"slug":"vote"},"relation":"prevented"}]}"#)
        #expect(kept["version"] == 1, "\(kept.text)")
        let sent = try await desk.sendAsNewsroom("GET /v1/events/trip")
        let put = try await desk.sendAsNewsroom(
            "PUT /v1/events/trip", ["Content-Type: application/json", "If-Match: *"], body: sent.body)
        #expect(put.status == 200 && put["version"] == 1, "\(put.text)")
        let bare = try await desk.write(
            "PATCH /v1/events/trip", #"{"causes":[{"event":{"slug":"vote"},"relation":"prevented","basis":[]}]}"#)
        #expect(bare["version"] == 2 && bare["causes", "0", "basis"] == [])
        let back = try await desk.write("POST /v1/events/trip/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        #expect(back.string("causes", "0", "basis", "1", "id") == hidden)
        let included = try await desk.send("GET /v1/events/trip?include=statements")
        #expect(included.string("included", "statements", "0", "id") == shown && included["included", "statements", "1"] == nil)
    }

    @Test func `a move is kept with its cause and its basis`() async throws {
        let desk = try Desk()
        let (shown, hidden) = try await story(desk)
        try await desk.create("events", #"{"title":"Trip","slug":"trip","status":"scheduled","window":{"edtf":"2024-03-26"}}"#)
        let moved = try await desk.write(
            "POST /v1/events/trip/actions/cancel",
            #"{"cause":{"event":{"slug":"vote"},"relation":"prevented"},"basis":[{"id":"\#(shown)"},{"id":"\#(hidden)"}]}"#,
            ["If-Match: *"])
        #expect(moved.status == 200, "\(moved.text)")
        #expect(moved.string("transitions", "0", "cause", "event", "title") == "Vote")
        #expect(moved.string("transitions", "0", "cause", "relation") == "prevented")
        #expect(moved.string("transitions", "0", "basis", "1", "id") == hidden)
        #expect(moved.string("causes", "0", "event", "title") == "Vote" && moved["causes", "1"] == nil)
        let again = try await desk.write(
            "POST /v1/events/trip/actions/postpone", #"{"cause":{"event":{"slug":"vote"},"relation":"prevented"}}"#, ["If-Match: *"])
        #expect(again.status == 200 && again["causes", "1"] == nil && again.string("transitions", "1", "cause", "event", "title") == "Vote")
        let seen = try await desk.send("GET /v1/events/trip")
        #expect(seen["transitions", "0", "basis", "1"] == nil && seen.string("transitions", "0", "basis", "0", "speaker") == "an aide")
        let refused = try await desk.write(
            "POST /v1/events/trip/actions/cancel", #"{"basis":[{"id":"sta_01HT1WZ3R014HMASW9NF6YY093"},{}],"bass":1}"#, ["If-Match: *"])
        #expect(Set(refused.failures).isSuperset(of: ["/basis/1 required", "/bass unknown_member"]), "\(refused.failures)")
        _ = try await desk.write("PATCH /v1/events/trip", #"{"causes":[]}"#)
        #expect(try await desk.write("DELETE /v1/events/vote", "").code == "in_use")
    }
}
