import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// The change feed as pages.
@Suite(.inTurn) struct ChangeTests {
    @Test func `a page tells of changes in order, and where the next one begins`() async throws {
        let desk = try Desk()
        let article = try await desk.create("articles", #"{"headline": "Talks called off", "status": "published"}"#)
        _ = try await desk.write("PATCH /v1/articles/\(article.id)", #"{"headline": "Talks are off"}"#)
        try await desk.create("people", #"{"name": "Yoav Gallant"}"#)
        let first = try await desk.send("GET /v1/changes?limit=2")
        #expect(first.status == 200 && first.column("operation") == ["created", "updated"])
        #expect(first.column("kind") == ["article", "article"])
        #expect(first.column("url") == ["/v1/articles/\(article.id)", "/v1/articles/\(article.id)"])
        #expect(first.string("data", "0", "recorded_at") == "2024-03-27T12:00:00.000Z")
        #expect(first["data", "1", "seq"] == 2 && first["data", "1", "version"] == 2)
        #expect(first["page"] == ["limit": 2, "next": 2, "newest": 3] && first.nextPath == "/v1/changes?limit=2&after=2")
        #expect(first.column("actor").isEmpty && first["data", "0", "note"] == nil)
        let second = try await desk.send("GET /v1/changes?limit=2&after=2")
        #expect(second.column("kind") == ["person"] && second.nextPath == nil && second["page", "next"] == 3)
        let end = try await desk.send("GET /v1/changes?after=3")
        #expect(end["data"] == [] && end["page"] == ["limit": 100, "next": 3, "newest": 3])
        #expect(try await desk.send("HEAD /v1/changes?wait=60").status == 200)
    }

    @Test func `the newsroom is told by whom and why, and of what nobody else sees`() async throws {
        let desk = try Desk()
        let draft = try await desk.create("articles", #"{"headline": "Draft"}"#)
        _ = try await desk.write("POST /v1/articles/\(draft.id)/actions/submit", "{}", ["If-Match: *"])
        let told = try await desk.sendAsNewsroom("GET /v1/changes")
        #expect(told.column("operation") == ["created", "transitioned"] && told.column("actor") == ["admin", "admin"])
        #expect(told["data", "0", "note"] == .null)
        let everybody = try await desk.send("GET /v1/changes")
        #expect(everybody["data"] == [] && everybody["page", "next"] == 2 && !everybody.text.contains(draft.id))
        // A page is never one that was kept for somebody else, nor for another time.
        #expect(try await desk.sendAsNewsroom("GET /v1/changes").column("id") == [draft.id, draft.id])
    }

    @Test func `kinds are chosen by comma`() async throws {
        let desk = try Desk()
        try await desk.create("people", #"{"name": "Yoav Gallant"}"#)
        try await desk.create("events", #"{"title": "Talks"}"#)
        try await desk.create("organizations", #"{"name": "White House"}"#)
        #expect(try await desk.send("GET /v1/changes?kind=event,person").column("kind") == ["person", "event"])
        let last = try await desk.send("GET /v1/changes?kind=article")
        #expect(last["data"] == [] && last["page", "next"] == 3)
    }

    @Test(arguments: [
        ("after=4", "after", "lies ahead of the newest change, which is 3"), ("after=-1", "after", "must be the number of a change, or 0"),
        ("after=01", "after", "must be the number"), ("after=x", "after", "must be the number"),
        ("after=99999999999999999999", "after", "must be the number"), ("limit=0", "limit", "from 1 to 1000"),
        ("limit=1001", "limit", "from 1 to 1000"), ("wait=61", "wait", "from 0 to 60"), ("wait=1.5", "wait", "from 0 to 60"),
        ("kind=articles", "kind", "did you mean article?"), ("kind=", "kind", "has an empty name"),
        ("sort=seq", "sort", "does not exist here"), ("cursor=x", "cursor", "does not exist here"),
    ])
    func `what means nothing is refused, and says why`(_ query: String, _ name: String, _ message: String) async throws {
        let desk = try Desk()
        for name in ["One", "Two", "Three"] { try await desk.create("organizations", #"{"name": "\#(name)"}"#) }
        let answer = try await desk.send("GET /v1/changes?\(query)")
        #expect(answer.status == 400 && answer.string("errors", "0", "path") == name, "\(answer.text)")
        #expect(answer.string("errors", "0", "message")?.contains(message) == true, "\(answer.text)")
    }

    @Test func `neither JSON nor events is 406`() async throws {
        let answer = try await Desk().send("GET /v1/changes", ["Accept: text/html"])
        #expect(answer.status == 406 && answer.code == "not_acceptable")
    }

    @Test func `who waits is answered when there is something to tell`() async throws {
        let desk = try Desk()
        async let answer = desk.send("GET /v1/changes?wait=60")
        // Nobody is told of a draft; that does not end the wait.
        try await desk.create("articles", #"{"headline": "Draft"}"#)
        let person = try await desk.create("people", #"{"name": "Yoav Gallant"}"#)
        #expect(try await answer.column("id") == [person.id])
        // What is there already is not waited for, nor is what lies ahead.
        #expect(try await desk.send("GET /v1/changes?wait=60").column("id") == [person.id])
        #expect(try await desk.send("GET /v1/changes?wait=60&after=9").status == 400)
    }

    @Test func `a wait ends with an empty page, and where to go on`() async throws {
        let desk = try Desk()
        try await desk.create("articles", #"{"headline": "Draft"}"#)
        let answer = try await desk.send("GET /v1/changes?wait=1")
        #expect(answer.status == 200 && answer["data"] == [] && answer["page", "next"] == 1)
    }

    @Test func `a drain lets go of who waits`() async throws {
        let desk = try Desk()
        async let answer = desk.send("GET /v1/changes?wait=60")
        async let stream = desk.listen()
        desk.program.phase = .draining
        #expect(try await answer["data"] == [])
        try await stream.task.value
    }

    @Test func `only so many may wait and listen at a time`() async throws {
        var limits = APILimits()
        (limits.listenerCountMax, limits.heartbeat) = (1, .milliseconds(5))
        let desk = try Desk(limits: limits)
        let stream = try await desk.listen()
        let refused = try await desk.send("GET /v1/changes?wait=1")
        #expect(refused.status == 503 && refused.code == "overloaded" && refused[.retryAfter] == "1")
        #expect(try await desk.send("GET /v1/changes").status == 200)
        await stream.leave()
    }
}
