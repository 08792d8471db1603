import JSON
import Logging
import Locks
import Testing
import Turns

@testable import dateline

/// The log: one JSON object a line, bounded.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct LogTests {
    @Test func `a message is one object with its metadata as members`() throws {
        let sink = Sink()
        let writer = LogWriter(byteCountMax: 65_536, write: sink.write)
        let log = Logger(label: "test") { _ in JSONLogHandler(threshold: LogThreshold(.info), writer: writer) }
        log.warning(
            "disk is \"full\"\n", metadata: ["path": "/data", "bytes": .stringConvertible(17), "time": "mine", "list": ["a", "b"]])
        log.debug("not this")
        writer.flush()
        let lines = sink.lines
        #expect(lines.count == 1)
        guard case .object(let object) = try JSONReader.read(Array(lines[0].utf8)) else { throw Failed("not an object") }
        #expect(object.members.map(\.name) == ["time", "level", "message", "bytes", "list", "path"])
        #expect(object["level"] == .string("warning"))
        #expect(object["message"] == .string("disk is \"full\"\n"))
        #expect(object["bytes"] == .integer(17))
        #expect(object["list"] == .array([.string("a"), .string("b")]))
        guard case .string(let time)? = object["time"] else { throw Failed("no time") }
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test func `one threshold holds for all loggers, whenever it changes, and a logger's own goes before it`() {
        let sink = Sink()
        let writer = LogWriter(byteCountMax: 65_536, write: sink.write)
        let threshold = LogThreshold(.warning)
        let log = Logger(label: "test") { _ in JSONLogHandler(threshold: threshold, writer: writer) }
        var own = log
        own.logLevel = .error
        log.info("too little")
        threshold.level = .debug
        for logger in [log, own] { logger.debug("enough now") }
        own.error("always")
        writer.flush()
        #expect(sink.lines.count == 2)
        #expect(sink.lines.first?.contains("enough now") == true && sink.lines.last?.contains("always") == true)
    }

    @Test func `values are bounded and cut between characters`() {
        #expect("abc".clipped(to: 3) == "abc")
        #expect("abcd".clipped(to: 3) == "abc…")
        #expect("aé".clipped(to: 2) == "a…")
        #expect("aéb".clipped(to: 3) == "aé…")
        #expect("🙂🙂".clipped(to: 7) == "🙂…")
        #expect("🙂🙂".clipped(to: 4) == "🙂…")
        #expect("🙂".clipped(to: 2) == "…")
    }

    @Test func `lines that find no room are dropped and counted, and nobody waits`() {
        let sink = Sink(isBlocked: true)
        let writer = LogWriter(byteCountMax: 100, write: sink.write)
        let line = Array((String(repeating: "x", count: 39) + "\n").utf8)
        // The first is taken at once by the writing thread, which then stands still; two fit behind it.
        writer.append(line)
        sink.waitUntilBlocked()
        for _ in 0..<7 { writer.append(line) }
        sink.unblock()
        writer.flush()
        let lines = sink.lines
        #expect(lines.filter { $0.hasPrefix("x") }.count == 3)
        #expect(lines.count == 4)
        #expect(lines.last?.contains("\"message\":\"log lines were dropped\",\"count\":5") == true)
    }

    @Test func `a dropped line is told even when nothing waits, and when nothing follows`() {
        let sink = Sink()
        let writer = LogWriter(byteCountMax: 100, write: sink.write)
        writer.append(Array(repeating: UInt8(ascii: "x"), count: 101))
        writer.flush()
        #expect(sink.lines.count == 1)
        #expect(sink.lines.last?.contains("\"message\":\"log lines were dropped\",\"count\":1") == true)
    }

    @Test func `a line that is dropped while another is written is told after it`() {
        let sink = Sink(isBlocked: true)
        let writer = LogWriter(byteCountMax: 100, write: sink.write)
        writer.append(Array("x\n".utf8))
        sink.waitUntilBlocked()
        writer.append(Array(repeating: UInt8(ascii: "y"), count: 101))
        sink.unblock()
        writer.flush()
        #expect(sink.lines.count == 2)
        #expect(sink.lines.last?.contains("\"count\":1") == true)
    }

    @Test func `lines of many threads stay whole and in the order of each`() async {
        let sink = Sink()
        let writer = LogWriter(byteCountMax: 10_000_000, write: sink.write)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { for number in 0..<500 { writer.append(Array("\(task) \(number)\n".utf8)) } }
            }
        }
        writer.flush()
        let lines = sink.lines.map { $0.split(separator: " ").compactMap { Int($0) } }
        #expect(lines.count == 4_000)
        for task in 0..<8 { #expect(lines.filter { $0[0] == task }.map { $0[1] } == Array(0..<500)) }
    }

    @Test func `a flush does not wait for ever for a reader that reads nothing`() {
        let sink = Sink(isBlocked: true)
        let writer = LogWriter(byteCountMax: 100, write: sink.write)
        writer.append(Array("x\n".utf8))
        sink.waitUntilBlocked()
        writer.flush()
        #expect(sink.lines.isEmpty)
        sink.unblock()
    }
}

/// Takes what a log writes, at once or when it is let.
private final class Sink: Sendable {
    private let bytes = Lock<[UInt8]>([])
    private let gate: Gate?

    init(isBlocked: Bool = false) {
        gate = isBlocked ? Gate() : nil
    }

    var write: @Sendable ([UInt8]) -> Void {
        { lines in
            self.gate?.pass()
            self.bytes.withLock { $0 += lines }
        }
    }

    func waitUntilBlocked() { gate?.waitForArrival() }
    func unblock() { gate?.open() }

    var lines: [String] {
        bytes.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n").map(String.init)
    }
}
