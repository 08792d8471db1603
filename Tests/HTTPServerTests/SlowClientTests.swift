import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Turns

/// Clients that are slow, on purpose or not: each has its clock, and nobody else waits for it.
@Suite(.inTurn) struct SlowClientTests {
    @Test func `a body that comes byte by byte, and too slowly, is refused`() async throws {
        var limits = ServerLimits.patient
        limits.bodyGrace = .milliseconds(200)
        limits.bodyBytesPerSecondMin = 100_000
        try await withServer(.echo, limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n")
                let sender = Task.detached { while !Task.isCancelled { try client.send("x"); pause(milliseconds: 5) } }
                defer { sender.cancel() }
                let answer = try client.answer()
                #expect(answer.status == 408)
                #expect(answer.text.contains("\"code\":\"body_timeout\""))
            }
        }
    }

    @Test func `a reader that takes a byte now and then, and too few, is cut`() async throws {
        var limits = ServerLimits.patient
        limits.answerStall = .milliseconds(200)
        limits.answerBytesPerSecondMin = 1_000_000
        let responder = Answering { _ in .sample([UInt8](repeating: 0, count: 32 << 20)) }
        try await withServer(responder, limits: limits) { server in
            let client = try await connected(to: server, sending: get("/"), receiveByteCount: 4_096)
            let reader = Task.detached { while !Task.isCancelled { _ = try client.receive(atMost: 1); pause(milliseconds: 5) } }
            defer { reader.cancel() }
            #expect(await eventually { server.statistics.acceptedConnectionCount == 1 && server.statistics.openConnectionCount == 0 })
        }
    }

    @Test func `slow clients of every kind leave the others their pace`() async throws {
        let large = [UInt8](repeating: 0, count: 8 << 20)
        let responder = Answering { request in
            if request.target.segments == ["large"] { return .sample(large) }
            if request.method == .post { return await Answering.echo.respond(to: request) }
            return await Answering.path.respond(to: request)
        }
        // Nothing of them is waited for in the end.
        var limits = ServerLimits.patient
        (limits.drainWithin, limits.drainIdleGrace) = (.milliseconds(20), .milliseconds(10))
        try await withServer(responder, limits: limits) { server in
            try await blocking {
                var slow: [TestClient] = []
                for _ in 0..<100 {
                    for text in ["GET / HT", "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nx"] {
                        slow.append(try TestClient(port: server.port))
                        try slow.last?.send(text)
                    }
                }
                for _ in 0..<20 {
                    slow.append(try TestClient(port: server.port, receiveByteCount: 4_096))
                    try slow.last?.send(get("/large"))
                }
                let client = try TestClient(port: server.port)
                for number in 0..<500 {
                    try client.send(get("/\(number)"))
                    #expect(try client.answer().text == "\(number)")
                }
                // Had one of these waited for a slow one, that one's clock would have run out by now, and it would be gone.
                #expect(server.statistics.openConnectionCount == slow.count + 1)
            }
        }
    }

    @Test func `a slow handler slows its sender`() async throws {
        let gate = Gate()
        let size = 64 << 20
        let received = Counter()
        let responder = Answering { request in
            await gate.pass()
            guard case .stream(let source, _) = request.body else { return .sample("not streamed") }
            // What is left of a body that fails is missing in the sum.
            while let part = try? await source.next() { received.add(part.count) }
            return .sample("\(received.count)")
        }
        try await withServer(responder) { server in
            let client = try await connected(to: server, sending: "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: \(size)\r\n\r\n")
            let sent = Counter()
            async let sending: Void = blocking {
                let part = [UInt8](repeating: 1, count: 65_536)
                for _ in 0..<(size / part.count) {
                    try client.send(part)
                    sent.add(part.count)
                }
            }
            #expect(await eventually { gate.waiterCount == 1 })
            // The kernel takes some megabytes at the most; then the sender stands still.
            var last = -1
            while last != sent.count {
                last = sent.count
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(last < size / 2)
            gate.open()
            try await sending
            #expect(try await blocking { try client.answer().text } == "\(size)")
        }
    }
}
