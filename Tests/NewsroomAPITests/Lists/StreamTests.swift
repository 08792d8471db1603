import HTTP
import HTTPTypes
import JSON
import Locks
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// Lists as ids, arrays, NDJSON and tables, to their end.
@Suite(.inTurn) struct StreamTests {
    private func desk(_ count: Int, limits: APILimits = APILimits()) async throws -> Desk {
        let desk = try Desk(limits: limits)
        for number in 0..<count {
            let digits = String(number)
            let name = String(repeating: "0", count: 3 - digits.count) + digits
            try await desk.create("organizations", #"{"name": "Office \#(name)", "kind": "media"}"#)
        }
        return desk
    }

    private func lines(_ answer: Answer) -> [Substring] {
        answer.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    @Test func `each shape holds the whole list in its order`() async throws {
        let desk = try await desk(60)
        let page = try await desk.send("GET /v1/organizations?limit=200")
        let ids = page.column("id")
        #expect(ids.count == 60)
        let idLines = try await desk.send("GET /v1/organizations?shape=ids")
        #expect(lines(idLines).map { String($0) } == ids && idLines[.contentType] == "text/plain; charset=utf-8")
        let array = try await desk.send("GET /v1/organizations?shape=array")
        #expect(try JSONReader.read(array.body) == page["data"] && array[.contentType] == "application/json")
        let ndjson = try await desk.send("GET /v1/organizations?shape=ndjson")
        #expect(ndjson[.contentType] == "application/x-ndjson")
        let read = try lines(ndjson).map { try JSONReader.read(Array($0.utf8)) }
        #expect(JSONValue.array(read) == page["data"])
        let csv = try await desk.send("GET /v1/organizations?shape=csv&fields=name,id")
        #expect(csv[.contentType] == "text/csv; charset=utf-8; header=present" && csv.text.hasPrefix("name,id\r\nOffice 000,\(ids[0])\r\n"))
        #expect(csv.text.utf8.count { $0 == UInt8(ascii: "\n") } == 61)
        for answer in [idLines, array, ndjson, csv] {
            #expect(answer[.vary] == "Accept, Authorization, Accept-Encoding" && answer[.cacheControl] == "private, no-cache")
            #expect(answer[.eTag] == nil)
        }
    }

    @Test(arguments: [1, 24, 25, 26, 50, 59, 60, 61, 1_000_000])
    func `a limit bounds the whole, and a cursor is where it begins`(_ limit: Int) async throws {
        // A page ends after each item.
        var limits = APILimits()
        limits.streamByteCountMax = 1
        let desk = try await desk(60, limits: limits)
        let all = try await desk.send("GET /v1/organizations?limit=200").column("id")
        let answer = try await desk.send("GET /v1/organizations?shape=ids&limit=\(limit)")
        #expect(lines(answer).map { String($0) } == Array(all.prefix(limit)))
        let cursor = try #require(try await desk.send("GET /v1/organizations?limit=7").string("page", "next"))
        let rest = try await desk.send("GET /v1/organizations?shape=ids&limit=\(limit)&cursor=\(cursor)")
        #expect(lines(rest).map { String($0) } == Array(all.dropFirst(7).prefix(limit)))
    }

    @Test func `a table calls a speaker without a name as the source is called, and an article by its headline`() async throws {
        let desk = try Desk()
        try await desk.create("articles", #"{"headline":"Talks, again","slug":"a","status":"published"}"#)
        let speaker = #"{"unnamed":{"description":"an aide","organization":{"external_id":"desk:o"}}}"#
        try await desk.create("organizations", #"{"name":"Office","external_ids":{"desk":"o"}}"#)
        try await desk.create("statements", #"{"speaker":\#(speaker),"text":"No.","article":{"slug":"a"}}"#)
        let csv = try await desk.send("GET /v1/statements?shape=csv&fields=speaker,article")
        #expect(csv.text.hasSuffix(",an aide,\"Talks, again\"\r\n"), "\(csv.text)")
    }

    @Test func `an empty list is an empty text, array or table`() async throws {
        let desk = try Desk()
        #expect(try await desk.send("GET /v1/events?shape=ids").text == "")
        #expect(try await desk.send("GET /v1/events?shape=ndjson").text == "")
        #expect(try await desk.send("GET /v1/events?shape=array").text == "[]\n")
        #expect(try await desk.send("GET /v1/events?shape=csv&fields=title").text == "id,title\r\n")
    }

    @Test(arguments: [
        ("application/x-ndjson", "application/x-ndjson"), ("application/jsonl", "application/x-ndjson"),
        ("text/csv", "text/csv; charset=utf-8; header=present"), ("text/csv;q=0.1, application/json;q=0.2", "application/json"),
        ("text/*", "text/csv; charset=utf-8; header=present"), ("application/*", "application/json"), ("*/*", "application/json"),
    ])
    func `the type that is wanted decides`(_ accept: String, _ type: String) async throws {
        let desk = try await desk(1)
        // A page that was kept is not given to somebody who wants another type, nor the other way round.
        for _ in 0..<2 {
            let answer = try await desk.send("GET /v1/organizations", ["Accept: \(accept)"])
            #expect(answer.status == 200 && answer[.contentType] == type)
            #expect(try await desk.send("GET /v1/organizations")[.contentType] == "application/json")
        }
    }

    @Test func `a shape goes before the type that is wanted, and neither is 406`() async throws {
        let desk = try await desk(1)
        #expect(try await desk.send("GET /v1/organizations?shape=ids", ["Accept: text/html"]).status == 200)
        #expect(try await desk.send("GET /v1/organizations?shape=page", ["Accept: text/csv"])[.contentType] == "application/json")
        #expect(try await desk.send("GET /v1/organizations", ["Accept: text/html"]).code == "not_acceptable")
        #expect(try await desk.send("GET /v1/organizations/office-000", ["Accept: text/csv"]).status == 406)
    }

    @Test func `what has no place in a stream is 400, and so is an unknown shape`() async throws {
        let desk = try Desk()
        for query in [
            "shape=csv&include=parent", "shape=array&facets=kind", "shape=ids&count=exact", "shape=ids&fields=name", "shape=array&pretty",
            "shape=csv&limit=0", "shape=cvs", "shape=csv&fields=nam",
        ] {
            let answer = try await desk.send("GET /v1/organizations?\(query)")
            #expect(answer.status == 400 && answer.code == "invalid_parameter", "\(query): \(answer.text)")
        }
        #expect(try await desk.send("GET /v1/organizations?shape=cvs").text.contains("did you mean csv?"))
        #expect(try await desk.send("GET /v1/organizations?facets=kind", ["Accept: text/csv"]).status == 400)
    }

    @Test func `only what the viewer may see is streamed`() async throws {
        let desk = try Desk()
        for (headline, status) in [("Out", "published"), ("Not out", "draft")] {
            let date = #""published_at": "2024-03-01T00:00:00Z""#
            try await desk.create("articles", #"{"headline": "\#(headline)", "status": "\#(status)", \#(date)}"#)
        }
        #expect(try await desk.send("GET /v1/articles?shape=csv&fields=headline&sort=headline").text.contains("Not out") == false)
        #expect(try await desk.sendAsNewsroom("GET /v1/articles?shape=csv&fields=headline").text.contains("Not out"))
    }

    @Test func `places are few, and given back when a stream ends, however it ends`() async throws {
        var limits = APILimits()
        limits.streamCountMax = 1
        let desk = try await desk(2, limits: limits)
        for _ in 0..<3 { #expect(try await desk.send("GET /v1/organizations?shape=ids").status == 200) }
        for _ in 0..<3 { #expect(try await desk.send("HEAD /v1/organizations?shape=ids").status == 200) }
        for _ in 0..<3 {
            let response = await desk.api.respond(to: try Desk.request("GET /v1/organizations?shape=csv"))
            guard case .stream(let produce) = response.body else { throw NoStream() }
            await #expect(throws: ConnectionLost.self) { try await produce(CollectingSink(isLost: true)) }
        }
        let held = await desk.api.respond(to: try Desk.request("GET /v1/organizations?shape=csv"))
        let refused = try await desk.send("GET /v1/events?shape=ids")
        #expect(refused.status == 503 && refused.code == "overloaded" && refused[.retryAfter] == "1")
        #expect(try await desk.send("GET /v1/events").status == 200)
        withExtendedLifetime(held) {}
    }

    struct NoStream: Error {}

    @Test func `a page that cannot be read ends the stream without its end`() async throws {
        var limits = APILimits()
        limits.streamByteCountMax = 1
        let desk = try await desk(3, limits: limits)
        let response = await desk.api.respond(to: try Desk.request("GET /v1/organizations?shape=array"))
        guard case .stream(let produce) = response.body else { throw NoStream() }
        await desk.newsroom.close()
        let sink = CollectingSink()
        await #expect(throws: Problem.self) { try await produce(sink) }
        let text = String(decoding: sink.bytes, as: UTF8.self)
        #expect(text.hasPrefix("[\n{") && !text.hasSuffix("]\n"))
    }

    @Test func `memory is bounded by a page, however long the list is`() async throws {
        var limits = APILimits()
        limits.streamByteCountMax = 2_000
        let desk = try await desk(100, limits: limits)
        let response = await desk.api.respond(to: try Desk.request("GET /v1/organizations?shape=ndjson"))
        guard case .stream(let produce) = response.body else { throw NoStream() }
        let sink = LargestPart()
        try await produce(sink)
        #expect(sink.largest > 0 && sink.largest < 20_000)
    }
}

/// Knows the largest part that was written to it.
private final class LargestPart: ResponseBodySink {
    private let byteCount = Lock(0)

    func write(_ bytes: [UInt8]) async throws(ConnectionLost) {
        byteCount.withLock { $0 = max($0, bytes.count) }
    }

    func flush() async throws(ConnectionLost) {}

    var largest: Int { byteCount.withLock { $0 } }
}
