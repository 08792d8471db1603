import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Statements over HTTP.
@Suite(.inTurn) struct StatementTests {
    private func story(_ desk: Desk) async throws {
        try await desk.create("organizations", #"{"name":"White House","slug":"white-house","external_ids":{"demo":"wh"}}"#)
        try await desk.create(
            "people",
            #"{"name":"Karine Jean-Pierre","slug":"kjp","roles":[{"title":"Press Secretary","from":"2022","to":"2025"}]}"#)
        try await desk.create("events", #"{"title":"Talks","slug":"talks","status":"proposed"}"#)
        try await desk.create("articles", #"{"headline":"New date","slug":"new-date","status":"published","body":"They will reschedule."}"#)
    }

    private let statement = #"""
        {"speaker":{"slug":"kjp"},"chain":[{"id":null,"external_id":"demo:wh"}],"manner":"announced","form":"paraphrase",
        "text":"Both sides look for a new date.","said_at":{"edtf":"2024-03-27","stated":"on Wednesday"},"article":{"slug":"new-date"},
        "anchor":{"exact":"They will","suffix":" reschedule"},"events":[{"slug":"talks"}],
        "claim":{"about":{"slug":"talks"},"property":"departure_approved","value":"yes"},"external_ids":{"demo":"s1"}}
        """#

    @Test func `a statement is made, shown, listed, changed and deleted`() async throws {
        let desk = try Desk()
        try await story(desk)
        let made = try await desk.create("statements", statement.replacing(#""id":null,"#, with: ""))
        #expect(made.id.hasPrefix("sta_") && made[.location] == "/v1/statements/\(made.id)")
        #expect(made.string("speaker", "name") == "Karine Jean-Pierre" && made.string("speaker", "role_at") == "Press Secretary")
        #expect(made.string("chain", "0", "name") == "White House" && made["hops"] == 1 && made["slug"] == nil)
        #expect(made.string("article", "headline") == "New date" && made.string("events", "0", "title") == "Talks")
        #expect(made.string("claim", "about", "title") == "Talks" && made.string("claim", "value") == "yes")
        #expect(made["anchor", "prefix"] == .null && made.string("status") == "live" && made["corrects"] == .null)
        #expect(made.string("said_at", "earliest") == "2024-03-27")
        let shown = try await desk.send("GET /v1/statements/\(made.id)")
        #expect(shown.status == 200 && shown.body == made.body && shown.eTag == made.eTag)
        let list = try await desk.send(
            "GET /v1/statements?claim.about=talks&claim.property=departure_approved&speaker=kjp&outlet=white-house&article=new-date"
                + "&unnamed=false&hops__gte=1&said_at__overlaps=2024-03&manner__in=said,announced&count=exact&facets=manner,event,article")
        #expect(list.status == 200 && list.column("id") == [made.id] && list["page", "total", "value"] == 1, "\(list.text)")
        #expect(list.string("facets", "article", "values", "0", "value", "headline") == "New date")
        let put = try await desk.sendAsNewsroom(
            "PUT /v1/statements/\(made.id)", ["Content-Type: application/json", "If-Match: \(made.eTag)"], body: made.body)
        #expect(put.status == 200 && put["version"] == 1, "\(put.text)")
        let patched = try await desk.write("PATCH /v1/statements/\(made.id)", #"{"manner":"confirmed","anchor":null}"#)
        #expect(patched.status == 200 && patched["version"] == 2 && patched.string("manner") == "confirmed")
        let included = try await desk.send("GET /v1/statements/\(made.id)?include=people,organizations,events,article&fields=text")
        #expect(included.string("included", "people", "0", "name") == "Karine Jean-Pierre")
        #expect(included.string("included", "articles", "0", "slug") == "new-date")
        #expect(included.string("included", "organizations", "0", "name") == "White House")
        let diff = try await desk.send("GET /v1/statements/\(made.id)/revisions/2?diff=1")
        #expect(diff.string("changes", "0", "path") == "/manner" && diff.string("changes", "1", "op") == "remove")
        let restored = try await desk.write(
            "POST /v1/statements/\(made.id)/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        #expect(restored["version"] == 3 && restored.string("manner") == "announced")
        #expect(try await desk.sendAsNewsroom("DELETE /v1/statements/\(made.id)", ["If-Match: *"]).status == 204)
        #expect(try await desk.sendAsNewsroom("GET /v1/statements/\(made.id)").status == 410)
        #expect(try await desk.send("GET /v1/statements/\(made.id)").status == 410)
        let back = try await desk.write("POST /v1/statements/\(made.id)/actions/restore", #"{"version":1}"#, ["If-Match: *"])
        #expect(back.status == 200 && back["version"] == 5, "\(back.text)")
    }

    @Test func `all that is wrong with a statement is told at once`() async throws {
        let desk = try Desk()
        try await story(desk)
        let refused = try await desk.write(
            "POST /v1/statements",
            #"""
            {"speaker":{"unnamed":{}},
            "chain":[{},{"id":"evt_x"},{"slug":"nobody"},{"unnamed":{"description":"x","organization":{"slug":"no"}}}],
            "manner":"shouted","hops":3,"status":"withdrawn","anchor":{"exact":"x"},"claim":{"property":"A","value":"b"},"slug":"s",
            "text":"","corrects":{"slug":"x"}}
            """#)
        #expect(refused.status == 400)
        #expect(
            Set(refused.failures) == [
                "/chain/0 required", "/chain/1/id invalid_value", "/chain/2 unknown_reference",
                "/chain/3/unnamed/organization unknown_reference", "/manner invalid_value", "/hops read_only", "/status read_only",
                "/article required", "/claim/about required", "/slug unknown_member", "/text required", "/corrects/slug unknown_member",
                "/speaker/unnamed/description required",
            ], "\(refused.failures)")
        #expect(try await desk.send("GET /v1/statements/some-slug").status == 404)
        #expect(try await desk.send("GET /v1/statements?corrects=some-slug").code == "invalid_parameter")
        #expect(try await desk.send("GET /v1/statements?speker=kjp").code == "unknown_parameter")
        #expect(try await desk.send("GET /v1/statements?sort=text").code == "invalid_parameter")
        #expect(try await desk.write("POST /v1/statements", #"{"speaker":5,"chain":{},"text":7,"claim":[],"anchor":1}"#).status == 422)
    }

    @Test func `a statement is withdrawn once, for a reason`() async throws {
        let desk = try Desk()
        let made = try await desk.create("statements", #"{"speaker":{"unnamed":{"description":"an official"}},"text":"It is off."}"#)
        let path = "POST /v1/statements/\(made.id)/actions/withdraw"
        #expect(try await desk.send(path, ["Content-Type: application/json"], body: Array("{}".utf8)).status == 401)
        #expect(try await desk.write(path, #"{"reason":"x"}"#).code == "precondition_required")
        let refused = try await desk.write(path, #"{"reasn":1}"#, ["If-Match: *"])
        #expect(Set(refused.failures) == ["/reasn unknown_member", "/reason required"])
        let rehearsed = try await desk.write(path, #"{"reason":"wrong"}"#, ["If-Match: *", "Prefer: tx=rollback"])
        #expect(rehearsed.string("status") == "withdrawn")
        let fields = ["If-Match: \(made.eTag)", "Idempotency-Key: k1"]
        let withdrawn = try await desk.write(path, #"{"reason":"It was a misunderstanding."}"#, fields)
        #expect(withdrawn.status == 200 && withdrawn.string("status") == "withdrawn" && withdrawn["version"] == 2)
        #expect(try await desk.write(path, #"{"reason":"It was a misunderstanding."}"#, fields).body == withdrawn.body)
        #expect(try await desk.write(path, #"{"reason":"again"}"#, ["If-Match: *"]).code == "move_not_allowed")
        let revision = try await desk.sendAsNewsroom("GET /v1/statements/\(made.id)/revisions")
        #expect(revision.string("data", "0", "operation") == "transitioned")
        #expect(revision.string("data", "0", "note") == "It was a misunderstanding.")
    }

    @Test func `who is not of the newsroom is not told which unnamed source it is`() async throws {
        let desk = try Desk()
        try await story(desk)
        let made = try await desk.create(
            "statements",
            #"{"speaker":{"unnamed":{"description":"an official"}},"text":"It is off.","article":{"slug":"new-date"}}"#)
        let id = try #require(made.string("speaker", "unnamed", "id"))
        #expect(id.hasPrefix("src_"))
        for path in [
            "/v1/statements/\(made.id)", "/v1/statements", "/v1/statements?shape=csv", "/v1/statements?shape=ndjson", "/v1/search?q=off",
            "/v1/statements/\(made.id)/revisions/1", "/v1/statements?as_of=2024-03-27T12:00:00Z", "/v1/statements?fields=speaker",
        ] {
            let answer = try await desk.send("GET \(path)")
            #expect(answer.status == 200 && answer.text.contains("official") && !answer.text.contains("src_"), "\(path): \(answer.text)")
        }
        #expect(try await desk.sendAsNewsroom("GET /v1/statements").text.contains(id))
        let kept = try await desk.write("PATCH /v1/statements/\(made.id)", #"{"speaker":{"unnamed":{"description":"a minister"}}}"#)
        #expect(kept.string("speaker", "unnamed", "id") == id && kept["version"] == 2)
    }
}
