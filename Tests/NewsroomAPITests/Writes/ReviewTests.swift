import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI
@testable import Storage

/// What is to be looked at again, over HTTP.
@Suite(.inTurn) struct ReviewTests {
    private func mark(_ desk: Desk, _ id: String) async throws {
        let store = try #require(desk.newsroom as? SQLiteNewsroomStore)
        try await store.engine.writer.perform { session in
            try session.markForReview(
                [ReviewSubject(id: id, basis: .report)], because: .withdrawn, of: "sta_00000000000000000000000001",
                by: Actor(name: "admin"))
        }
    }

    @Test(arguments: [("articles", #"{"headline":"Talks","status":"published"}"#), ("events", #"{"title":"Talks"}"#)])
    func `the newsroom sees what is to be reviewed, and clears it; others see nothing of it`(_ kind: String, _ json: String) async throws {
        let desk = try Desk()
        let id = try await desk.create(kind, json).id
        let before = try await desk.send("GET /v1/\(kind)/talks")
        _ = try await desk.sendAsNewsroom("GET /v1/\(kind)/talks")
        try await mark(desk, id)
        let after = try await desk.send("GET /v1/\(kind)/talks")
        #expect(after.text == before.text && after.eTag == before.eTag)
        let seen = try await desk.sendAsNewsroom("GET /v1/\(kind)/talks")
        #expect(seen["needs_review", "0", "reason"] == "statement_withdrawn" && seen["needs_review", "0", "basis"] == "report")
        #expect(seen["needs_review", "0", "statement", "id"] == "sta_00000000000000000000000001")
        #expect(seen["version"] == 1 && seen.eTag != before.eTag)
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)?needs_review=true").column("id") == [id])
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)?needs_review=false").column("id") == [])
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)?fields=needs_review")["data", "0", "needs_review", "0", "event"] == .null)
        for target in ["?needs_review=true", "?needs_review=false&shape=ids", "?needs_review=true&facets=status"] {
            #expect(try await desk.send("GET /v1/\(kind)\(target)").status == 401)
        }
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)?needs_review=maybe").status == 400)
        let past = try await desk.sendAsNewsroom("GET /v1/\(kind)?needs_review=true&as_of=2024-03-27T12:00:00Z")
        #expect(past.failures == ["needs_review invalid_parameter"])
        for target in ["/talks", "/\(id)?pretty", "?fields=needs_review", "?shape=ndjson", "?shape=csv", "/\(id)/revisions/1"] {
            #expect(try await !desk.send("GET /v1/\(kind)\(target)").text.contains("sta_"))
        }
        // What was read can be sent back.
        let put = try await desk.write("PUT /v1/\(kind)/\(id)", seen.text)
        #expect(put.status == 200 && put["version"] == 1, "\(put.text)")

        let path = "POST /v1/\(kind)/\(id)/actions/clear_review"
        #expect(try await desk.send(path, ["If-Match: *", "Content-Type: application/json"], body: Array("{}".utf8)).status == 401)
        #expect(try await desk.write(path, #"{"note":"It holds."}"#).status == 428)
        #expect(try await desk.write(path, #"{"note":"It holds."}"#, ["If-Match: \"9\""]).status == 412)
        #expect(try await desk.write(path, "{}", ["If-Match: *"]).failures == ["/note required"])
        #expect(try await desk.write(path, #"{"note":1,"marks":["rev_1"],"x":1}"#, ["If-Match: *"]).status == 400)
        let unknown = try await desk.write(path, #"{"note":"n","marks":["rev_00000000000000000000000001"]}"#, ["If-Match: *"])
        #expect(unknown.failures == ["/marks/0 unknown_reference"])
        let rehearsed = try await desk.write(path, #"{"note":"It holds."}"#, ["If-Match: *", "Prefer: tx=rollback"])
        #expect(rehearsed.status == 200)
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)?needs_review=true").column("id") == [id])
        let cleared = try await desk.write(path, #"{"note":"It holds."}"#, ["If-Match: *", "Idempotency-Key: k"])
        #expect(cleared.status == 200 && cleared["version"] == 1)
        #expect(try await desk.write(path, #"{"note":"It holds."}"#, ["If-Match: *", "Idempotency-Key: k"]).text == cleared.text)
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)?needs_review=true").column("id") == [])
        #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)/talks")["needs_review"] == nil)
        #expect(try await desk.send("GET /v1/\(kind)/talks").eTag == before.eTag)
    }
}
