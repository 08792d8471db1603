import Glibc
import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Turns

/// The server as a whole: clocks, limits, the port, the end.
@Suite(.inTurn) struct ServerTests {
    @Test func `a head that does not end in time is refused`() async throws {
        var limits = ServerLimits.patient
        limits.headWithin = .milliseconds(150)
        try await withServer(limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET / HTTP/1.1\r\nHost: te")
                let answer = try client.answer()
                #expect(answer.status == 408)
                #expect(answer.text.contains("\"code\":\"request_timeout\""))
                client.endSending()
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `the head's clock runs on though bytes keep coming`() async throws {
        var limits = ServerLimits.patient
        limits.headWithin = .milliseconds(200)
        try await withServer(limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send("GET / HTTP/1.1\r\nHost: test\r\nX: ")
                let sender = Task.detached { while !Task.isCancelled { try client.send("x"); pause(milliseconds: 5) } }
                defer { sender.cancel() }
                #expect(try client.answer().status == 408)
            }
        }
    }

    @Test(arguments: ["", get("/"), get("/") + "\r\n"])
    func `an idle connection is closed without a word`(_ before: String) async throws {
        var limits = ServerLimits.patient
        limits.idle = .milliseconds(150)
        limits.headWithin = .milliseconds(50)
        try await withServer(limits: limits) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(before)
                if !before.isEmpty { #expect(try client.answer().status == 200) }
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test func `a connection too many is told so`() async throws {
        var limits = ServerLimits.patient
        limits.connectionCountMax = 2
        try await withServer(limits: limits) { server in
            try await blocking {
                var clients: [TestClient] = []
                for _ in 0..<2 {
                    let client = try TestClient(port: server.port)
                    try client.send(get("/"))
                    #expect(try client.answer().status == 200)
                    clients.append(client)
                }
                let one = try TestClient(port: server.port)
                try one.send(get("/"))
                let answer = try one.answer()
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "1")
                #expect(answer.text.contains("\"code\":\"overloaded\""))
                one.endSending()
                #expect(try one.isAtEnd())
                #expect(server.statistics.refusedConnectionCount == 1)
                // The others go on, and a place that comes free is given away.
                try clients[0].send(get("/still"))
                #expect(try clients[0].answer().text == "still")
                clients.removeLast()
            }
            #expect(await eventually { server.statistics.openConnectionCount == 0 })
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/again"))
                #expect(try client.answer().text == "again")
            }
        }
    }

    @Test(arguments: [["HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"], ["HE", "AD / HTTP/1.1\r\nHost: a\r\n\r\n"], ["\r\nHEAD ", "/"]])
    func `the answer to a HEAD that is turned away has no body`(_ parts: [String]) async throws {
        var limits = ServerLimits.patient
        limits.connectionCountMax = 1
        try await withServer(limits: limits) { server in
            try await blocking {
                let first = try TestClient(port: server.port)
                try first.send(get("/"))
                #expect(try first.answer().status == 200)
                let one = try TestClient(port: server.port)
                for part in parts { try one.send(part) }
                let answer = try one.answer(isHead: true)
                #expect(answer.status == 503)
                #expect(answer["Content-Length"] != "0")
                one.endSending()
                #expect(try one.isAtEnd())
            }
        }
    }

    @Test func `more refusals than can be seen off pause accepting, and it goes on after that`() async throws {
        var limits = ServerLimits.patient
        limits.connectionCountMax = 1
        limits.refusalCountMax = 2
        limits.lingerWithin = .milliseconds(100)
        limits.acceptPause = .milliseconds(20)
        try await withServer(limits: limits) { server in
            try await blocking {
                let first = try TestClient(port: server.port)
                try first.send(get("/"))
                #expect(try first.answer().status == 200)
                let others = try (0..<10).map { _ in try TestClient(port: server.port) }
                for other in others { #expect(try other.answer().status == 503) }
            }
        }
    }

    @Test(arguments: [1, 2])
    func `a port in use is refused`(_ loopCount: Int) async throws {
        try await withServer(loopCount: loopCount) { server in
            let thrown = #expect(throws: SystemError.self) {
                try Server(host: "127.0.0.1", port: server.port, loopCount: 2, responder: Answering.path, observer: Recorder())
            }
            #expect(thrown == SystemError("bind", EADDRINUSE))
            #expect(thrown?.description == "bind: Address already in use (98)")
        }
    }

    @Test func `a port is refused too when its listener would share it`() throws {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var on: CInt = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &on, socklen_t(MemoryLayout<CInt>.size))
        // Not bound before, it is given a port of its own on all addresses.
        #expect(listen(socket, 1) == 0)
        let port = try Self.port(of: socket)
        #expect(throws: SystemError("bind", EADDRINUSE)) {
            try Server(host: "127.0.0.1", port: port, loopCount: 2, responder: Answering.path, observer: Recorder())
        }
    }

    private static func port(of socket: CInt) throws -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        guard result == 0 else { throw SystemError("getsockname", errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    @Test func `a port can be had again at once`() async throws {
        let port = try await withServer { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/"))
                #expect(try client.answer().status == 200)
            }
            return server.port
        }
        let server = try Server(host: "127.0.0.1", port: port, loopCount: 1, responder: Answering.path, observer: Recorder())
        #expect(server.port == port)
        await server.drain()
    }

    @Test func `a host that does not exist is an error`() {
        #expect(throws: SystemError.self) {
            try Server(host: "999.0.0.1", port: 0, loopCount: 1, responder: Answering.path, observer: Recorder())
        }
    }

    @Test func `several loops share one port`() async throws {
        let recorder = Recorder()
        try await withServer(loopCount: 3, observer: recorder) { server in
            try await blocking {
                for number in 0..<60 {
                    let client = try TestClient(port: server.port)
                    try client.send(get("/\(number)"))
                    #expect(try client.answer().text == "\(number)")
                }
            }
            #expect(server.statistics.acceptedConnectionCount == 60)
            #expect(recorder.summaries.count == 60)
        }
    }

    @Test func `a thousand idle connections do not get in the way`() async throws {
        try await withServer(loopCount: 2) { server in
            try await blocking {
                let idle = try (0..<1_000).map { _ in
                    let client = try TestClient(port: server.port)
                    try client.send(get("/"))
                    return client
                }
                for client in idle { #expect(try client.answer().status == 200) }
                let client = try TestClient(port: server.port)
                for number in 0..<100 {
                    try client.send(get("/\(number)"))
                    #expect(try client.answer().text == "\(number)")
                }
                #expect(server.statistics.openConnectionCount == 1_001)
                for client in idle { try client.send(get("/last")) }
                for client in idle { #expect(try client.answer().text == "last") }
            }
        }
    }

    @Test(arguments: [1, 3])
    func `another responder can take over, and answers every request that comes afterwards`(_ loopCount: Int) async throws {
        let (before, after) = (Recorder(), Recorder())
        try await withServer(Answering { _ in .sample("before") }, loopCount: loopCount, observer: before) { server in
            let kept = try TestClient(port: server.port)
            try await blocking {
                try kept.send(get("/"))
                #expect(try kept.answer().text == "before")
            }
            await server.handOver(
                to: ServiceTerms(responder: Answering { _ in .sample("after") }, observer: after, limits: .patient))
            try await blocking {
                try kept.send(get("/"))
                #expect(try kept.answer().text == "after")
                for _ in 0..<8 {
                    let client = try TestClient(port: server.port)
                    try client.send(get("/"))
                    #expect(try client.answer().text == "after")
                }
            }
        }
        #expect(before.summaries.count == 1)
        #expect(after.summaries.count == 9)
    }
}
