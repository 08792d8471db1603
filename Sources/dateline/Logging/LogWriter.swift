internal import Dispatch
internal import Glibc
internal import JSON
internal import Newsroom
internal import Locks

/// Takes log lines from every thread and writes them on a thread of its own, so that a slow terminal or a full pipe stalls nobody.
///
/// What waits is bounded: a line that finds no room is dropped and counted, and the count is a line of its own once there is room again.
final class LogWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var droppedCount = 0
        /// Whether the writing thread is at it: it looks once more before it stops, under the same lock as those who append.
        var isWriting = false
    }

    private let state = Lock(State())
    private let byteCountMax: Int
    private let write: @Sendable ([UInt8]) -> Void
    private let queue = DispatchQueue(label: "dateline.log")

    /// Between two writes: lines of a busy server go out by the thousand, not one by one.
    private static let pauseMicroseconds: UInt32 = 5_000

    /// - Parameters:
    ///   - byteCountMax: how many bytes of lines may wait.
    ///   - write: writes some lines, taking as long as it takes.
    init(byteCountMax: Int, write: @escaping @Sendable ([UInt8]) -> Void = { try? StandardStream.error.write($0) }) {
        self.byteCountMax = byteCountMax
        self.write = write
    }

    /// Adds a line, which ends in LF. It returns at once.
    func append(_ line: [UInt8]) {
        let starts = state.withLock { state in
            if state.waiting.count + line.count <= byteCountMax {
                state.waiting += line
            } else {
                state.droppedCount += 1
            }
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if starts { queue.async { self.writeOut() } }
    }

    /// Waits until everything that was added before has been written, for a second at the most.
    func flush() {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: .now() + .seconds(1))
    }

    private func writeOut() {
        while let lines = takeWaiting() {
            write(lines)
            usleep(Self.pauseMicroseconds)
        }
    }

    /// What waits now, with a line about those that were dropped; nil when there is nothing: the next line starts the writing again.
    private func takeWaiting() -> [UInt8]? {
        let (lines, droppedCount) = state.withLock { state in
            defer {
                state.isWriting = !state.waiting.isEmpty || state.droppedCount > 0
                state.waiting = []
                state.droppedCount = 0
            }
            return (state.waiting, state.droppedCount)
        }
        guard !lines.isEmpty || droppedCount > 0 else { return nil }
        return droppedCount == 0 ? lines : lines + Self.line(droppedCount: droppedCount)
    }

    private static func line(droppedCount: Int) -> [UInt8] {
        var line = LogLine(level: "warning", message: "log lines were dropped")
        line.writer.name("count")
        line.writer.integer(Int64(droppedCount))
        return line.finish()
    }
}

/// One log line that is being written: a JSON object that begins with `time`, `level` and `message`.
struct LogLine: ~Copyable {
    var writer = JSONWriter(reserving: 320)

    init(level: String, message: String) {
        writer.beginObject()
        writer.name("time")
        writer.string(Instant.now().rfc3339)
        writer.name("level")
        writer.string(level)
        writer.name("message")
        writer.string(message.clipped(to: 2_048))
    }

    consuming func finish() -> [UInt8] {
        writer.endObject()
        writer.endLine()
        return writer.take()
    }
}

extension String {
    /// The text itself when it is short enough, else its beginning with an ellipsis.
    func clipped(to byteCountMax: Int) -> String {
        guard utf8.count > byteCountMax else { return self }
        let bytes = Array(utf8.prefix(byteCountMax + 1))
        // Not inside a character: the first byte that is left out must not continue one.
        let end = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        return String(decoding: bytes[..<end], as: UTF8.self) + "…"
    }
}

extension Instant {
    /// The wall clock.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
