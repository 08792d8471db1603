import Glibc
import Testing
import Turns

@testable import HTTPServer

/// The loop by itself, without HTTP.
@Suite(.inTurn) struct EventLoopTests {
    /// Runs a loop of its own for the time of `body`.
    private func withLoop<Result: Sendable>(_ body: @Sendable (EventLoop) async throws -> Result) async throws -> Result {
        let loop = try EventLoop(calls: .linux)
        let threads = LoopThreads()
        try threads.start(loop)
        do {
            let result = try await body(loop)
            await end(loop, threads)
            return result
        } catch {
            await end(loop, threads)
            throw error
        }
    }

    private func end(_ loop: EventLoop, _ threads: LoopThreads) async {
        Task(executorPreference: loop) { loop.beginDrain(idleGrace: 0, within: 0) }
        await threads.end()
    }

    @Test func `a task that prefers the loop runs on its thread, also after waiting elsewhere`() async throws {
        try await withLoop { loop in
            #expect(!loop.isOnThread)
            await Task(executorPreference: loop) {
                #expect(loop.isOnThread)
                let there = await Task.detached { loop.isOnThread }.value
                #expect(!there)
                #expect(loop.isOnThread)
                await Task.yield()
                #expect(loop.isOnThread)
            }.value
        }
    }

