import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Conflicts over HTTP: found, listed with both sides, settled, and open again.
@Suite(.inTurn) struct ConflictTests {
    /// The talks, an article that is published and one that is not, and two speakers.
    private func desk() async throws -> (desk: Desk, path: String) {
        let desk = try Desk()
        let talks = try await desk.create("events", #"{"title":"Talks","slug":"talks"}"#)
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"published"}"#)
        try await desk.create("articles", #"{"headline":"B","slug":"b"}"#)
        for name in ["ada", "ben", "cy"] { try await desk.create("people", #"{"name":"\#(name)","slug":"\#(name)"}"#) }
        return (desk, "/v1/conflicts/con_\(talks.id.dropFirst(4)).departure_approved")
    }

    @discardableResult
    private func say(
        _ desk: Desk, _ value: String, by speaker: String, in article: String = "a", about event: String = "talks",
        _ property: String = "departure_approved", more: String = ""
    ) async throws -> String {
        try await desk.create(
            "statements",
            """
            {"speaker":{"slug":"\(speaker)"},"text":"So it is.","article":{"slug":"\(article)"}\(more),
            "claim":{"about":{"slug":"\(event)"},"property":"\(property)","value":"\(value)"}}
            """
        ).id
    }

    @Test func `a conflict is there as soon as somebody contradicts, for those who may see both`() async throws {
        let (desk, path) = try await desk()
        let first = try await say(desk, "yes", by: "ada")
        #expect(try await desk.send("GET /v1/conflicts")["data"] == .array([]))
        #expect(try await desk.sendAsNewsroom("GET \(path)").status == 404)
        try await say(desk, "no", by: "ben", in: "b")
        #expect(try await desk.send("GET /v1/conflicts")["data"] == .array([]))
        #expect(try await desk.send("GET \(path)").status == 404)
        let shown = try await desk.sendAsNewsroom("GET \(path)")
        #expect(shown.status == 200 && shown.string("url") == path && shown.string("status") == "open", "\(shown.text)")
        #expect(shown.string("about", "title") == "Talks" && shown.string("property") == "departure_approved")
        #expect(shown["sides", "0", "value"] == "yes" && shown["sides", "0", "independent_source_count"] == 1)
        #expect(
            shown.string("sides", "0", "speakers", "0", "name") == "ada" && shown.string("sides", "0", "statements", "0", "id") == first)
        #expect(shown.string("sides", "1", "speakers", "0", "name") == "ben" && shown["resolutions"] == .array([]))
        try await say(desk, "no", by: "cy")
        let seen = try await desk.send("GET \(path)")
        #expect(seen.status == 200 && seen.string("sides", "1", "speakers", "0", "name") == "cy" && !seen.text.contains("ben"))
        #expect(try await desk.send("GET /v1/conflicts").column("id") == [shown.id])
        // Withdrawn, it counts no more.
        let withdrawn = try await desk.write("POST /v1/statements/\(first)/actions/withdraw", #"{"reason":"wrong"}"#, ["If-Match: *"])
        #expect(withdrawn.status == 200, "\(withdrawn.text)")
        #expect(try await desk.send("GET \(path)").status == 404)
    }

    @Test func `conflicts are listed by filters and pages`() async throws {
        let (desk, _) = try await desk()
        try await desk.create("events", #"{"title":"Vote","slug":"vote","external_ids":{"desk":"v"}}"#)
        for event in ["talks", "vote"] {
            for property in ["b", "a", "c"] {
                try await say(desk, "yes", by: "ada", about: event, property)
                if property != "c" { try await say(desk, "no", by: "ben", about: event, property) }
            }
        }
        func listed(_ query: String) async throws -> [String] {
            let answer = try await desk.send("GET /v1/conflicts?\(query)")
            #expect(answer.status == 200, "\(answer.text)")
            guard case .array(let items)? = answer["data"] else { return [] }
            return items.compactMap { item in
                guard case .string(let title)? = item["about"]?["title"], case .string(let property)? = item["property"] else { return nil }
                return "\(title) \(property)"
            }
        }
        #expect(try await listed("") == ["Vote a", "Vote b", "Talks a", "Talks b"])
        #expect(try await listed("event=talks") == ["Talks a", "Talks b"])
        #expect(try await listed("event=desk:v&property=b") == ["Vote b"])
        #expect(try await listed("property=a") == ["Vote a", "Talks a"])
        #expect(try await listed("property=c").isEmpty)
        #expect(try await listed("event=nobody").isEmpty)
        #expect(try await listed("status=resolved").isEmpty)
        #expect(try await listed("status=open&event=vote") == ["Vote a", "Vote b"])
        #expect(try await listed("known_by=2024-03-01").isEmpty)
        try await say(desk, "yes", by: "ada", about: "vote", "d", more: #","said_at":{"edtf":"2024-02-10T11:00:00Z"}"#)
        try await say(desk, "no", by: "ben", about: "vote", "d", more: #","said_at":{"edtf":"2024-02-10T13:00:00Z"}"#)
        // A day is known of by its end.
        for (day, known) in [("2024-02-09", []), ("2024-02-10", ["Vote d"]), ("2024-02-10T12:00:00Z", [])] as [(String, [String])] {
            #expect(try await listed("known_by=\(day)") == known, "\(day)")
        }
        #expect(try await listed("property=d") == ["Vote d"])
        var walked: [String] = []
        var target: String? = "/v1/conflicts?limit=1"
        while let current = target, walked.count < 10 {
            let page = try await desk.send("GET \(current)")
            walked += page.column("property")
            target = page.string("page", "next").map { "/v1/conflicts?limit=1&cursor=\($0)" }
        }
        #expect(walked == ["a", "b", "d", "a", "b"])
        let cursor = try #require(try await desk.send("GET /v1/conflicts?limit=1").string("page", "next"))
        #expect(try await desk.send("GET /v1/conflicts?limit=1&property=a&cursor=\(cursor)").code == "invalid_cursor")
        #expect(try await desk.send("GET /v1/conflicts?limit=1&cursor=zzz").code == "invalid_cursor")
        #expect(try await desk.send("GET /v1/conflicts?state=open").code == "unknown_parameter")
        for wrong in ["status=opn", "property=A", "event=E%20", "known_by=x", "limit=0"] {
            #expect(try await desk.send("GET /v1/conflicts?\(wrong)").code == "invalid_parameter", "\(wrong)")
        }
        for wrong in ["con_1.a", "con_00000000000000000000000007.a", "evt_1"] {
            #expect(try await desk.send("GET /v1/conflicts/\(wrong)").status == 404)
        }
    }

    @Test func `a conflict is settled with a record, and opened by what is said against it`() async throws {
        let (desk, path) = try await desk()
        let yes = try await say(desk, "yes", by: "ada")
        try await say(desk, "no", by: "ben")
        let action = "POST \(path)/actions/resolve"
        let body = #"{"value":"no","how":"The office showed us the letter.","basis":[{"id":"\#(yes)"}]}"#
        #expect(try await desk.send(action, ["Content-Type: application/json"], body: Array(body.utf8)).status == 401)
        let refused = try await desk.write(action, #"{"value":"nope","basis":[{"id":"sta_00000000000000000000000000"}],"hw":1}"#)
        #expect(Set(refused.failures) == ["/value invalid_value", "/basis/0 unknown_reference", "/hw unknown_member", "/how required"])
        #expect(try await desk.write(action, body, ["If-Match: *"]).code == "malformed_request")
        let sequence = try await desk.newsroom.newestSequence()
        let rehearsed = try await desk.write(action, body, ["Prefer: tx=rollback"])
        #expect(rehearsed.status == 200 && rehearsed.string("status") == "resolved")
        #expect(try await desk.newsroom.newestSequence() == sequence)
        #expect(try await desk.send("GET \(path)").string("status") == "open")
        let settled = try await desk.write(action, body, ["Idempotency-Key: k1"])
        #expect(settled.status == 200 && settled.string("status") == "resolved", "\(settled.text)")
        #expect(settled.string("resolutions", "0", "value") == "no" && settled.string("resolutions", "0", "by") == "admin")
        #expect(settled.string("resolutions", "0", "basis", "0", "speaker") == "ada" && settled["resolutions", "0", "holds"] == true)
        #expect(settled.string("resolutions", "0", "how") == "The office showed us the letter.")
        let again = try await desk.write(action, body, ["Idempotency-Key: k1"])
        #expect(again.body == settled.body && again[.idempotentReplayed] == "true")
        #expect(try await desk.newsroom.newestSequence() == sequence + 1)
        // In the same words it is no news.
        #expect(try await desk.write(action, body, ["Prefer: return=minimal"]).status == 204)
        #expect(try await desk.newsroom.newestSequence() == sequence + 1)
        let seen = try await desk.send("GET \(path)")
        #expect(seen.string("status") == "resolved" && seen.string("resolutions", "0", "value") == "no")
        #expect(!seen.text.contains("letter") && !seen.text.contains("admin"))
        #expect(try await desk.send("GET /v1/conflicts?status=resolved").column("status") == ["resolved"])
        #expect(try await desk.send("GET /v1/conflicts?status=open").column("status").isEmpty)
        try await say(desk, "yes", by: "cy")
        let open = try await desk.sendAsNewsroom("GET \(path)")
        #expect(open.string("status") == "open" && open["resolutions", "0", "holds"] == false)
        let other = try await desk.write(action, #"{"how":"Both were asked about another flight."}"#)
        #expect(
            other.string("status") == "resolved" && other["resolutions", "0", "value"] == .null
                && other["resolutions", "1", "holds"] == false)
        #expect(try await desk.sendAsNewsroom("GET \(path)?known_by=2024-03-01").status == 404)
    }

    @Test func `a conflict follows its event where that is merged`() async throws {
        let (desk, path) = try await desk()
        let other = try await desk.create("events", #"{"title":"The talks","slug":"the-talks"}"#)
        try await say(desk, "yes", by: "ada")
        try await say(desk, "no", by: "ben")
        #expect(try await desk.write("POST \(path)/actions/resolve", #"{"value":"no","how":"seen"}"#).status == 200)
        let merged = try await desk.write("POST /v1/events/\(other.id)/actions/merge", #"{"from":{"slug":"talks"}}"#, ["If-Match: *"])
        #expect(merged.status == 200, "\(merged.text)")
        let seen = try await desk.send("GET \(path)")
        #expect(seen.status == 200 && seen.id == "con_\(other.id.dropFirst(4)).departure_approved", "\(seen.text)")
        #expect(seen.string("status") == "resolved" && seen.string("about", "title") == "The talks")
    }
}
