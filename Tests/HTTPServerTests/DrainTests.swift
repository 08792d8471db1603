import Glibc
import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Turns

/// The end of a server: what has arrived is answered, and nothing is left.
@Suite(.inTurn) struct DrainTests {
    @Test func `idle connections are closed and new ones not taken`() async throws {
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 2, responder: Answering.path, observer: Recorder())
        server.start()
        let client = try await connected(to: server, sending: get("/"))
        #expect(try await blocking { try client.answer().status } == 200)
        await server.drain()
        #expect(try await blocking { try client.isAtEnd() })
        await #expect(throws: TestClient.Failure.self) { try await connected(to: server) }
        #expect(server.statistics.openConnectionCount == 0)
    }

    @Test func `a server that nobody is connected to ends at once`() async throws {
        var limits = ServerLimits.patient
        limits.drainIdleGrace = .seconds(600)
        try await withServer(limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/", "Connection: close\r\n"))
                #expect(try client.answer().status == 200)
            }
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
        }
    }

    @Test(arguments: ["", "\r\n"])
    func `requests in flight are answered, with the word that it was the last`(_ emptyLine: String) async throws {
        let gate = Gate()
        let responder = Answering { request in
            await gate.pass()
            return .sample("done")
        }
        var limits = ServerLimits.patient
        limits.drainWithin = .seconds(60)
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, limits: limits, responder: responder, observer: Recorder())
        server.start()
        let client = try await connected(to: server, sending: get("/") + emptyLine)
        #expect(await eventually { gate.waiterCount == 1 })
        async let drained: Void = server.drain()
        #expect(await eventually { !openSockets(onLocalPort: server.port).contains(where: \.isListening) })
        gate.open()
        try await blocking {
            let answer = try client.answer()
            #expect(answer.text == "done")
            #expect(answer["Connection"] == "close")
            client.endSending()
            #expect(try client.isAtEnd())
        }
        await drained
    }

    @Test func `a request that came while another was answered is answered too`() async throws {
        let gate = Gate()
        let responder = Answering { request in
            await gate.pass()
            return await Answering.path.respond(to: request)
        }
        let server = try Server(
            host: "127.0.0.1", port: 0, loopCount: 1, limits: .patient, responder: responder, observer: Recorder())
        server.start()
        let client = try await connected(to: server, sending: get("/first"))
        #expect(await eventually { gate.waiterCount == 1 })
        // The server has read the first alone; these are with the kernel.
        try await blocking { try client.send(get("/second") + get("/third")) }
        async let drained: Void = server.drain()
        #expect(await eventually { !openSockets(onLocalPort: server.port).contains(where: \.isListening) })
        gate.open()
        try await blocking {
            for (text, connection) in [("first", nil), ("second", nil), ("third", "close")] as [(String, String?)] {
                let answer = try client.answer()
                #expect(answer.text == text)
                #expect(answer["Connection"] == connection)
            }
            client.endSending()
        }
        await drained
    }

    @Test func `a half-sent request may be finished`() async throws {
        var limits = ServerLimits.patient
        // Longer than this waits for its turn among all the other tests, under a sanitizer too.
        limits.headWithin = .seconds(600)
        limits.drainWithin = .seconds(600)
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, limits: limits, responder: Answering.echo, observer: Recorder())
        server.start()
        let client = try await connected(to: server, sending: "POST / HTTP/1.1\r\nHost: te")
        #expect(await eventually { server.statistics.openConnectionCount == 1 })
        async let drained: Void = server.drain()
        #expect(await eventually { !openSockets(onLocalPort: server.port).contains(where: \.isListening) })
        try await blocking {
            try client.send("st\r\nContent-Length: 5\r\n\r\n")
            try client.send("hello")
            let answer = try client.answer()
            #expect(answer.text == "hello")
            #expect(answer["Connection"] == "close")
            client.endSending()
        }
        await drained
    }

    @Test func `what takes too long is cut`() async throws {
        var limits = ServerLimits.patient
        limits.drainWithin = .milliseconds(200)
        let responder = Answering { request in
            // A handler that listens to cancellation ends in time.
            try? await Task.sleep(for: .seconds(600))
            return .sample(Task.isCancelled ? "cancelled" : "slept")
        }
        let recorder = Recorder()
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, limits: limits, responder: responder, observer: recorder)
        server.start()
        let waiting = try await connected(to: server, sending: get("/"))
        #expect(await eventually { server.statistics.inFlightRequestCount == 1 })
        await server.drain()
        #expect(server.statistics.openConnectionCount == 0)
        #expect(try await blocking { try waiting.isAtEnd() })
        // Nobody got that answer, and the log does not say so.
        #expect(await eventually { recorder.summaries.map(\.responseByteCount) == [0] })
    }

    @Test(arguments: ["GET / HTTP", "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhello"])
    func `a request that is still coming when the time is up is answered`(_ part: String) async throws {
        var limits = ServerLimits.patient
        limits.drainWithin = .milliseconds(100)
        (limits.headWithin, limits.bodyGrace) = (.seconds(600), .seconds(600))
        let recorder = Recorder()
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, limits: limits, responder: Answering.echo, observer: recorder)
        server.start()
        let client = try await connected(to: server, sending: get("/") + part)
        // The first request is answered, so that the part of the next one has come too.
        #expect(try await blocking { try client.answer().status } == 200)
        await server.drain()
        let answer = try await blocking { try client.answer() }
        #expect(answer.status == 503)
        #expect(answer.text.contains("\"code\":\"unavailable\""))
        #expect(answer["Connection"] == "close")
        #expect(recorder.summaries.map(\.status) == [200, 503])
    }

    @Test func `a thousand requests that came at once do not hold the server up`() async throws {
        var limits = ServerLimits.patient
        limits.drainWithin = .milliseconds(100)
        let gate = Gate()
        let answered = Counter()
        let responder = Answering { _ in
            await gate.pass()
            pause(milliseconds: 10)
            answered.add(1)
            return .sample("dear")
        }
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, limits: limits, responder: responder, observer: Recorder())
        server.start()
        let client = try await connected(to: server, sending: String(repeating: get("/"), count: 1_000))
        #expect(await eventually { gate.waiterCount == 1 })
        gate.open()
        await server.drain()
        // All of them would take ten seconds.
        #expect(answered.count < 500)
        #expect(try await blocking { try client.answer().text } == "dear")
    }

    @Test func `a handler that never ends does not hold the server up`() async throws {
        var limits = ServerLimits.patient
        limits.drainWithin = .milliseconds(100)
        let gate = Gate()
        let responder = Answering { request in
            await gate.pass()
            return .sample("late")
        }
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, limits: limits, responder: responder, observer: Recorder())
        server.start()
        let client = try await connected(to: server, sending: get("/"))
        #expect(await eventually { gate.waiterCount == 1 })
        await server.drain()
        #expect(try await blocking { try client.isAtEnd() })
        gate.open()
    }

    @Test func `under load no request that was accepted is lost`() async throws {
        let responder = Answering { request in
            await Task.yield()
            return .sample(request.target.segments.joined())
        }
        // No clock is what loses one, nor what a client that was kept from running sends after its connection was idle for too long.
        var limits = ServerLimits.patient
        limits.drainIdleGrace = .seconds(5)
        let recorder = Recorder()
        let server = try Server(
            host: "127.0.0.1", port: 0, loopCount: 2, limits: limits, responder: responder, observer: recorder)
        server.start()
        let answered = Counter()
        let lost = Counter()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<12 {
                group.addTask {
                    try? await blocking {
                        // Half of them stay, half connect anew for each request.
                        load(server.port, keepsConnection: index % 2 == 0, answered, lost)
                    }
                }
            }
            _ = await eventually { answered.count > 2_000 }
            await server.drain()
            await group.waitForAll()
        }
        #expect(answered.count > 2_000)
        #expect(lost.count == 0)
        #expect(recorder.summaries.count == answered.count)
        #expect(server.statistics.openConnectionCount == 0)
    }

    @Test func `nothing of the port is left`() async throws {
        let port = try await withServer(loopCount: 2) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/"))
                #expect(try client.answer().status == 200)
            }
            return server.port
        }
        #expect(openSockets(onLocalPort: port).isEmpty)
    }

    @Test func `a server that was never started, or only let go of, ends too`() async throws {
        let unstarted = try Server(host: "127.0.0.1", port: 0, loopCount: 2, responder: Answering.path, observer: Recorder())
        await unstarted.drain()
        await unstarted.drain()
        #expect(openSockets(onLocalPort: unstarted.port).isEmpty)

        var server: Server? = try Server(host: "127.0.0.1", port: 0, loopCount: 2, responder: Answering.path, observer: Recorder())
        server?.start()
        let client = try await connected(to: #require(server))
        let port = try #require(server?.port)
        server = nil
        #expect(await eventually { openSockets(onLocalPort: port).isEmpty })
        #expect(try await blocking { try client.isAtEnd() })
    }
}

