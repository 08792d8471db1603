import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Unnamed sources over HTTP: the note on them, and what becomes of them when they are named.
@Suite(.inTurn) struct SourceTests {
    private func story(_ desk: Desk) async throws -> (source: String, statements: [String]) {
        try await desk.create("people", #"{"name":"Ada North","slug":"ada"}"#)
        try await desk.create("articles", #"{"headline":"A","slug":"a","status":"published"}"#)
        let first = try await desk.create(
            "statements", #"{"speaker":{"unnamed":{"description":"an official"}},"text":"It is off.","article":{"slug":"a"}}"#)
        let source = try #require(first.string("speaker", "unnamed", "id"))
        let second = try await desk.create(
            "statements",
            #"{"speaker":{"slug":"ada"},"chain":[{"unnamed":{"id":"\#(source)"}}],"text":"So it is.","article":{"slug":"a"}}"#)
        return (source, [first.id, second.id])
    }

    @Test func `a note is for who may write, and leaves by no other way`() async throws {
        let desk = try Desk()
        let (source, statements) = try await story(desk)
        let path = "/v1/statements/sources/\(source)"
        let sequence = try await desk.newsroom.newestSequence()
        let kept = try await desk.write("PATCH \(path)", #"{"note":"Met him at the zeppelin hangar."}"#, ["If-None-Match: x"])
        #expect(kept.code == "malformed_request")
        let fields = ["Content-Type: application/merge-patch+json"]
        let noted = try await desk.sendAsNewsroom("PATCH \(path)", fields, body: Array(#"{"note":"Met him at the zeppelin hangar."}"#.utf8))
        #expect(noted.status == 200 && noted.string("note") == "Met him at the zeppelin hangar." && noted[.cacheControl] == "no-store")
        #expect(try await desk.newsroom.newestSequence() == sequence)
        let shown = try await desk.sendAsNewsroom("GET \(path)")
        #expect(shown.string("note") == "Met him at the zeppelin hangar." && shown.string("statements", "0", "id") == statements[0])
        #expect(shown.string("statements", "1", "speaker") == "Ada North")
        for token in [[], ["Authorization: Bearer \(Desk.token)"]] {
            for other in [
                "/v1/statements", "/v1/statements/\(statements[0])", "/v1/statements?shape=csv", "/v1/statements?shape=ndjson",
                "/v1/statements/\(statements[0])/revisions", "/v1/statements/\(statements[0])/revisions/1", "/v1/search?q=zeppelin",
                "/v1/statements?q=hangar", "/v1/articles/a/quotes", "/v1/articles/a/statements", "/v1/suggest?q=zep",
            ] {
                let answer = try await desk.send("GET \(other)", token)
                #expect(answer.status == 200 && !answer.text.contains("hangar."), "\(other): \(answer.text)")
            }
        }
        #expect(try await desk.send("GET \(path)").status == 401)
        #expect(try await desk.send("PATCH \(path)", fields, body: Array("{}".utf8)).status == 401)
        #expect(try await desk.sendAsNewsroom("GET /v1/statements/sources/src_1").status == 404)
        let refused = try await desk.sendAsNewsroom("PATCH \(path)", fields, body: Array(#"{"note":7,"nte":""}"#.utf8))
        #expect(Set(refused.failures) == ["/note wrong_type", "/nte unknown_member"])
        let gone = try await desk.sendAsNewsroom("PATCH \(path)", fields, body: Array(#"{"note":null}"#.utf8))
        #expect(gone.status == 200 && gone["note"] == .null)
    }

    @Test func `a source that is revealed is a person from now on, and was none before`() async throws {
        let desk = try Desk()
        let (source, statements) = try await story(desk)
        let before = desk.clock.now
        desk.clock.move(to: Instant(milliseconds: before.milliseconds + 60_000))
        let path = "POST /v1/statements/sources/\(source)/actions/reveal"
        let body = #"{"person":{"slug":"ada"}}"#
        #expect(try await desk.send(path, ["Content-Type: application/json"], body: Array(body.utf8)).status == 401)
        #expect(try await desk.write(path, #"{"person":{"slug":"nobody"}}"#).failures == ["/person unknown_reference"])
        #expect(try await desk.write(path, "{}").failures == ["/person required"])
        let sequence = try await desk.newsroom.newestSequence()
        let rehearsed = try await desk.write(path, body, ["Prefer: tx=rollback"])
        #expect(rehearsed.status == 200 && rehearsed[.preferenceApplied] == "tx=rollback")
        #expect(try await desk.newsroom.newestSequence() == sequence)
        let revealed = try await desk.write(path, body, ["Idempotency-Key: r1"])
        #expect(revealed.status == 200 && revealed.string("statements", "0", "speaker") == "Ada North", "\(revealed.text)")
        let again = try await desk.write(path, body, ["Idempotency-Key: r1"])
        #expect(again.body == revealed.body && again[.idempotentReplayed] == "true")
        #expect(try await desk.newsroom.newestSequence() == sequence + 2)
        let now = try await desk.send("GET /v1/statements/\(statements[0])")
        #expect(now.string("speaker", "name") == "Ada North" && now["version"] == 2)
        #expect(try await desk.send("GET /v1/statements/\(statements[1])").string("chain", "0", "name") == "Ada North")
        #expect(try await desk.send("GET /v1/people/ada/statements").column("id").sorted() == statements.sorted())
        let then = try await desk.sendAsNewsroom("GET /v1/statements/\(statements[0])?as_of=\(before.rfc3339)")
        #expect(then.string("speaker", "unnamed", "id") == source)
        let listed = try await desk.sendAsNewsroom("GET /v1/statements?unnamed=true&as_of=\(before.rfc3339)")
        #expect(listed.column("id") == [statements[0]])
        let revision = try await desk.sendAsNewsroom("GET /v1/statements/\(statements[0])/revisions")
        #expect(revision.string("data", "0", "operation") == "updated" && revision.string("data", "0", "note") == "source revealed")
        #expect(try await desk.sendAsNewsroom("GET /v1/statements/\(statements[0])/revisions/1").text.contains(source))
    }
}
