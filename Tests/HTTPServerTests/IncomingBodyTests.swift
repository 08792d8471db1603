import HTTP
import HTTPTypes
import Testing
import Turns

@testable import HTTPServer

/// Bodies of requests, read at the handler's pace.
@Suite(.inTurn) struct IncomingBodyTests {
    @Test func `a body with a length arrives whole`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                let body = patterned(3_000_000)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.count)\r\n\r\n")
                try client.send(body)
                try client.send(get("/next"))
                #expect(try client.answer().body == body)
                #expect(try client.answer().status == 200)
            }
        }
    }

    @Test func `a chunked body arrives whole`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                let chunk = String(repeating: "0123456789", count: 2_000)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<50 { try client.send("4E20\r\n\(chunk)\r\n") }
                try client.send("0\r\n\r\n" + get("/next"))
                #expect(try client.answer().text == String(repeating: chunk, count: 50))
                #expect(try client.answer().status == 200)
            }
        }
    }

    @Test func `a body may be read on any executor`() async throws {
        let responder = Answering { request in
            await Task.detached { await Answering.echo.respond(to: request) }.value
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 6\r\n\r\nabc")
                try client.send("def" + get("/next"))
                #expect(try client.answer().text == "abcdef")
                #expect(try client.answer().status == 200)
            }
        }
    }

    @Test func `chunks that have come and that nobody reads do not end the connection`() async throws {
        try await withServer(.deaf) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                let head = "GET / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
                try client.send(head + "5;a=b\r\nhello\r\n0\r\nX: 1\r\n\r\n" + get("/next"))
                #expect(try client.answer()["Connection"] == nil)
                #expect(try client.answer()["Connection"] == nil)
                // Of these the end is not certain.
                for rest in ["5\r\nhello\r\n", "0x0\r\n\r\n"] {
                    let other = try TestClient(port: server.port)
                    try other.send(head + rest)
                    #expect(try other.answer()["Connection"] == "close")
                    other.endSending()
                    #expect(try other.isAtEnd())
                }
            }
        }
    }

    @Test func `a client that asks first is told to continue when the body is wanted`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
                #expect(try client.answer().head == "HTTP/1.1 100 Continue\r\n\r\n")
                try client.send("hello")
                let answer = try client.answer()
                #expect(answer.text == "hello")
                #expect(answer["Connection"] == nil)
            }
        }
    }

    @Test func `a client that asks first is not told to continue when the body is not wanted`() async throws {
        try await withServer(.deaf) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
                let answer = try client.answer()
                #expect(answer.text == "deaf")
                // It may send the body or not, so that what follows cannot be told apart.
                #expect(answer["Connection"] == "close")
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a client that does not wait for the permission gets none`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello")
                #expect(try client.answer().text == "hello")
            }
        }
    }

    @Test func `a small body that nobody read is thrown away`() async throws {
        try await withServer(.deaf) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 20000\r\n\r\n")
                let answer = try client.answer()
                #expect(answer["Connection"] == nil)
                try client.send([UInt8](repeating: 0, count: 20_000))
                try client.send(get("/"))
                #expect(try client.answer().text == "deaf")
            }
        }
    }

    @Test func `a large body that nobody read ends the connection, but the answer arrives`() async throws {
        var limits = ServerLimits.patient
        limits.lingerByteCountMax = 10_000
        limits.lingerWithin = .milliseconds(300)
        try await withServer(.deaf, limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n")
                try client.send([UInt8](repeating: 0, count: 100_000))
                let answer = try client.answer()
                #expect(answer.text == "deaf")
                #expect(answer["Connection"] == "close")
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a chunked body that nobody read ends the connection`() async throws {
        try await withServer(.deaf) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                #expect(try client.answer()["Connection"] == "close")
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test(arguments: ["Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n5\r\nabc", "Transfer-Encoding: chunked\r\n\r\n"])
    func `a body that ends early is refused`(_ rest: String) async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\n" + rest)
                client.endSending()
                let answer = try client.answer()
                #expect(answer.status == 400)
                #expect(answer.text.contains("\"code\":\"malformed_body\""))
                #expect(answer["Connection"] == "close")
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `broken chunks are refused, and nothing after them is read as a request`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n" + get("/never"))
                #expect(try client.answer().status == 400)
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a sender that is too slow is refused`() async throws {
        var limits = ServerLimits.patient
        limits.bodyGrace = .milliseconds(150)
        limits.bodyBytesPerSecondMin = 1_000_000
        try await withServer(.echo, limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10000\r\n\r\nabc")
                let answer = try client.answer()
                #expect(answer.status == 408)
                #expect(answer.text.contains("\"code\":\"body_timeout\""))
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a sender that stalls after a fast beginning is refused all the same`() async throws {
        var limits = ServerLimits.patient
        limits.bodyGrace = .milliseconds(200)
        limits.bodyBytesPerSecondMin = 1_000
        try await withServer(.echo, limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                // By what it has sent, a quarter of an hour of silence would be well paid for.
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 2000000\r\n\r\n")
                try client.send([UInt8](repeating: 0, count: 1_000_000))
                let answer = try client.answer()
                #expect(answer.status == 408)
                #expect(answer.text.contains("\"code\":\"body_timeout\""))
            }
        }
    }

    @Test func `a sender must send enough in each stretch of waiting, and no more`() {
        var pace = IncomingBody.Pace(within: 100, byteCountMin: 10)
        // One stretch in several waits; of the next, neither time nor bytes of the one before are left over; the last falls short.
        let waits: [(time: Nanoseconds, byteCount: Int)] = [(60, 3), (50, 7), (20, 1_000), (80, 0), (99, 9), (1, 0)]
        var timesLeft: [Nanoseconds] = []
        var outcomes: [Bool] = []
        for wait in waits {
            outcomes.append(pace.keeps(afterWaiting: wait.time, forByteCount: wait.byteCount))
            timesLeft.append(pace.timeLeft)
        }
        #expect(outcomes == [true, true, true, true, true, false])
        #expect(timesLeft == [40, 100, 80, 100, 1, 100])
    }

    @Test func `the time that a handler takes is not the sender's`() async throws {
        var limits = ServerLimits.patient
        limits.bodyGrace = .milliseconds(500)
        let gate = Gate()
        let responder = Answering { request in
            await gate.pass()
            return await Answering.echo.respond(to: request)
        }
        try await withServer(responder, limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n")
                while gate.waiterCount == 0 { pause(milliseconds: 1) }
                try client.send([UInt8](repeating: 1, count: 100_000))
                // Longer than the grace.
                pause(milliseconds: 700)
                gate.open()
                #expect(try client.answer().body.count == 100_000)
            }
        }
    }

    @Test func `a body that was kept beyond its request gives nothing`() async throws {
        let keeper = Keeper()
        let responder = Answering { request in
            keeper.keep(request.body)
            return .sample("kept")
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n")
                _ = try client.answer()
                try client.send("hello" + get("/next"))
                #expect(try client.answer().text == "kept")
            }
            guard case .stream(let source, byteCount: 5)? = keeper.first else {
                Issue.record("the body was not streamed")
                return
            }
            #expect(try await source.next() == nil)
        }
    }
}
