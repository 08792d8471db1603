import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Merges, splits and judgements over HTTP.
@Suite(.inTurn) struct MergingTests {
    private struct Two {
        let desk: Desk
        let survivor: String
        let old: String

        init() async throws {
            desk = try Desk()
            survivor = try await desk.create("people", #"{"name":"Yoav Gallant","external_ids":{"wire":"1"}}"#).id
            old = try await desk.create("people", #"{"name":"Joav Galant","external_ids":{"feed":"7"}}"#).id
            try await desk.create("articles", #"{"headline":"H","status":"published","people":[{"external_id":"feed:7"}]}"#)
        }

        func act(_ id: String, _ action: String, _ body: String, _ fields: [String] = ["If-Match: *"]) async throws -> Answer {
            try await desk.write("POST /v1/people/\(id)/actions/\(action)", body, fields)
        }

        func merge(_ fields: [String] = ["If-Match: *"]) async throws -> Answer {
            try await act(survivor, "merge", #"{"from":{"id":"\#(old)"},"note":"one person"}"#, fields)
        }
    }

    @Test func `the old id leads readers on, below it too, with the query`() async throws {
        let two = try await Two()
        let merged = try await two.merge()
        #expect(merged.status == 200 && merged["id"] == .string(two.survivor) && merged.eTag.hasPrefix("\"2-"))
        #expect(merged["aliases", "0", "name"] == "Joav Galant")
        for name in [two.old, "joav-galant"] {
            for (path, rest) in [("", ""), ("/articles", "?limit=5&fields=id"), ("", "?fields=name&pretty"), ("/revisions", "")] {
                let led = try await two.desk.send("GET /v1/people/\(name)\(path)\(rest)")
                #expect(led.status == 308, "\(name)\(path)")
                #expect(led[.location] == "/v1/people/\(two.survivor)\(path)\(rest)")
                #expect(led[.cacheControl] == "private, no-cache" && led.text.isEmpty)
                #expect(try await two.desk.send("HEAD /v1/people/\(name)\(path)\(rest)").status == 308)
            }
        }
        let listed = try await two.desk.send("GET /v1/people/\(two.survivor)/articles")
        #expect(listed.column("headline") == ["H"])
        #expect(try await two.desk.send("GET /v1/articles?person=\(two.old)").column("headline") == ["H"])
        #expect(try await two.desk.send("GET /v1/people").column("id") == [two.survivor])
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/\(two.old)/revisions").column("operation") == ["deleted", "created"])
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/\(two.old)/revisions/1")["document", "name"] == "Joav Galant")
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/\(two.survivor)/revisions").column("operation") == ["merged", "created"])
    }

    @Test func `a write to the old id is refused and names the survivor`() async throws {
        let two = try await Two()
        _ = try await two.merge()
        let writes = [
            try await two.desk.write("PATCH /v1/people/\(two.old)", #"{"name":"x"}"#),
            try await two.desk.write("PUT /v1/people/\(two.old)", #"{"name":"x"}"#),
            try await two.desk.sendAsNewsroom("DELETE /v1/people/\(two.old)", ["If-Match: *"]),
            try await two.act(two.old, "restore", #"{"version":1}"#),
            try await two.act(two.old, "merge", #"{"from":{"id":"\#(two.survivor)"}}"#),
        ]
        for refused in writes {
            #expect(refused.status == 409 && refused.code == "merged", "\(refused.text)")
            #expect(refused["merged_into", "url"] == .string("/v1/people/\(two.survivor)"))
            #expect(refused[.location] == nil)
        }
    }

    @Test func `split undoes it`() async throws {
        let two = try await Two()
        let before = try await two.desk.send("GET /v1/people/\(two.old)")
        _ = try await two.merge()
        #expect(try await two.act(two.old, "split", "{}", []).status == 428)
        #expect(try await two.act(two.old, "split", "{}", ["If-Match: \"1\""]).status == 412)
        let split = try await two.act(two.old, "split", "{}", ["If-Match: \"2\""])
        #expect(split.status == 200 && split["name"] == before["name"] && split["version"] == 3)
        #expect(try await two.desk.send("GET /v1/people/\(two.old)/articles").column("headline") == ["H"])
        #expect(try await two.desk.send("GET /v1/people/\(two.survivor)")["aliases"] == [])
        _ = try await two.merge()
        let named = try await two.act(two.survivor, "split", #"{"from":{"slug":"joav-galant"}}"#)
        #expect(named.status == 200 && named["id"] == .string(two.old))
    }

    @Test func `a merge can be rehearsed, answered shortly, and is made once under its key`() async throws {
        let two = try await Two()
        let rehearsed = try await two.merge(["If-Match: *", "Prefer: tx=rollback"])
        #expect(rehearsed.status == 200 && rehearsed["aliases", "0", "name"] == "Joav Galant")
        #expect(try await two.desk.send("GET /v1/people/\(two.old)").status == 200)
        let once = try await two.merge(["If-Match: *", "Idempotency-Key: k"])
        let again = try await two.merge(["If-Match: *", "Idempotency-Key: k"])
        #expect(once.status == 200 && again.text == once.text && again[.idempotentReplayed] == "true")
        #expect(try await two.act(two.old, "split", "{}", ["If-Match: *", "Prefer: return=minimal"]).status == 204)
    }

    @Test(arguments: [
        ("merge", "{}", 422, "/from"), ("merge", #"{"from":"x"}"#, 422, "/from"), ("merge", #"{"from":{"id":"org_x"}}"#, 422, "/from/id"),
        ("merge", #"{"from":{"slug":"nobody"}}"#, 422, "/from"), ("merge", #"{"from":{"slug":"yoav-gallant"}}"#, 422, "/from"),
        ("merge", #"{"form":{}}"#, 400, "/form"), ("merge", #"{"from":{"slug":"joav-galant"},"keep":{"life":"x"}}"#, 422, "/keep/life"),
        ("merge", #"{"from":{"slug":"joav-galant"},"keep":{"identifiers":{"a":"b"}}}"#, 422, "/keep/identifiers/a"),
        ("merge", #"{"from":{"slug":"joav-galant"},"note":"a\nb"}"#, 422, "/note"), ("split", "{}", 409, ""),
        ("split", #"{"from":{"slug":"joav-galant"}}"#, 409, "/from"), ("split", #"{"of":1}"#, 400, "/of"),
        ("distinguish", "{}", 422, "/from"), ("distinguish", #"{"from":{"slug":"yoav-gallant"}}"#, 422, "/from"),
        ("reconsider", #"{"from":5}"#, 422, "/from"),
    ])
    func `what says the wrong thing is refused, and nothing is kept`(
        _ action: String, _ body: String, _ status: Int, _ path: String
    ) async throws {
        let two = try await Two()
        let sequence = try await two.desk.newsroom.newestSequence()
        let refused = try await two.act(two.survivor, action, body)
        #expect(refused.status == status, "\(refused.text)")
        #expect(refused["errors", "0", "path"] == .string(path))
        #expect(try await two.desk.newsroom.newestSequence() == sequence)
    }

    @Test func `judgements and suggestions are for those who write`() async throws {
        let two = try await Two()
        for action in ["merge", "split", "distinguish", "reconsider"] {
            #expect(try await two.desk.send("POST /v1/people/\(two.survivor)/actions/\(action)", ["If-Match: *"]).status == 401)
        }
        #expect(try await two.desk.send("GET /v1/people/duplicates").status == 401)
        let pairs = try await two.desk.sendAsNewsroom("GET /v1/people/duplicates")
        #expect(
            pairs.status == 200 && pairs["data", "0", "one", "name"] == "Yoav Gallant" && pairs["data", "0", "reasons"] == ["similar_name"])
        #expect(pairs["data", "0", "other", "id"] == .string(two.old) && pairs["page", "next"] == .null)
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/duplicates?min_score=0.99")["data"] == [])
        for query in ["min_score=2", "min_score=-1", "min_score=nan", "limit=0"] {
            #expect(try await two.desk.sendAsNewsroom("GET /v1/people/duplicates?\(query)").status == 400)
        }
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/duplicates?cursor=AAAA").code == "invalid_cursor")
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/duplicates?score=1").code == "unknown_parameter")
        #expect(try await two.act(two.old, "distinguish", #"{"from":{"id":"\#(two.survivor)"}}"#)["version"] == 2)
        #expect(try await two.desk.sendAsNewsroom("GET /v1/people/duplicates")["data"] == [])
        let refused = try await two.merge()
        #expect(refused.status == 409 && refused.code == "merge_refused" && refused["errors", "0", "path"] == "/from")
        #expect(try await two.act(two.old, "reconsider", #"{"from":{"id":"\#(two.survivor)"}}"#)["version"] == 3)
        #expect(try await two.merge().status == 200)
    }

    @Test func `pairs are paged`() async throws {
        let desk = try Desk()
        for number in 0..<4 { try await desk.create("organizations", #"{"name":"Ministry of Health","slug":"m-\#(number)"}"#) }
        var path = "/v1/organizations/duplicates?limit=4"
        var count = 0
        for _ in 0..<3 {
            let page = try await desk.sendAsNewsroom("GET \(path)")
            if case .array(let pairs)? = page["data"] { count += pairs.count }
            guard case .string(let next) = page["page", "next"] else { break }
            #expect(page[.link]?.contains("/v1/organizations/duplicates?limit=4&cursor=\(next)") == true)
            path = "/v1/organizations/duplicates?limit=4&cursor=\(next)"
        }
        #expect(count == 6)
        // The slug is not given to anybody, for this is what the path means.
        #expect(try await desk.create("organizations", #"{"name":"Duplicates"}"#)["slug"] == "duplicates-2")
    }
}
