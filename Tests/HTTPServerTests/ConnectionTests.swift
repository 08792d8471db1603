import HTTP
import HTTPServer
import Testing
import Turns

/// Requests and answers over one connection.
@Suite(.inTurn) struct ConnectionTests {
    @Test func `a connection carries one request after another`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                for number in 1...20 {
                    try client.send(get("/\(number)"))
                    let answer = try client.answer()
                    #expect(answer.status == 200)
                    #expect(answer.text == "\(number)")
                    #expect(answer["Connection"] == nil)
                    #expect(answer["Date"]?.hasSuffix(" GMT") == true)
                }
            }
        }
    }

    @Test func `pipelined requests are answered in order and without being asked twice`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send((1...500).map { get("/\($0)") }.joined())
                for number in 1...500 { #expect(try client.answer().text == "\(number)") }
            }
        }
    }

    @Test func `a client that sends a thousand requests at once leaves the others their turn`() async throws {
        let answered = Counter()
        let responder = Answering { request in
            if request.target.segments == ["dear"] { pause(milliseconds: 5) }
            answered.add(1)
            return await Answering.path.respond(to: request)
        }
        // What is left of the thousand is not waited for in the end.
        var limits = ServerLimits.patient
        limits.drainWithin = .milliseconds(20)
        try await withServer(responder, limits: limits) { server in
            try await blocking {
                let greedy = try TestClient(port: server.port)
                try greedy.send(String(repeating: get("/dear"), count: 1_000))
                #expect(try greedy.answer().text == "dear")
                let other = try TestClient(port: server.port)
                for number in 1...2 {
                    try other.send(get("/\(number)"))
                    #expect(try other.answer().text == "\(number)")
                }
                // One after another, these would have been done before the first of the other client's.
                #expect(answered.count < 800)
            }
        }
    }

    @Test func `answers to pipelined requests keep their order when an early one takes its time`() async throws {
        let gate = Gate()
        let responder = Answering { request in
            if request.target.segments == ["slow"] { await gate.pass() }
            return await Answering.path.respond(to: request)
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/first") + get("/slow") + get("/last"))
                // The first answer does not wait for the slow one.
                #expect(try client.answer().text == "first")
                gate.open()
                #expect(try client.answer().text == "slow")
                #expect(try client.answer().text == "last")
            }
        }
    }

    @Test func `a request that comes byte by byte is answered`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                for byte in "POST /a HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello".utf8 { try client.send([byte]) }
                #expect(try client.answer().text == "hello")
                let head = "POST /a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
                let chunks = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: v\r\n\r\n"
                for byte in (head + chunks).utf8 { try client.send([byte]) }
                #expect(try client.answer().text == "abcde")
            }
        }
    }

    @Test func `a client that has ended its side still gets its answers`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/1") + get("/2"))
                client.endSending()
                #expect(try client.answer().text == "1")
                #expect(try client.answer().text == "2")
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `the connection closes when the client asks for it`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/", "Connection: close\r\n"))
                #expect(try client.answer()["Connection"] == "close")
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `HTTP 1.0 closes unless it asks to stay`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(try client.answer()["Connection"] == "keep-alive")
                try client.send("GET /b HTTP/1.0\r\n\r\n")
                let answer = try client.answer()
                #expect(answer.text == "b")
                #expect(answer["Connection"] == "close")
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `what is no request is refused as a problem, and the connection closed`() async throws {
        let recorder = Recorder()
        try await withServer(observer: recorder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/sound") + "GET / HTTP/1.1\r\nHost : test\r\n\r\n" + get("/never"))
                #expect(try client.answer().text == "sound")
                let refusal = try client.answer()
                #expect(refusal.status == 400)
                #expect(refusal["Content-Type"] == "application/problem+json")
                #expect(refusal["Connection"] == "close")
                #expect(refusal.text.contains("\"code\":\"malformed_request\""))
                #expect(try client.isAtEnd())
            }
        }
        #expect(recorder.summaries.map(\.status) == [200, 400])
        #expect(recorder.summaries.map(\.method) == ["GET", "GET"])
    }

    @Test func `a refused HEAD gets no body, and the log its method and size`() async throws {
        let recorder = Recorder()
        let head = "HEAD / HTTP/1.1\r\nHost : test\r\n\r\n"
        try await withServer(observer: recorder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(head)
                let refusal = try client.answer(isHead: true)
                #expect(refusal.status == 400)
                #expect(refusal["Content-Length"] != "0")
                #expect(try client.isAtEnd())
            }
        }
        #expect(recorder.summaries.map(\.method) == ["HEAD"])
        #expect(recorder.summaries.map(\.requestByteCount) == [head.utf8.count])
    }

    @Test(arguments: [
        ("GET /%zz HTTP/1.1\r\nHost: test\r\n\r\n", 400, "malformed_target"),
        ("POST /a#b HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello", 400, "malformed_target"),
        ("GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1\r\nHost: test\r\n\r\n", 414, "target_too_long"),
        ("GET / HTTP/1.1\r\nHost: test\r\nExpect: magic\r\n\r\n", 417, "expectation_failed"),
    ])
    func `a request whose end is certain is refused by itself`(_ request: String, _ status: Int, _ code: String) async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(request + get("/next"))
                let refusal = try client.answer()
                #expect(refusal.status == status)
                #expect(refusal["Connection"] == nil)
                #expect(refusal.text.contains("\"code\":\"\(code)\""))
                #expect(try client.answer().text == "next")
            }
        }
    }

    @Test func `a client that waits for what cannot be expected may keep its body, and so the connection ends`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nExpect: magic\r\n\r\n")
                let refusal = try client.answer()
                #expect(refusal.status == 417)
                #expect(refusal["Connection"] == "close")
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `an empty line after a request is not the beginning of another`() async throws {
        try await withServer(.echo) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello\r\n")
                #expect(try client.answer().text == "hello")
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a head that is too large is refused`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET / HTTP/1.1\r\nHost: test\r\nX: " + String(repeating: "x", count: 100_000))
                #expect(try client.answer().status == 431)
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a head that ends in the middle is refused`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET / HTTP/1.1\r\nHost: te")
                client.endSending()
                #expect(try client.answer().status == 400)
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `HEAD gets the head that GET would get`() async throws {
        try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("HEAD /abc HTTP/1.1\r\nHost: test\r\n\r\n" + get("/next"))
                let answer = try client.answer(isHead: true)
                #expect(answer["Content-Length"] == "3")
                #expect(try client.answer().text == "next")
            }
        }
    }

    @Test func `a client that resets at any byte leaves nothing behind`() async throws {
        let request = "POST /a HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello"
        try await withServer(.echo) { server in
            try await blocking {
                for count in 0...request.utf8.count {
                    let client = try TestClient(port: server.port)
                    try client.send(Array(request.utf8.prefix(count)))
                    client.reset()
                }
                let client = try TestClient(port: server.port)
                try client.send(request)
                #expect(try client.answer().text == "hello")
                client.endSending()
                #expect(try client.isAtEnd())
            }
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
        }
    }

    @Test func `a client that resets while its answer is made leaves nothing behind`() async throws {
        let gate = Gate()
        let responder = Answering { request in
            await gate.pass()
            return .sample([UInt8](repeating: 0, count: 1 << 20))
        }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/"))
                while gate.waiterCount == 0 { pause(milliseconds: 1) }
                client.reset()
            }
            gate.open()
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
            #expect(server.statistics.inFlightRequestCount == 0)
        }
    }

    @Test func `a large answer reaches a slow reader whole`() async throws {
        let whole = patterned(6_000_000)
        let responder = Answering { _ in .sample(whole) }
        try await withServer(responder) { server in
            try await blocking {
                let client = try TestClient(port: server.port, receiveByteCount: 4_096)
                try client.send(get("/"))
                #expect(try client.answer().body == whole)
                // The connection is good for another.
                try client.send(get("/", "Connection: close\r\n"))
                #expect(try client.answer().body == whole)
            }
        }
    }

    @Test func `a client that asks and asks without reading is held back, and cut in the end`() async throws {
        var limits = ServerLimits.patient
        limits.answerStall = .milliseconds(300)
        let responder = Answering { _ in .sample(patterned(10_000)) }
        let recorder = Recorder()
        try await withServer(responder, limits: limits, observer: recorder) { server in
            try await blocking {
                let client = try TestClient(port: server.port, receiveByteCount: 4_096)
                // Far more answers than any buffer holds; not one of the last requests is read.
                let requests = [UInt8](String(repeating: get("/"), count: 1_000).utf8)
                #expect(throws: TestClient.Failure.self) { for _ in 0..<1_000 { try client.send(requests) } }
            }
            #expect(recorder.summaries.count < 100_000)
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
        }
    }

    @Test func `noise is refused, whatever it is, and the server goes on`() async throws {
        try await withServer { server in
            try await blocking {
                var random = Xorshift(state: 20_240_327)
                for _ in 0..<200 {
                    let client = try TestClient(port: server.port)
                    var noise = (0..<Int.random(in: 1...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
                    if Bool.random(using: &random) { noise = Array("GET / HTTP/1.1\r\nHost: test\r\n".utf8) + noise }
                    // It may be refused before all of it was sent.
                    try? client.send(noise)
                    client.endSending()
                    let answer = try client.receiveAll()
                    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 "))
                }
                let client = try TestClient(port: server.port)
                try client.send(get("/sound"))
                #expect(try client.answer().text == "sound")
            }
        }
    }

    @Test func `each request has an id, the client's own if it has a good one`() async throws {
        let recorder = Recorder()
        let responder = Answering { request in .sample(request.id.description) }
        try await withServer(responder, observer: recorder) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/", "X-Request-ID: abc-1\r\n") + get("/", "X-Request-ID: a b\r\n") + get("/"))
                #expect(try client.answer().text == "abc-1")
                let ids = [try client.answer().text, try client.answer().text]
                #expect(ids.allSatisfy { $0.utf8.count == 15 })
                #expect(ids[0] != ids[1])
            }
        }
        let summary = try #require(recorder.summaries.first)
        #expect(summary.requestID == "abc-1")
        #expect(summary.method == "GET")
        #expect(summary.route == 7)
        #expect(summary.status == 200)
        #expect(summary.requestByteCount == get("/", "X-Request-ID: abc-1\r\n").utf8.count)
        #expect(summary.responseByteCount > 5)
        #expect(summary.nanoseconds > 0)
    }
}
