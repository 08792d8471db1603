import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Turns

/// Answers that are made while they are sent.
@Suite(.inTurn) struct ResponseStreamTests {
    @Test func `a streamed answer is chunked in HTTP 1.1`() async throws {
        let responder = Answering { _ in
            .stream { sink in
                for part in ["one ", "", "two ", "three"] { try await sink.write(Array(part.utf8)) }
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/") + get("/"))
                for _ in 0..<2 {
                    let answer = try client.answer()
                    #expect(answer["Transfer-Encoding"] == "chunked")
                    #expect(answer["Content-Length"] == nil)
                    #expect(answer.text == "one two three")
                }
            }
        }
    }

    @Test func `a streamed answer ends with the connection in HTTP 1.0`() async throws {
        let responder = Answering { _ in .stream { sink in try await sink.write(Array("whole".utf8)) } }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let answer = try client.answer()
                #expect(answer["Transfer-Encoding"] == nil)
                #expect(answer["Connection"] == "close")
                #expect(answer.text == "whole")
            }
        }
    }

    @Test func `HEAD of a streamed answer does not make its body`() async throws {
        let runs = Counter()
        let responder = Answering { _ in
            .stream { sink in
                runs.add(1)
                try await sink.write(Array("body".utf8))
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n")
                #expect(try client.answer(isHead: true)["Transfer-Encoding"] == "chunked")
                #expect(runs.count == 0)
                try client.send(get("/next"))
                #expect(try client.answer().text == "body")
            }
        }
    }

    @Test func `what a producer has written arrives while it waits`() async throws {
        let gate = Gate()
        let responder = Answering { _ in
            .stream { sink in
                try await sink.write(Array("early".utf8))
                await gate.pass()
                try await sink.write(Array("late".utf8))
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/", "Connection: close\r\n"))
                var arrived = ""
                while !arrived.hasSuffix("5\r\nearly\r\n") { arrived += String(decoding: try client.receive(exactly: 1), as: UTF8.self) }
                gate.open()
                #expect(try client.receiveAll() == "4\r\nlate\r\n0\r\n\r\n")
            }
        }
    }

    @Test func `what is flushed reaches a slow reader to its end, though its producer waits`() async throws {
        let gate = Gate()
        // So much that the system's buffers are full when the last of it is written, and so little of that that it may be held back.
        let (much, little) = (patterned(4 << 20), patterned(10_000))
        let responder = Answering { _ in
            .stream { sink in
                try await sink.write(much)
                try await sink.write(little)
                try await sink.flush()
                await gate.pass()
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port, receiveByteCount: 8_192)
                try client.send(get("/", "Connection: close\r\n"))
                var arrived = ""
                while !arrived.hasSuffix("\r\n\r\n") { arrived += String(decoding: try client.receive(exactly: 1), as: UTF8.self) }
                let (first, second) = ("400000\r\n".utf8.count + much.count + 2, "2710\r\n".utf8.count + little.count + 2)
                #expect(try client.receive(exactly: first + second).suffix(little.count + 2).elementsEqual(little + Array("\r\n".utf8)))
                gate.open()
                #expect(try client.receiveAll() == "0\r\n\r\n")
            }
        }
    }

    @Test func `a slow reader slows its producer`() async throws {
        let written = Counter()
        let size = 64 << 20
        let responder = Answering { _ in
            .stream { sink in
                let part = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
                for _ in 0..<(size / part.count) {
                    try await sink.write(part)
                    written.add(part.count)
                }
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port, receiveByteCount: 8_192)
                try client.send(get("/", "Connection: close\r\n"))
                _ = try client.receive(atMost: 100)
                // The kernel holds a quarter of a megabyte; then the producer stands still. Left to itself it would hold four.
                var last = -1
                while last != written.count { last = written.count; pause(milliseconds: 100) }
                #expect(written.count < 2 << 20)
                // To the end: who closes with something unread resets the connection, and the last of it may be on its way.
                while try !client.receive().isEmpty {}
            }
            #expect(await eventually { written.count == size })
        }
    }

    @Test func `a reader that takes nothing is cut, and its producer told`() async throws {
        var limits = ServerLimits.patient
        limits.answerStall = .milliseconds(200)
        let outcome = Counter()
        let responder = Answering { _ in
            .stream { sink in
                do throws(ConnectionLost) {
                    while true { try await sink.write([UInt8](repeating: 0, count: 65_536)) }
                } catch {
                    outcome.add(1)
                    throw error
                }
            }
        }
        try await withServer(responder, limits: limits) { server in
            let client = try await connected(to: server, sending: get("/"), receiveByteCount: 4_096)
            #expect(await eventually { outcome.count == 1 && server.statistics.openConnectionCount == 0 })
            await #expect(throws: (any Error).self) { try await blocking { try client.answer() } }
        }
    }

    @Test func `a reader of a whole answer that takes nothing is cut`() async throws {
        var limits = ServerLimits.patient
        limits.answerStall = .milliseconds(200)
        let responder = Answering { _ in .sample([UInt8](repeating: 0, count: 32 << 20)) }
        let recorder = Recorder()
        try await withServer(responder, limits: limits, observer: recorder) { server in
            let client = try await connected(to: server, sending: get("/"), receiveByteCount: 4_096)
            #expect(await eventually { recorder.summaries.count == 1 && server.statistics.openConnectionCount == 0 })
            withExtendedLifetime(client) {}
        }
    }

    @Test(arguments: ["1.0", "1.1"])
    func `a producer that fails leaves no answer that looks whole`(_ version: String) async throws {
        struct Mishap: Error {}
        let responder = Answering { _ in
            .stream { sink in
                try await sink.write(Array("part".utf8))
                throw Mishap()
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET / HTTP/\(version)\r\nHost: test\r\n\r\n")
                // A reset, or an end without the last chunk.
                #expect(throws: (any Error).self) { try client.answer() }
            }
        }
    }

    @Test func `a producer may write from any executor`() async throws {
        let responder = Answering { _ in
            .stream { sink in
                try await Task.detached { for number in 1...9 { try await sink.write(Array("\(number)".utf8)) } }.value
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/"))
                #expect(try client.answer().text == "123456789")
            }
        }
    }

    @Test func `a client that goes away ends its producer`() async throws {
        let outcome = Counter()
        let responder = Answering { _ in
            .stream { sink in
                defer { outcome.add(1) }
                while true {
                    try await sink.write(Array("tick\n".utf8))
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/"))
                _ = try client.receive(exactly: 300)
                client.reset()
            }
            #expect(await eventually { outcome.count == 1 && server.statistics.openConnectionCount == 0 })
        }
    }

    @Test func `an upload may be answered while it is read`() async throws {
        let responder = Answering { request in
            let body = request.body
            return .stream { sink in
                guard case .stream(let source, _) = body else { return try await sink.write(Array("not streamed".utf8)) }
                while let part = try await source.next() { try await sink.write(part) }
            }
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
                try client.send("3\r\nabc\r\n")
                try client.send("3\r\ndef\r\n0\r\n\r\n")
                #expect(try client.answer().text == "abcdef")
            }
        }
    }
}