/// Asks for one thing after another until the server refuses connections. A request is lost when the connection was made, or had said
/// nothing of its end, and no answer came.
private func load(_ port: Int, keepsConnection: Bool, _ answered: Counter, _ lost: Counter) {
    var client: TestClient?
    while true {
        if client == nil { client = try? TestClient(port: port) }
        guard let current = client else { return }
        do {
            try current.send(get("/a"))
            let answer = try current.answer()
            guard answer.text == "a" else { return lost.add(1) }
            answered.add(1)
            if answer["Connection"] == "close" || !keepsConnection { client = nil }
        } catch {
            return lost.add(1)
        }
    }
}

/// A socket as the kernel lists it.
private struct OpenSocket {
    let isListening: Bool
}

/// The sockets of any process that listen on a port or are connected at this end; those that only wait for late packets have no owner any
/// more and do not count.
private func openSockets(onLocalPort port: Int) -> [OpenSocket] {
    guard let file = fopen("/proc/net/tcp", "r") else { return [] }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    var found: [OpenSocket] = []
    // Most lines are of other ports, and there may be thousands.
    let mark = String(port, radix: 16, uppercase: true) + " "
    while fgets(&line, CInt(line.count), file) != nil {
        guard strstr(line, mark) != nil else { continue }
        // "number: local:port remote:port state queues timer retransmits uid timeout inode …", in hexadecimal.
        let columns = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
        guard columns.count > 9, let colon = columns[1].firstIndex(of: ":"),
            Int(columns[1][colon...].dropFirst(), radix: 16) == port, columns[9] != "0"
        else { continue }
        found.append(OpenSocket(isListening: columns[3] == "0A"))
    }
    return found
}
