import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// The change feed as server-sent events.
@Suite(.inTurn) struct ChangeStreamTests {
    /// A client is given up at its next write: signs of life come soon.
    private func desk(_ change: (inout APILimits) -> Void = { _ in }) throws -> Desk {
        var limits = APILimits()
        limits.heartbeat = .milliseconds(5)
        change(&limits)
        return try Desk(limits: limits)
    }

    private func people(_ range: Range<Int>, in desk: Desk) async throws {
        for number in range { try await desk.create("people", #"{"name": "Person \#(number)"}"#) }
    }

    @Test func `a stream begins with what comes next, and says where that is`() async throws {
        let desk = try desk()
        try await people(0..<2, in: desk)
        let stream = try await desk.listen()
        let fields = stream.response.fields
        #expect(fields[.contentType] == "text/event-stream" && fields[.cacheControl] == "no-store" && fields[.contentEncoding] == nil)
        #expect(fields[.known("X-Accel-Buffering")] == "no" && fields[.vary]?.contains("Accept") == true)
        await stream.sink.wait { $0.hasPrefix(": the change feed\nretry: 2000\n\nid: 2\n\n") }
        let made = try await desk.create("people", #"{"name": "Yoav Gallant"}"#)
        let event = try #require(await stream.events(1).first)
        #expect(event.name == "change" && event.id == "3")
        let data = try JSONReader.read(Array(event.data.utf8))
        let page = try await desk.send("GET /v1/changes?after=2")
        #expect(data == page["data", "0"] && page.column("id") == [made.id])
        await stream.leave()
    }

    @Test(arguments: [
        ("/v1/changes?after=1", [String]()), ("/v1/changes?after=2", ["Last-Event-ID: 1"]), ("/v1/changes", ["Last-Event-ID: 1"]),
    ])
    func `a stream goes on behind the last event, which goes before the parameter`(_ target: String, _ fields: [String]) async throws {
        let desk = try desk()
        try await people(0..<450, in: desk)
        let stream = try await desk.listen(target, fields)
        #expect(await stream.events(449).map(\.id) == (2...450).map { String($0) })
        try await people(450..<455, in: desk)
        #expect(await stream.events(454).map(\.id) == (2...455).map { String($0) })
        await stream.leave()
    }

    @Test func `everybody and the newsroom hear what they may, and of some kinds those alone`() async throws {
        let desk = try desk()
        let (all, newsroom) = (try await desk.listen(), try await desk.listenAsNewsroom())
        let events = try await desk.listen("/v1/changes?kind=event,statement")
        let article = try await desk.create("articles", #"{"headline": "Draft"}"#)
        try await desk.create("events", #"{"title": "Talks"}"#)
        _ = try await desk.write("POST /v1/articles/\(article.id)/actions/publish", "{}", ["If-Match: *"])
        try await desk.create("people", #"{"name": "Yoav Gallant"}"#)
        #expect(await all.events(3).map(\.id) == ["2", "3", "4"] && all.events[1].data.contains(#""operation":"created""#))
        #expect(await newsroom.events(4).map(\.id) == ["1", "2", "3", "4"])
        #expect(newsroom.events[2].data.contains(#""operation":"transitioned""#) && newsroom.events[2].data.contains(#""actor":"admin""#))
        #expect(!all.sink.text.contains("actor") && !all.sink.text.contains("transitioned"))
        // Whoever comes back does not read again what was not for them.
        await events.sink.wait { ReceivedEvent.all(in: $0).lastID == "4" }
        #expect(events.events.map(\.id) == ["2"])
        for stream in [all, newsroom, events] { await stream.leave() }
    }

    @Test func `a quiet stream gives signs of life, with the place that it has come to`() async throws {
        let desk = try desk()
        let stream = try await desk.listen()
        await stream.sink.wait { $0.contains("\n:\n") }
        try await desk.create("articles", #"{"headline": "Draft"}"#)
        await stream.sink.wait { $0.contains(":\nid: 1\n\n") }
        #expect(stream.events.isEmpty)
        await stream.leave()
    }

    @Test func `a listener that takes nothing for too long is told to come back, and others go on`() async throws {
        let desk = try desk { $0.listenerByteCountMax = 2_000 }
        let (slow, quick) = (try await desk.listen(), try await desk.listen())
        try await people(0..<1, in: desk)
        _ = await (slow.events(1), quick.events(1))
        slow.sink.hold(true)
        await slow.sink.waitUntilWrittenTo()
        for number in 1..<40 {
            try await people(number..<number + 1, in: desk)
            _ = await quick.events(number + 1)
        }
        #expect(quick.events.map(\.id) == (1...40).map { String($0) })
        slow.sink.hold(false)
        await slow.task.value
        let (events, lastID) = ReceivedEvent.all(in: slow.sink.text)
        #expect(events.last?.name == "resync" && events.last?.data == #"{"after":\#(lastID)}"#)
        let place = try #require(Int(lastID))
        #expect(place < 40 && events.dropLast().map(\.id) == (1...place).map { String($0) })
        // It finds what it missed.
        let again = try await desk.listen("/v1/changes", ["Last-Event-ID: \(lastID)"])
        #expect(await again.events(40 - place).map(\.id) == (place + 1...40).map { String($0) })
        for stream in [quick, again] { await stream.leave() }
    }

    @Test func `a stream ends when its token is revoked`() async throws {
        let desk = try desk()
        let secret = "dl_0123456789abcdefghijklmnopqrstuv"
        try await desk.add(AccessToken(name: "wall", role: .reader), secret: secret)
        let stream = try await desk.listen("/v1/changes", ["Authorization: Bearer \(secret)"])
        let other = try await desk.listenAsNewsroom()
        await stream.sink.wait { !$0.isEmpty }
        let isRevoked = try await desk.newsroom.tokens.revoke(named: "wall")
        try #require(isRevoked)
        await stream.task.value
        let last = try await desk.create("articles", #"{"headline": "Draft"}"#)
        _ = await other.events(1)
        #expect(!stream.sink.text.contains(last.id))
        await other.leave()
    }

    @Test(arguments: [
        ("/v1/changes?limit=5", [], "limit"), ("/v1/changes?wait=5", [], "wait"), ("/v1/changes?pretty", [], "pretty"),
        ("/v1/changes", ["Last-Event-ID: x"], "Last-Event-ID"), ("/v1/changes", ["Last-Event-ID: 7"], "Last-Event-ID"),
        ("/v1/changes?after=7", [], "after"), ("/v1/changes?cursor=7", [], "cursor"),
    ])
    func `what goes with no stream is refused`(_ target: String, _ fields: [String], _ path: String) async throws {
        let answer = try await desk().send("GET " + target, fields + ["Accept: text/event-stream"])
        #expect(answer.status == 400 && answer.string("errors", "0", "path") == path, "\(answer.text)")
    }

    @Test func `events are chosen by Accept, and JSON is liked as well`() async throws {
        let desk = try desk()
        let page = try await desk.send("GET /v1/changes", ["Accept: application/json, text/event-stream;q=0.5"])
        #expect(page[.contentType] == "application/json")
        let head = try await desk.api.respond(to: Desk.request("HEAD /v1/changes", ["Accept: text/event-stream"]))
        #expect(head.fields[.contentType] == "text/event-stream")
    }
}
