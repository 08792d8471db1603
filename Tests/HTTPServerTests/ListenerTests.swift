import Glibc
import HTTP
import HTTPServer
import Testing
import Turns

/// What goes wrong in the kernel, made to go wrong.
@Suite(.inTurn) struct ListenerTests {
    @Test(arguments: [ECONNABORTED, EPROTO, EPERM, ENETDOWN, EHOSTUNREACH, EINTR])
    func `an error of one connection does not keep the next one waiting`(_ number: CInt) async throws {
        let failures = Failures(of: [number, number, number])
        try await withServer(calls: failures.calls) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/sound"))
                #expect(try client.answer().text == "sound")
            }
            #expect(server.statistics.acceptErrorCount == (number == EINTR ? 0 : 3))
        }
    }

    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM, EINVAL])
    func `accepting recovers from want of descriptors or memory`(_ number: CInt) async throws {
        var limits = ServerLimits.patient
        limits.acceptPause = .milliseconds(10)
        // For the descriptor kinds, each failure of the call is followed by one through the spare.
        let failures = Failures(of: [CInt](repeating: number, count: 6))
        try await withServer(limits: limits, calls: failures.calls) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/patience"))
                #expect(try client.answer().text == "patience")
            }
            #expect(server.statistics.acceptErrorCount >= 3)
        }
    }

    @Test func `a client for whom there is no descriptor is turned away through the spare one`() async throws {
        // After the one that is turned away there is nobody else, however fast the next client comes.
        let failures = Failures(of: [EMFILE, 0, EAGAIN])
        let server = try Server(
            host: "127.0.0.1", port: 0, loopCount: 1, responder: Answering.path, observer: Recorder(), calls: failures.calls)
        let one = try await connected(to: server)
        // Only now, so that the call that fails has somebody to accept.
        server.start()
        try await blocking {
            #expect(try one.answer().status == 503)
            let next = try TestClient(port: server.port)
            try next.send(get("/fine"))
            #expect(try next.answer().text == "fine")
        }
        #expect(server.statistics.refusedConnectionCount == 1)
        await server.drain()
    }

    @Test func `a HEAD that is turned away through the spare descriptor gets no body`() async throws {
        let failures = Failures(of: [EMFILE, 0, EAGAIN])
        let server = try Server(
            host: "127.0.0.1", port: 0, loopCount: 1, responder: Answering.path, observer: Recorder(), calls: failures.calls)
        let one = try await connected(to: server, sending: "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        server.start()
        try await blocking {
            let answer = try one.answer(isHead: true)
            #expect(answer.status == 503)
            #expect(try one.isAtEnd())
        }
        await server.drain()
    }

    @Test func `while descriptors are wanting, those who are connected are served`() async throws {
        let exhausted = Counter()
        var calls = SystemCalls.linux
        calls.accept = { listener in exhausted.count > 0 ? -Int(EMFILE) : SystemCalls.linux.accept(listener) }
        try await withServer(calls: calls) { server in
            try await blocking {
                let old = try TestClient(port: server.port)
                try old.send(get("/before"))
                #expect(try old.answer().text == "before")
                exhausted.add(1)
                let new = try TestClient(port: server.port)
                try new.send(get("/new"))
                for _ in 0..<50 {
                    try old.send(get("/during"))
                    #expect(try old.answer().text == "during")
                }
                exhausted.add(-1)
                #expect(try new.answer().text == "new")
            }
            // It paused in between: what failed again and again would be counted by the thousand.
            #expect(server.statistics.acceptErrorCount < 100)
        }
    }

    @Test func `interrupted reads and writes are made again`() async throws {
        let failures = Failures(of: [EINTR, EINTR, EINTR, EINTR])
        var calls = SystemCalls.linux
        calls.receive = { socket, buffer in failures.next() ?? SystemCalls.linux.receive(socket, buffer) }
        calls.send = { socket, bytes, rest in failures.next() ?? SystemCalls.linux.send(socket, bytes, rest) }
        try await withServer(calls: calls) { server in
            try await blocking {
                let client = try TestClient(port: server.port)
                try client.send(get("/again"))
                #expect(try client.answer().text == "again")
            }
        }
    }
}
