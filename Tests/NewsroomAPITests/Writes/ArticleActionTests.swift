import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// The moves of an article's life over HTTP.
@Suite(.inTurn) struct ArticleActionTests {
    private func act(
        _ desk: Desk, _ id: String, _ action: String, _ body: String = "{}", _ fields: [String] = ["If-Match: *"]
    ) async throws -> Answer {
        try await desk.write("POST /v1/articles/\(id)/actions/\(action)", body, fields)
    }

    @Test func `an article goes from draft to ready, to its readers, and out of their sight`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks called off","body":"On Monday."}"#).id
        let ready = try await act(desk, id, "submit", #"{"note":"for the evening"}"#)
        #expect(ready.status == 200 && ready["status"] == "ready" && ready["version"] == 2)
        #expect(try await act(desk, id, "return_to_draft")["status"] == "draft")
        let published = try await act(desk, id, "publish")
        #expect(published["status"] == "published" && published["first_published_at"] == "2024-03-27T12:00:00.000Z")
        #expect(try await desk.send("GET /v1/articles/\(id)").text == published.text)
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 60_000))
        let retracted = try await act(desk, id, "retract", #"{"reason":"The quote was made up."}"#, ["If-Match: \(published.eTag)"])
        #expect(
            retracted["corrections"]
                == [["kind": "retraction", "text": "The quote was made up.", "issued_at": "2024-03-27T12:01:00.000Z", "statement": .null]])
        #expect(try await desk.send("GET /v1/articles/\(id)").status == 404)
        #expect(try await desk.send("GET /v1/articles/\(id)/corrections").status == 404)
        #expect(try await desk.send("GET /v1/corrections")["data"] == [])
        #expect(try await desk.sendAsNewsroom("GET /v1/corrections")["data", "0", "text"] == "The quote was made up.")
        let again = try await act(desk, id, "publish")
        #expect(again["first_published_at"] == published["first_published_at"] && again["published_at"] == published["published_at"])
        #expect(try await desk.send("GET /v1/corrections")["data", "0", "kind"] == "retraction")
        let revisions = try await desk.sendAsNewsroom("GET /v1/articles/\(id)/revisions")
        #expect(Set(revisions.column("operation")) == ["transitioned", "created"])
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(id)/revisions/2")["note"] == "for the evening")
    }

    @Test func `a correction and the words that it changes are one version`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks on Tuesday","body":"b","tags":["gaza"],"status":"published"}"#).id
        let corrected = try await act(
            desk, id, "correct",
            #"{"kind":"correction","text":"The talks were on Monday.","changes":{"headline":"Talks on Monday","tags":null}}"#)
        #expect(corrected.status == 200 && corrected["version"] == 2 && corrected["headline"] == "Talks on Monday")
        #expect(corrected["tags"] == [] && corrected["body"] == "b" && corrected["status"] == "published")
        #expect(try await desk.send("GET /v1/articles/\(id)").text == corrected.text)
        let second = try await act(
            desk, id, "correct", #"{"kind":"update","text":"A new date is known.","issued_at":"2024-03-27T11:00:00Z"}"#)
        #expect(
            second["corrections", "1"]
                == ["kind": "update", "text": "A new date is known.", "issued_at": "2024-03-27T11:00:00.000Z", "statement": .null])
        let diff = try await desk.send("GET /v1/articles/\(id)/revisions/3?diff=2")
        #expect(diff["changes", "0", "path"] == "/corrections/1" && diff["changes", "0", "op"] == "add")
        let then = try await desk.send("GET /v1/articles/\(id)/revisions/2")
        #expect(then["document", "corrections", "0", "text"] == "The talks were on Monday.")
    }

    @Test func `a move that is not open is 409 and tells which are`() async throws {
        let desk = try Desk()
        let draft = try await desk.create("articles", #"{"headline":"A"}"#).id
        let refused = try await act(desk, draft, "retract", #"{"reason":""}"#)
        #expect(refused.status == 409 && refused.code == "move_not_allowed")
        #expect(refused["resource_status"] == "draft" && refused["allowed"] == ["submit", "publish"])
        let published = try await desk.create("articles", #"{"headline":"B","status":"published"}"#).id
        #expect(try await act(desk, published, "publish")["allowed"] == ["retract", "correct"])
        #expect(try await desk.send("GET /v1/articles/\(published)")["version"] == 1)
    }

    @Test(arguments: [
        ("retract", "{}", 422, "/reason"), ("retract", #"{"reason":"  "}"#, 422, "/reason"), ("retract", #"{"reason":5}"#, 422, "/reason"),
        ("retract", #"{"why":"x"}"#, 400, "/why"), ("correct", #"{"text":"x"}"#, 422, "/kind"),
        ("correct", #"{"kind":"fix","text":"x"}"#, 422, "/kind"), ("correct", #"{"kind":"retraction","text":"x"}"#, 422, "/kind"),
        ("correct", #"{"kind":"update"}"#, 422, "/text"),
        ("correct", #"{"kind":"update","text":"x","issued_at":"2999-01-01T00:00:00Z"}"#, 422, "/issued_at"),
        ("correct", #"{"kind":"update","text":"x","statement":{"id":"sta_1"}}"#, 422, "/statement/id"),
        ("correct", #"{"kind":"update","text":"x","statement":{}}"#, 422, "/statement"),
        ("correct", #"{"kind":"update","text":"x","statement":{"id":"sta_00000000000000000000000007"}}"#, 422, "/corrections/0/statement"),
        ("correct", #"{"kind":"update","text":"x","changes":[]}"#, 422, "/changes"),
        ("correct", #"{"kind":"update","text":"x","changes":{"status":"draft"}}"#, 422, "/changes/status"),
        ("correct", #"{"kind":"update","text":"x","changes":{"corrections":[]}}"#, 422, "/changes/corrections"),
        ("correct", #"{"kind":"update","text":"x","changes":{"headline":""}}"#, 422, "/changes/headline"),
        ("correct", #"{"kind":"update","text":"x","changes":{"people":[{"slug":"nobody"}]}}"#, 422, "/changes/people/0"),
        ("correct", #"{"kind":"update","text":"x","changes":{"headlin":"x"}}"#, 400, "/changes/headlin"),
    ])
    func `a move that says the wrong thing is refused, and nothing is kept`(
        _ action: String, _ body: String, _ status: Int, _ path: String
    ) async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks","status":"published"}"#).id
        let refused = try await act(desk, id, action, body)
        #expect(refused.status == status, "\(refused.text)")
        #expect(refused["errors", "0", "path"] == .string(path), "\(refused.text)")
        #expect(try await desk.send("GET /v1/articles/\(id)")["version"] == 1)
        #expect(try await desk.send("GET /v1/corrections")["data"] == [])
    }

    @Test func `an action needs a token and a version, can be rehearsed, and is made once under its key`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks","status":"published"}"#).id
        let body = #"{"kind":"update","text":"More."}"#
        #expect(try await desk.send("POST /v1/articles/\(id)/actions/correct", ["If-Match: *"]).status == 401)
        #expect(try await act(desk, id, "correct", body, []).status == 428)
        #expect(try await act(desk, id, "correct", body, ["If-Match: \"7\""]).status == 412)
        let rehearsed = try await act(desk, id, "correct", body, ["If-Match: *", "Prefer: tx=rollback"])
        #expect(rehearsed["corrections", "0", "text"] == "More.")
        #expect(try await desk.send("GET /v1/corrections")["data"] == [])
        let once = try await act(desk, id, "correct", body, ["If-Match: *", "Idempotency-Key: k1"])
        let again = try await act(desk, id, "correct", body, ["If-Match: *", "Idempotency-Key: k1"])
        #expect(once.status == 200 && again.text == once.text)
        #expect(try await desk.send("GET /v1/articles/\(id)/corrections").column("text") == ["More."])
        let minimal = try await act(desk, id, "retract", #"{"reason":"Wrong."}"#, ["If-Match: *", "Prefer: return=minimal"])
        #expect(minimal.status == 204 && minimal.eTag.hasPrefix("\"3"))
    }

    @Test func `corrections can be sent back as they were read, and not rewritten`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks","status":"published"}"#).id
        let corrected = try await act(desk, id, "correct", #"{"kind":"update","text":"More."}"#)
        let same = try await desk.write("PUT /v1/articles/\(id)", corrected.text)
        #expect(same.status == 200 && same["version"] == 2)
        let without = try await desk.write("PUT /v1/articles/\(id)", #"{"headline":"Other talks"}"#)
        #expect(without.status == 200 && without["corrections", "0", "text"] == "More.")
        for list in ["[]", "null", #"[{"kind":"update","text":"Less.","issued_at":"2024-03-27T12:00:00Z"}]"#] {
            let refused = try await desk.write("PATCH /v1/articles/\(id)", #"{"corrections":\#(list)}"#)
            #expect(refused.status == 422 && refused["errors", "0", "code"] == "read_only", "\(list)")
        }
        let restored = try await desk.write("POST /v1/articles/\(id)/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        #expect(restored["headline"] == "Talks" && restored["corrections", "0", "text"] == "More.")
    }

    @Test func `the first publication stays, whatever is written`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks","external_ids":{"wire":"1"}}"#).id
        let first = try await act(desk, id, "publish")["first_published_at"]
        desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 3_600_000))
        _ = try await desk.write("PATCH /v1/articles/\(id)", #"{"published_at":"2024-03-27T12:30:00Z"}"#)
        _ = try await desk.write(
            "PUT /v1/articles/\(id)",
            #"{"headline":"Talks again","published_at":"2024-03-20T00:00:00Z","external_ids":{"wire":"1"}}"#)
        _ = try await act(desk, id, "retract", #"{"reason":"Wrong."}"#)
        _ = try await act(desk, id, "publish", #"{"published_at":"2030-01-01T00:00:00Z"}"#)
        let refused = try await desk.write("PATCH /v1/articles/\(id)", #"{"first_published_at":"2020-01-01T00:00:00Z"}"#)
        #expect(refused.status == 422 && refused["errors", "0", "code"] == "read_only")
        let date = "2001-01-01T00:00:00Z"
        let record = #"{"type":"article","external_id":"wire:1","first_published_at":"\#(date)","published_at":"\#(date)"}"#
        let imported = try await desk.sendAsNewsroom(
            "POST /v1/import", ["Content-Type: application/x-ndjson"], body: Array(record.utf8))
        #expect(imported["summary", "updated"] == 1, "\(imported.text)")
        _ = try await desk.write("POST /v1/articles/\(id)/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        _ = try await desk.write("DELETE /v1/articles/\(id)", "")
        let back = try await desk.write("POST /v1/articles/\(id)/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        #expect(back.status == 200 && back["first_published_at"] == first && first != .null, "\(back.text)")
    }
}
