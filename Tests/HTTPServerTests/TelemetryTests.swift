import Addresses
import Glibc
import HTTP
import Testing
import Turns

@testable import HTTPServer

/// What the server tells of its requests beside their answers: whose they are, which trace they belong to, and what holds up its loops.
@Suite(.inTurn) struct TelemetryTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test func `a traced request is answered with a part of the trace, and told with it`() async throws {
        let recorder = Recorder()
        try await withServer(observer: recorder) { server in
            let client = try await connected(
                to: server,
                sending: get("/1", "traceparent: 00-\(Self.trace)-00f067aa0ba902b7-01\r\n") + get("/2", "traceparent: 00-nonsense-01\r\n")
                    + get("/3"))
            try await blocking {
                let traced = try client.answer()
                let parts = traced["traceresponse"]?.split(separator: "-") ?? []
                try #require(parts.count == 4)
                #expect(parts[0] == "00" && parts[1] == Self.trace && parts[2].count == 16 && parts[3] == "01")
                for _ in 0..<2 {
                    let answer = try client.answer()
                    #expect(answer.status == 200 && answer["traceresponse"] == nil)
                }
            }
        }
        let traces = recorder.summaries.map(\.trace)
        #expect(traces.map { $0?.traceID } == [Self.trace, nil, nil])
        #expect(traces.first??.parentID == "00f067aa0ba902b7")
    }

    @Test(
        arguments: [
            ("127.0.0.0/8", true, "203.0.113.9"), ("10.0.0.0/8", true, "127.0.0.1"), ("127.0.0.0/8", false, nil),
        ] as [(String, Bool, String?)])
    func `a client's address is told to who wants to know it, as far as its proxy is trusted`(
        _ proxies: String, _ isWanted: Bool, _ expected: String?
    ) async throws {
        let recorder = Recorder(wantsClients: isWanted)
        let proxies = TrustedProxies(try #require(AddressBlock.list(proxies)))
        try await withServer(observer: recorder, proxies: proxies) { server in
            let client = try await connected(to: server, sending: get("/", "X-Forwarded-For: 203.0.113.9\r\n"))
            try await blocking { _ = try client.answer() }
        }
        #expect(recorder.summaries.map { $0.client?.description } == [expected])
    }

    @Test func `a handler is told the client of who shows credentials, whether anybody logs it or not`() async throws {
        let proxies = TrustedProxies(try #require(AddressBlock.list("127.0.0.1")))
        let responder = Answering { request in .sample(request.client?.description ?? "nobody") }
        try await withServer(responder, proxies: proxies) { server in
            let client = try await connected(
                to: server, sending: get("/", "Authorization: Bearer x\r\nForwarded: for=203.0.113.9\r\n") + get("/"))
            let texts = try await blocking { [try client.answer().text, try client.answer().text] }
            #expect(texts == ["203.0.113.9", "nobody"])
        }
    }

    @Test func `how long a request held up its loop is told`() async throws {
        let recorder = Recorder()
        let responder = Answering { _ in
            pause(milliseconds: 30)
            return .sample("done")
        }
        try await withServer(responder, observer: recorder) { server in
            let client = try await connected(to: server, sending: get("/"))
            try await blocking { _ = try client.answer() }
        }
        let stalled = try #require(recorder.summaries.first)
        #expect(stalled.heldNanoseconds >= 30_000_000 && stalled.nanoseconds >= stalled.heldNanoseconds)
    }

    @Test func `connections are counted by loop, and all of them in the end`() async throws {
        try await withServer(loopCount: 2) { server in
            let clients = try await blocking { [port = server.port] in try (0..<20).map { _ in try TestClient(port: port) } }
            #expect(await eventually { server.statistics.loops.reduce(0) { $0 + $1.openConnectionCount } == 20 })
            #expect(server.statistics.loops.count == 2)
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `other limits hold from the next request on, and what belongs to all loops stays`() async throws {
        let recorder = Recorder()
        try await withServer(observer: recorder) { server in
            let client = try TestClient(port: server.port)
            try await blocking {
                try client.send(get("/" + String(repeating: "a", count: 2_000)))
                #expect(try client.answer().status == 200)
            }
            var limits = ServerLimits.patient
            limits.head.targetByteCountMax = 1_000
            limits.connectionCountMax = 1
            await server.handOver(to: ServiceTerms(responder: Answering.path, observer: recorder, limits: limits))
            try await blocking { [port = server.port] in
                try client.send(get("/" + String(repeating: "a", count: 2_000)))
                #expect(try client.answer().status == 414)
                let other = try TestClient(port: port)
                let third = try TestClient(port: port)
                for client in [other, third] {
                    try client.send(get("/"))
                    #expect(try client.answer().status == 200)
                }
            }
        }
    }

    @Test func `every answer says what browsers are to know, a refusal of the socket too`() async throws {
        try await withServer { server in
            for text in [get("/"), "NONSENSE\r\n\r\n", "GET / HTTP/9.0\r\nHost: test\r\n\r\n"] {
                let client = try await connected(to: server, sending: text)
                let answer = try await blocking { try client.answer() }
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                #expect(answer["Referrer-Policy"] == "no-referrer")
                #expect(answer["Cross-Origin-Resource-Policy"] == "same-origin")
                #expect(answer["Set-Cookie"] == nil)
            }
        }
    }
}