    @Test func `no job from another thread is lost`() async throws {
        try await withLoop { loop in
            let counter = Counter()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<2_000 {
                    group.addTask(executorPreference: loop) {
                        await Task.detached {}.value
                        if loop.isOnThread { counter.add(1) }
                    }
                }
            }
            #expect(counter.count == 2_000)
        }
    }

    @Test func `a channel that is closed reads and writes nothing, for its number may be another's`() throws {
        let callCount = Counter()
        var calls = SystemCalls.linux
        calls.receive = { _, _ in
            callCount.add(1)
            return 1
        }
        calls.send = { _, bytes, rest in
            callCount.add(1)
            return bytes.count + rest.count
        }
        let loop = try EventLoop(calls: calls)
        var ends: [CInt] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let far = FileDescriptor(owning: ends[1])
        let channel = Channel(FileDescriptor(owning: ends[0]), on: loop)
        loop.adopt(channel)
        let byte: [UInt8] = [1]
        #expect(channel.receive() == .bytes(1))
        #expect(byte.withUnsafeBytes { channel.send($0) } == .bytes(1))
        channel.close()
        #expect(channel.receive() == .lost)
        #expect(byte.withUnsafeBytes { channel.send($0) } == .lost)
        #expect(callCount.count == 2)
        _ = consume far
    }

    @Test func `no job is lost that comes while the loop ends`() async throws {
        for _ in 0..<50 {
            let counter = Counter()
            let loop = try EventLoop(calls: .linux)
            let threads = LoopThreads()
            try threads.start(loop)
            let tasks = (0..<20).map { _ in
                Task(executorPreference: loop) {
                    for _ in 0..<20 { await Task.detached {}.value }
                    counter.add(1)
                }
            }
            await end(loop, threads)
            // Those that still run do so on the threads that bring their jobs.
            #expect(await eventually { counter.count == 20 })
            for task in tasks { await task.value }
        }
    }

    @Test func `waits end by readiness, by their deadline, or by a cut`() async throws {
        try await withLoop { loop in
            try await Task(executorPreference: loop) {
                let pair = try Pair(on: loop)
                let channel = pair.channel
                let soon = loop.now + 20_000_000
                #expect(await channel.readable(until: soon) == .timedOut)
                #expect(loop.now >= soon)
                #expect(await channel.writable(until: .never) == .ready)

                pair.write()
                #expect(await channel.readable(until: .never) == .ready)
                // Reported once, it is still there to read.
                #expect(await channel.readable(until: .never) == .ready)
                #expect(await channel.rest(until: loop.now + 5_000_000) == .timedOut)

                channel.cut()
                #expect(await channel.readable(until: .never) == .cut)
                channel.close()
                #expect(!channel.isOpen)
                #expect(await channel.readable(until: .never) == .cut)
            }.value
        }
    }

    @Test func `what is reported once is read to its end, with the end`() async throws {
        try await withLoop { loop in
            try await Task(executorPreference: loop) {
                let pair = try Pair(on: loop)
                let byteCount = loop.input.count * 2 + 10
                pair.write(byteCount: byteCount)
                pair.end()
                var receivedByteCount = 0
                while await pair.channel.readable(until: loop.now + 5_000_000_000) == .ready {
                    guard case .bytes(let count) = pair.channel.receive() else { break }
                    receivedByteCount += count
                }
                #expect(receivedByteCount == byteCount)
                #expect(pair.channel.receive() == .endOfStream)
                pair.channel.close()
            }.value
        }
    }

    @Test func `a writer waits for room, and no longer`() async throws {
        try await withLoop { loop in
            try await Task(executorPreference: loop) {
                let pair = try Pair(on: loop)
                let channel = pair.channel
                let bytes = [UInt8](repeating: 1, count: 65_536)
                while case .bytes = bytes.withUnsafeBytes({ channel.send($0) }) {}
                #expect(await channel.writable(until: loop.now + 5_000_000) == .timedOut)
                pair.readAll()
                #expect(await channel.writable(until: loop.now + 5_000_000_000) == .ready)
                channel.close()
            }.value
        }
    }

    @Test func `a rest ends with its connection, even one that has gone before`() async throws {
        try await withLoop { loop in
            try await Task(executorPreference: loop) {
                let pair = try Pair(on: loop)
                pair.write()
                #expect(await pair.channel.readable(until: .never) == .ready)
                pair.end()
                #expect(await pair.channel.rest(until: loop.now + 5_000_000) == .timedOut)
                #expect(pair.channel.endOutput())
                #expect(await pair.channel.rest(until: .never) == .ready)
                #expect(await pair.channel.rest(until: .never) == .ready)
                pair.channel.close()
            }.value
        }
    }

    @Test func `a later deadline takes the place of an earlier one`() async throws {
        try await withLoop { loop in
            try await Task(executorPreference: loop) {
                let pair = try Pair(on: loop)
                let channel = pair.channel
                pair.write()
                #expect(await channel.readable(until: loop.now + 10_000_000) == .ready)
                let late = loop.now + 60_000_000
                #expect(await channel.rest(until: late) == .timedOut)
                #expect(loop.now >= late)
                channel.close()
            }.value
        }
    }

    @Test func `no event of a closed channel reaches the one that has its number now`() async throws {
        try await withLoop { loop in
            try await Task(executorPreference: loop) {
                for _ in 0..<200 {
                    let old = try Pair(on: loop)
                    old.write()
                    #expect(await old.channel.readable(until: .never) == .ready)
                    old.channel.close()
                    // The slot, and as a rule the descriptor, are those of the old one.
                    let new = try Pair(on: loop)
                    #expect(await new.channel.readable(until: loop.now + 1_000_000) == .timedOut)
                    new.channel.close()
                }
            }.value
        }
    }
}

/// Two connected sockets: a channel of the loop, and a far end that writes to it.
private final class Pair: Sendable {
    let channel: Channel
    private let far: FileDescriptor

    init(on loop: EventLoop) throws {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemError("socketpair", errno) }
        channel = Channel(FileDescriptor(owning: ends[0]), on: loop)
        far = FileDescriptor(owning: ends[1])
        loop.adopt(channel)
    }

    func write(byteCount: Int = 1) {
        let bytes = [UInt8](repeating: 1, count: byteCount)
        #expect(Glibc.write(far.rawValue, bytes, byteCount) == byteCount)
    }

    /// Reads what is there now.
    func readAll() {
        var bytes = [UInt8](repeating: 0, count: 1_048_576)
        while read(far.rawValue, &bytes, bytes.count) > 0 {}
    }

    /// The far end writes no more.
    func end() { #expect(shutdown(far.rawValue, CInt(SHUT_WR)) == 0) }
}
