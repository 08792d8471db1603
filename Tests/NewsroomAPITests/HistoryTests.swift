import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Revisions, what differs between them, and bringing one back, over HTTP.
@Suite(.inTurn) struct HistoryTests {
    private static let noon = "2024-03-27T12:00:00.000Z"

    @Test func `the revisions of every kind are listed, the newest first, page by page`() async throws {
        let desk = try Desk()
        for (kind, member) in [("articles", "headline"), ("people", "name"), ("organizations", "name"), ("events", "title")] {
            let id = try await desk.create(kind, #"{"\#(member)":"One"}"#).id
            for name in ["Two", "Three"] { _ = try await desk.write("PATCH /v1/\(kind)/\(id)", #"{"\#(member)":"\#(name)"}"#) }
            let list = try await desk.sendAsNewsroom("GET /v1/\(kind)/\(id)/revisions?limit=2")
            #expect(list.status == 200)
            #expect(
                list["data", "1"]
                    == [
                        "version": 2, "operation": "updated", "recorded_at": .string(Self.noon), "actor": "admin", "note": .null,
                        "url": .string("/v1/\(kind)/\(id)/revisions/2"),
                    ])
            #expect(list.column("operation") == ["updated", "updated"])
            let path = try #require(list.nextPath)
            let rest = try await desk.sendAsNewsroom("GET \(path)")
            #expect(rest.column("operation") == ["created"])
            #expect(rest["page", "next"] == .null && rest.nextPath == nil)
            let upwards = try await desk.sendAsNewsroom("GET /v1/\(kind)/one/revisions?sort=version")
            #expect(upwards.column("url").map { $0.suffix(1) } == ["1", "2", "3"])

            let one = try await desk.sendAsNewsroom("GET /v1/\(kind)/\(id)/revisions/1")
            #expect(one.string("document", member) == "One")
            #expect(one["document", "version"] == 1)
            #expect(one.eTag.hasPrefix("\"1-"))
            #expect(try await desk.sendAsNewsroom("GET /v1/\(kind)/\(id)/revisions/1", ["If-None-Match: \(one.eTag)"]).status == 304)
        }
    }

    @Test func `who wrote and what was noted is for the newsroom`() async throws {
        let desk = try Desk()
        let id = try await desk.create("people", #"{"name":"Yoav Gallant"}"#).id
        let list = try await desk.send("GET /v1/people/\(id)/revisions")
        #expect(list.jsonText?.contains("actor") == false && list.jsonText?.contains("note") == false)
        let one = try await desk.send("GET /v1/people/\(id)/revisions/1")
        #expect(one.status == 200 && one["actor"] == nil && one["note"] == nil)
        #expect(one.string("document", "name") == "Yoav Gallant")
    }

    @Test(arguments: [
        ("limit=0", "invalid_parameter"), ("sort=name", "invalid_parameter"), ("cursor=x", "invalid_cursor"),
        ("limt=1", "unknown_parameter"), ("as_of=2024", "unknown_parameter"),
    ])
    func `a list of revisions refuses what it does not know`(_ query: String, _ code: String) async throws {
        let desk = try Desk()
        let id = try await desk.create("people", #"{"name":"Yoav Gallant"}"#).id
        let answer = try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions?\(query)")
        #expect(answer.status == 400 && answer.code == code)
    }

    @Test func `a cursor belongs to its order`() async throws {
        let desk = try Desk()
        let id = try await desk.create("people", #"{"name":"A"}"#).id
        _ = try await desk.write("PATCH /v1/people/\(id)", #"{"name":"B"}"#)
        let cursor = try #require(try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions?limit=1").string("page", "next"))
        let answer = try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions?limit=1&sort=version&cursor=\(cursor)")
        #expect(answer.code == "invalid_cursor")
    }

    @Test(arguments: ["0", "01", "+1", "x", "9", "99999999999999999999"])
    func `a version that is none is 404`(_ version: String) async throws {
        let desk = try Desk()
        let id = try await desk.create("people", #"{"name":"Yoav Gallant"}"#).id
        #expect(try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions/\(version)").status == 404)
    }

    @Test func `a deletion is a revision without a document, and the past stays readable to the newsroom`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Talks called off","status":"published"}"#).id
        _ = try await desk.write("DELETE /v1/articles/\(id)", "")
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(id)").status == 410)
        let last = try await desk.sendAsNewsroom("GET /v1/articles/\(id)/revisions/2")
        #expect(last["document"] == .null && last.string("operation") == "deleted")
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/talks-called-off/revisions/1").string("document", "id") == id)
        #expect(try await desk.send("GET /v1/articles/\(id)/revisions").status == 410)
        #expect(try await desk.send("GET /v1/articles/\(id)/revisions/1").status == 410)
    }

    @Test func `a diff tells what a client could have written, as operations of a JSON Patch`() async throws {
        let desk = try Desk()
        let id = try await desk.create("people", #"{"name":"Gallant","identifiers":{"wikidata":"Q1","viaf":"2"},"aliases":["A","B","C"]}"#)
            .id
        _ = try await desk.write(
            "PUT /v1/people/\(id)",
            #"{"name":"Yoav Gallant","identifiers":{"wikidata":"Q2","isni":"3"},"aliases":["A","C"],"born":"1958"}"#)
        let diff = try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions/2?diff=1")
        #expect(
            diff.jsonText
                == #"""
                {"from":1,"to":2,"changes":[{"op":"replace","path":"/name","value":"Yoav Gallant","was":"Gallant"},\#
                {"op":"replace","path":"/sort_name","value":"Gallant, Yoav","was":"Gallant"},\#
                {"op":"remove","path":"/aliases/1","was":{"name":"B"}},\#
                {"op":"add","path":"/born","value":"1958"},\#
                {"op":"remove","path":"/identifiers/viaf","was":"2"},\#
                {"op":"replace","path":"/identifiers/wikidata","value":"Q2","was":"Q1"},\#
                {"op":"add","path":"/identifiers/isni","value":"3"}]}
                """#)
        #expect(try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions/2?diff=2")["changes"] == [])
        #expect(try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions/1?diff=2")["from"] == 2)
        for (query, code) in [("diff=9", "invalid_parameter"), ("diff=x", "invalid_parameter"), ("dif=1", "unknown_parameter")] {
            let answer = try await desk.sendAsNewsroom("GET /v1/people/\(id)/revisions/2?\(query)")
            #expect(answer.status == 400 && answer.code == code)
        }
    }

    @Test func `a diff shows nobody a version that was not public`() async throws {
        let desk = try Desk()
        let id = try await desk.create("articles", #"{"headline":"Secret","status":"draft"}"#).id
        _ = try await desk.write("PATCH /v1/articles/\(id)", #"{"headline":"Public","status":"published"}"#)
        let refused = try await desk.send("GET /v1/articles/\(id)/revisions/2?diff=1")
        #expect(refused.code == "invalid_parameter" && !refused.text.contains("Secret"))
        #expect(try await desk.send("GET /v1/articles/\(id)/revisions/1").status == 404)
        #expect(try await desk.send("GET /v1/articles/\(id)/revisions").column("url").count == 1)
        #expect(try await desk.sendAsNewsroom("GET /v1/articles/\(id)/revisions/2?diff=1").text.contains("Secret"))
    }

    @Test func `a version is brought back as the newest`() async throws {
        let desk = try Desk()
        let made = try await desk.create("events", #"{"title":"Talks","summary":"As planned"}"#)
        _ = try await desk.write("PATCH /v1/events/\(made.id)", #"{"title":"Nonsense","summary":null}"#)
        let path = "POST /v1/events/\(made.id)/actions/restore"
        #expect(try await desk.write(path, #"{"version":1}"#).code == "precondition_required")
        #expect(try await desk.write(path, #"{"version":1}"#, ["If-Match: \(made.eTag)"]).code == "stale_version")
        let back = try await desk.write(path, #"{"version":1,"note":"vandalism"}"#, ["If-Match: \"2\""])
        #expect(back.status == 200 && back["version"] == 3 && back.string("summary") == "As planned")
        #expect(back.eTag.hasPrefix("\"3-"))
        let newest = try await desk.sendAsNewsroom("GET /v1/events/\(made.id)/revisions?limit=1")
        #expect(newest["data", "0", "note"] == "restored from version 1: vandalism")
        #expect(try await desk.send(path, ["If-Match: *", "Content-Type: application/json"], body: Array("{}".utf8)).status == 401)
    }

    @Test(arguments: [
        ("{}", 422, "/version required"), (#"{"version":0}"#, 422, "/version wrong_type"),
        (#"{"version":"1"}"#, 422, "/version wrong_type"),
        (#"{"version":7}"#, 422, "/version unknown_reference"), (#"{"version":1,"note":5}"#, 422, "/note wrong_type"),
        (#"{"version":1,"note":"a\nb"}"#, 422, "/note invalid_value"), (#"{"version":1,"why":"x"}"#, 400, "/why unknown_member"),
    ])
    func `what is not a restoration is refused`(_ body: String, _ status: Int, _ failure: String) async throws {
        let desk = try Desk()
        let id = try await desk.create("people", #"{"name":"A"}"#).id
        let answer = try await desk.write("POST /v1/people/\(id)/actions/restore", body, ["If-Match: *"])
        #expect(answer.status == status && answer.failures == [failure])
    }
}
