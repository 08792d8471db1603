import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// The moves of an event's life over HTTP.
@Suite(.inTurn) struct EventActionTests {
    private func act(_ desk: Desk, _ id: String, _ action: String, _ body: String = "{}", _ fields: [String] = ["If-Match: *"]) async throws
        -> Answer
    {
        try await desk.write("POST /v1/events/\(id)/actions/\(action)", body, fields)
    }

    @Test func `one id goes through cancellation and revival, and every date is told`() async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Talks"}"#).id
        let scheduled = try await act(desk, id, "schedule", #"{"window":{"edtf":"2024-03-26"},"reason":"Agreed on the phone."}"#)
        #expect(scheduled.status == 200 && scheduled["status"] == "scheduled" && scheduled["version"] == 2)
        #expect(scheduled.eTag.hasPrefix("\"2-"))
        let cancelled = try await act(
            desk, id, "cancel", #"{"reason":"The vote.","effective_at":"2024-03-25T16:00:00Z"}"#, ["If-Match: \(scheduled.eTag)"])
        #expect(cancelled["schedule", "slots", "0", "state"] == "cancelled")
        #expect(cancelled["window", "edtf"] == "2024-03-26")
        let put = try await act(desk, id, "postpone")
        #expect(put["window"] == .null && put["schedule", "slots", "0", "state"] == "cancelled")
        let revived = try await act(desk, id, "reschedule", #"{"window":{"edtf":"2024-04-01/..","stated":"as early as next week"}}"#)
        #expect(revived["id"] == .string(id) && revived["version"] == 5)
        #expect(revived["window", "stated"] == "as early as next week")
        #expect(revived["schedule", "slots", "1", "state"] == "current")
        #expect(
            revived["transitions", "1"]
                == [
                    "action": "cancel", "from": "scheduled", "to": "cancelled", "reason": "The vote.", "window": .null,
                    "effective_at": "2024-03-25T16:00:00.000Z", "recorded_at": "2024-03-27T12:00:00.000Z", "cause": .null, "basis": [],
                ])
        let shown = try await desk.send("GET /v1/events/\(id)")
        #expect(shown.text == revived.text)
        let revisions = try await desk.sendAsNewsroom("GET /v1/events/\(id)/revisions")
        #expect(revisions.column("operation") == ["transitioned", "transitioned", "transitioned", "transitioned", "created"])
        #expect(try await desk.sendAsNewsroom("GET /v1/events/\(id)/revisions/3")["document", "status"] == "cancelled")
    }

    @Test func `a move that is not open is 409 and tells which are`() async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Vote","status":"happened","window":{"edtf":"2024-03-25"}}"#).id
        let refused = try await act(desk, id, "start")
        #expect(refused.status == 409 && refused.code == "move_not_allowed")
        #expect(refused["resource_status"] == "happened" && refused["allowed"] == [])
        let other = try await desk.create("events", #"{"title":"Trip"}"#).id
        // Whatever else is wrong with it.
        let early = try await act(desk, other, "complete", #"{"window":{"edtf":"2024"},"effective_at":"2999-01-01T00:00:00Z"}"#)
        #expect(early.status == 409 && early["allowed"] == ["schedule", "cancel"])
        #expect(try await desk.send("GET /v1/events/\(other)")["version"] == 1)
    }

    @Test(arguments: [
        ("schedule", "{}", 422, "/window"), ("schedule", #"{"window":{"edtf":"2024-13"}}"#, 422, "/window/edtf"),
        ("cancel", #"{"window":{"edtf":"2024"}}"#, 422, "/window"), ("cancel", #"{"reason":5}"#, 422, "/reason"),
        ("cancel", #"{"effective_at":"2999-01-01T00:00:00Z"}"#, 422, "/effective_at"), ("cancel", #"{"why":"x"}"#, 400, "/why"),
    ])
    func `a move that says the wrong thing is refused, and nothing is kept`(
        _ action: String, _ body: String, _ status: Int, _ path: String
    ) async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Talks"}"#).id
        let refused = try await act(desk, id, action, body)
        #expect(refused.status == status)
        #expect(refused["errors", "0", "path"] == .string(path))
        #expect(try await desk.send("GET /v1/events/\(id)")["version"] == 1)
    }

    @Test func `an action needs a token and a version, and may come without a body`() async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Talks"}"#).id
        #expect(try await desk.send("POST /v1/events/\(id)/actions/cancel", ["If-Match: *"]).status == 401)
        #expect(try await desk.sendAsNewsroom("POST /v1/events/\(id)/actions/cancel").status == 428)
        #expect(try await desk.sendAsNewsroom("POST /v1/events/\(id)/actions/cancel", ["If-Match: \"7\""]).status == 412)
        #expect(
            try await desk.sendAsNewsroom("POST /v1/events/\(id)/actions/cancel", ["If-Match: *"], body: Array("{}".utf8)).status == 415)
        #expect(try await desk.sendAsNewsroom("POST /v1/events/\(id)/actions/cancel", ["If-Match: *"]).status == 200)
        #expect(try await desk.sendAsNewsroom("GET /v1/events/\(id)/actions/cancel").status == 405)
        #expect(try await desk.sendAsNewsroom("POST /v1/events/\(id)/actions/cancle", ["If-Match: *"]).status == 404)
    }

    @Test func `a move can be rehearsed, and is made once under its key`() async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Talks"}"#).id
        let rehearsed = try await act(desk, id, "cancel", "{}", ["If-Match: *", "Prefer: tx=rollback"])
        #expect(rehearsed.status == 200 && rehearsed["status"] == "cancelled")
        #expect(try await desk.send("GET /v1/events/\(id)")["status"] == "proposed")
        let once = try await act(desk, id, "cancel", "{}", ["If-Match: *", "Idempotency-Key: k1"])
        let again = try await act(desk, id, "cancel", "{}", ["If-Match: *", "Idempotency-Key: k1"])
        #expect(once.status == 200 && again.text == once.text)
        #expect(try await desk.send("GET /v1/events/\(id)")["version"] == 2)
    }

    @Test func `what was read can be sent back, and a life cannot be rewritten`() async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Talks","status":"scheduled","window":{"edtf":"2024-03-26"}}"#).id
        let moved = try await act(desk, id, "reschedule", #"{"window":{"edtf":"2024-04-02"}}"#)
        let same = try await desk.write("PUT /v1/events/\(id)", moved.text)
        #expect(same.status == 200 && same["version"] == 2)
        let patched = try await desk.write("PATCH /v1/events/\(id)", #"{"transitions":[]}"#)
        #expect(patched.status == 422 && patched["errors", "0", "code"] == "read_only")
        let slots = try await desk.write("PATCH /v1/events/\(id)", #"{"schedule":{"slots":[]}}"#)
        #expect(slots.status == 422 && slots["errors", "0", "path"] == "/schedule")
        let cancelled = try await desk.write("PATCH /v1/events/\(id)", #"{"status":"cancelled"}"#)
        #expect(cancelled.status == 200 && cancelled["transitions", "1", "action"] == "cancel")
        let refused = try await desk.write("PATCH /v1/events/\(id)", #"{"status":"in_progress"}"#)
        #expect(refused.status == 422 && refused["errors", "0", "code"] == "invalid_transition")
    }

    @Test func `an older version brings its words back, not its life`() async throws {
        let desk = try Desk()
        let id = try await desk.create("events", #"{"title":"Talks","status":"scheduled","window":{"edtf":"2024-03-26"}}"#).id
        _ = try await desk.write("PATCH /v1/events/\(id)", #"{"title":"Other talks"}"#)
        _ = try await act(desk, id, "cancel")
        let restored = try await desk.write("POST /v1/events/\(id)/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        #expect(restored["title"] == "Talks" && restored["status"] == "cancelled" && restored["version"] == 4)
    }
}
