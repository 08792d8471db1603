import HTTP
import HTTPTypes
import Locks
import Inflating
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct ContentCoderTests {
    private static let text = Array(String(repeating: "A line of a story that goes on. ", count: 8_000).utf8)

    private func coded(
        _ body: ResponseBody, _ fields: HTTPFields = [.contentType: "application/json"], as coding: AcceptedCoding = .gzipOrIdentity
    ) async -> Response {
        await ContentCoder(byteCountMin: 1_024).coded(Response(status: .ok, fields: fields, body: body), as: coding)
    }

    @Test(arguments: [
        ("application/json", true), ("application/problem+json", true), ("application/x-ndjson", true), ("application/jsonl", true),
        ("text/plain; version=0.0.4; charset=utf-8", true), ("text/csv", true), ("TEXT/HTML;charset=utf-8", true), ("image/png", false),
        ("application/octet-stream", false), ("application/gzip", false), ("application/textual", false),
    ])
    func `only types that shrink are compressed`(_ type: String, _ isCoded: Bool) async {
        let answer = await coded(.bytes(Self.text), [.contentType: type])
        #expect((answer.fields[.contentEncoding] == "gzip") == isCoded)
        #expect((answer.fields[.vary] == "Accept-Encoding") == isCoded)
    }

    @Test func `what has a coding already, or was settled, stays`() async {
        let fields: HTTPFields = [.contentType: "text/plain", .contentEncoding: "br", .eTag: "\"1\""]
        let answer = await coded(.bytes(Self.text), fields)
        #expect(answer.fields == fields)
        let twice = await ContentCoder(byteCountMin: 1).coded(await coded(.bytes(Self.text)), as: .gzip)
        #expect(twice.fields[.contentEncoding] == "gzip")
        var settled = Response(status: .ok, fields: [.contentType: "text/plain"], body: .bytes(Self.text))
        settled.isCodingSettled = true
        #expect(await ContentCoder(byteCountMin: 1).coded(settled, as: .gzip).fields == settled.fields)
    }

    @Test func `what does not shrink stays as it is`() async {
        var state: UInt64 = 17
        let noise = (0..<50_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let answer = await coded(.bytes(noise))
        #expect(answer.fields[.contentEncoding] == nil && answer.fields[.vary] == "Accept-Encoding")
        #expect(await coded(.bytes(noise), as: .gzip).fields[.contentEncoding] == "gzip")
    }

    @Test func `an answer without a body has no coding`() async {
        for status in [HTTPResponse.Status.noContent, .notModified] {
            let answer = await ContentCoder(byteCountMin: 1).coded(Response(status: status), as: .gzip)
            #expect(answer.fields[.contentEncoding] == nil)
            #expect(answer.fields[.vary] == (status == .notModified ? "Accept-Encoding" : nil))
        }
    }

    @Test func `a weak tag stays weak, and one that is none stays`() async {
        #expect(await coded(.bytes(Self.text), [.contentType: "text/plain", .eTag: "W/\"a\""]).fields[.eTag] == "W/\"a-gzip\"")
        #expect(await coded(.bytes(Self.text), [.contentType: "text/plain", .eTag: "a"]).fields[.eTag] == "a")
    }

    @Test func `a large body lets others have their turn`() async throws {
        let turns = Turns()
        // On one thread, as on an event loop, the other gets on only where this one gives way.
        let coded = await OneThread.run {
            async let other: Void = {
                while !turns.areOver { await turns.take() }
            }()
            let coded = await GzipBody.bytes(of: ContentCoderTests.text, upTo: .max)
            turns.end()
            await other
            return coded ?? []
        }
        #expect(try inflated(coded).bytes == Self.text)
        #expect(turns.count >= Self.text.count / 32_768)
    }

    @Test func `each part of a stream can be read when it is written, and the end is at the end`() async throws {
        let sink = CollectingSink()
        let expected = CollectingSink()
        let answer = await coded(
            .stream { output in
                for part in ["one\n", "", "two\n", String(repeating: "x", count: 100_000)] {
                    try await output.write(Array(part.utf8))
                    try await expected.write(Array(part.utf8))
                    let soFar = try sink.bytes.isEmpty ? (bytes: [], isWhole: false) : inflated(sink.bytes)
                    #expect(soFar.bytes == expected.bytes && !soFar.isWhole)
                }
            }, [.contentType: "application/x-ndjson", .eTag: "\"1\""])
        #expect(answer.fields[.contentEncoding] == "gzip" && answer.fields[.eTag] == "\"1-gzip\"")
        guard case .stream(let produce) = answer.body else { throw NotStreamed() }
        try await produce(sink)
        let whole = try inflated(sink.bytes)
        #expect(whole.isWhole && whole.bytes == expected.bytes)
    }

    @Test func `a stream that fails has no end`() async throws {
        let sink = CollectingSink()
        let answer = await coded(
            .stream { output in
                try await output.write(Array("half".utf8))
                throw NotStreamed()
            })
        guard case .stream(let produce) = answer.body else { throw NotStreamed() }
        await #expect(throws: NotStreamed.self) { try await produce(sink) }
        let half = try inflated(sink.bytes)
        #expect(half.bytes == Array("half".utf8) && !half.isWhole)
    }

    @Test func `a reader that is gone ends the producer`() async throws {
        let answer = await coded(.stream { output in while true { try await output.write(ContentCoderTests.text) } })
        guard case .stream(let produce) = answer.body else { throw NotStreamed() }
        await #expect(throws: ConnectionLost.self) { try await produce(CollectingSink(isLost: true)) }
    }

    private struct NotStreamed: Error {}
}

/// Turns that a task gets beside another.
private final class Turns: Sendable {
    private let state = Lock((count: 0, areOver: false))

    var count: Int { state.withLock { $0.count } }
    var areOver: Bool { state.withLock { $0.areOver } }

    func take() async {
        state.withLock { $0.count += 1 }
        await Task.yield()
    }

    func end() { state.withLock { $0.areOver = true } }
}

/// Runs tasks one after the other on a single thread.
private final class OneThread: TaskExecutor {
    private let jobs = Lock<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Runs `body` and what it starts, turn by turn.
    static func run(_ body: @escaping @Sendable () async -> [UInt8]) async -> [UInt8] {
        let executor = OneThread()
        let isDone = Lock(false)
        let task = Task(executorPreference: executor) {
            defer { isDone.withLock { $0 = true } }
            return await body()
        }
        while !isDone.withLock({ $0 }) {
            guard let job = executor.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                await Task.yield()
                continue
            }
            job.runSynchronously(on: executor.asUnownedTaskExecutor())
        }
        return await task.value
    }
}
