import Glibc
import HTTP
import HTTPServer
import Testing
import Turns

/// Connections that are lost, wherever they are: they end alone.
@Suite(.inTurn) struct LostConnectionTests {
    @Test func `a client that resets at any byte of its answer leaves nothing behind`() async throws {
        let responder = Answering { _ in
            .stream { sink in
                for part in ["one ", "two ", "three"] {
                    try await sink.write(Array(part.utf8))
                    await Task.yield()
                }
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let whole = try TestClient(port: server.port)
                try whole.send(get("/", "Connection: close\r\n"))
                let byteCount = try whole.receiveAll().utf8.count
                #expect(byteCount > 100)
                for count in 0...byteCount {
                    let client = try TestClient(port: server.port)
                    try client.send(get("/", "Connection: close\r\n"))
                    _ = try client.receive(exactly: count)
                    client.reset()
                }
            }
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
            #expect(server.statistics.inFlightRequestCount == 0)
        }
    }

    @Test(arguments: [0, 1, 100, 5_000, 70_000, 1_000_000])
    func `a client that resets within a large answer leaves nothing behind`(_ byteCount: Int) async throws {
        let responder = Answering { _ in .sample([UInt8](repeating: 0, count: 16 << 20)) }
        try await withServer(responder) { server in
            try await blocking {
                for _ in 0..<5 {
                    let client = try TestClient(port: server.port, receiveByteCount: 8_192)
                    try client.send(get("/"))
                    _ = try client.receive(exactly: byteCount)
                    client.reset()
                }
            }
            #expect(await eventually { server.statistics.openConnectionCount == 0 && server.statistics.acceptedConnectionCount == 5 })
            #expect(server.statistics.inFlightRequestCount == 0)
        }
    }

    enum Call: CaseIterable {
        case receive, send
    }

    @Test(arguments: Call.allCases, [ECONNRESET, EPIPE, ETIMEDOUT, EHOSTUNREACH, ENETDOWN, ENOTCONN, ENOBUFS, ENOMEM, EIO])
    func `a connection whose reads or writes fail ends alone`(_ call: Call, _ number: CInt) async throws {
        let failures = Failures(of: [0, number])
        var calls = SystemCalls.linux
        switch call {
        case .receive: calls.receive = { socket, buffer in failures.next() ?? SystemCalls.linux.receive(socket, buffer) }
        case .send: calls.send = { socket, bytes, rest in failures.next() ?? SystemCalls.linux.send(socket, bytes, rest) }
        }
        try await withServer(calls: calls) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/first"))
                // The first read waits for nothing or takes the request; either way the second call is the one that fails.
                _ = try? client.answer()
                try? client.send(get("/second"))
                #expect(throws: (any Error).self) { while true { _ = try client.answer() } }
                let other = try TestClient(port: server.port)
                try other.send(get("/other"))
                #expect(try other.answer().text == "other")
            }
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
            #expect(server.statistics.inFlightRequestCount == 0)
        }
    }
}
