import HTTP
import HTTPTypes
import Locks
import Testing
import Turns

@testable import Curl

@Suite(.inTurn) struct CurlClientTests {
    /// Bounds that only what hangs reaches.
    private static let patient: CurlLimits = {
        var limits = CurlLimits()
        limits.connectWithin = .seconds(600)
        limits.within = .seconds(600)
        return limits
    }()

    private static func withClient<Result: Sendable>(
        _ limits: CurlLimits = patient, allowing allows: @escaping @Sendable (CurlAddress) -> Bool = { _ in true },
        _ body: (CurlClient) async throws -> Result
    ) async throws -> Result {
        let client = CurlClient(limits: limits, userAgent: "dateline/1.2.3", allows: allows)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    private static func request(_ port: Int, _ path: String = "/hook", host: String = "127.0.0.1", body: String = "{}") -> CurlRequest {
        CurlRequest(
            url: "http://\(host):\(port)\(path)", fields: [("Content-Type", "application/json"), ("webhook-id", "m-1")],
            body: Array(body.utf8))
    }

    private static func error(_ body: () async throws -> Void) async -> CurlError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? CurlError
        }
    }

    @Test func `a request is sent as it is, and its answer comes back`() async throws {
        let receiver = Receiver { _ in Response(status: .accepted, body: .bytes(Array("taken".utf8))) }
        let body = "{\"a\":\"\u{0}é\"}"
        let answer = try await receiver.whileListening { port in
            try await Self.withClient { try await $0.post(Self.request(port, body: body)) }
        }
        #expect(answer == CurlAnswer(status: 202, body: Array("taken".utf8), retryAfterSeconds: nil))
        let message = try #require(receiver.messages.first)
        #expect(receiver.messages.count == 1 && message.path == "/hook" && message.body == Array(body.utf8))
        #expect(message.fields[.contentType] == "application/json" && message.fields[.userAgent] == "dateline/1.2.3")
        #expect(message.fields[.expect] == nil)
    }

    @Test func `a body of nothing is sent too`() async throws {
        let receiver = Receiver()
        let answer = try await receiver.whileListening { port in
            try await Self.withClient { try await $0.post(Self.request(port, body: "")) }
        }
        #expect(answer.status == 200 && receiver.messages.map(\.body) == [[]])
    }

    @Test func `a redirect is an answer, and nobody goes there`() async throws {
        let receiver = Receiver { message in
            message.path == "/hook" ? Response(status: .found, fields: [.location: "/elsewhere"]) : Response(status: .ok)
        }
        let answer = try await receiver.whileListening { port in try await Self.withClient { try await $0.post(Self.request(port)) } }
        #expect(answer.status == 302 && receiver.messages.map(\.path) == ["/hook"])
    }

    @Test func `of a long answer the beginning is kept and the rest is not waited for`() async throws {
        let receiver = Receiver { _ in
            Response(
                status: .ok,
                body: .stream { sink in
                    while true { try await sink.write([UInt8](repeating: 0x61, count: 8_192)) }
                })
        }
        let answer = try await receiver.whileListening { port in try await Self.withClient { try await $0.post(Self.request(port)) } }
        #expect(answer == CurlAnswer(status: 200, body: [UInt8](repeating: 0x61, count: 1_024), retryAfterSeconds: nil))
    }

    @Test func `Retry-After is told`() async throws {
        let receiver = Receiver { _ in Response(status: .serviceUnavailable, fields: [.retryAfter: "17"]) }
        let answer = try await receiver.whileListening { port in try await Self.withClient { try await $0.post(Self.request(port)) } }
        #expect(answer.status == 503 && answer.retryAfterSeconds == 17)
    }

    @Test func `an answer that breaks off is none`() async throws {
        let receiver = Receiver { _ in
            Response(
                status: .ok,
                body: .stream { sink in
                    try await sink.write([1])
                    throw ConnectionLost()
                })
        }
        let error = try await receiver.whileListening { port in
            await Self.error { _ = try await Self.withClient { try await $0.post(Self.request(port)) } }
        }
        #expect(error == .connectionLost)
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `an address that is not allowed is not connected to, whatever it is called`(_ host: String) async throws {
        let receiver = Receiver()
        let asked = Lock<[CurlAddress]>([])
        let error = try await receiver.whileListening { port in
            await Self.error {
                _ = try await Self.withClient(
                    allowing: { address in
                        asked.withLock { $0.append(address) }
                        return false
                    }, { try await $0.post(Self.request(port, host: host)) })
            }
        }
        #expect(error == .addressRefused && receiver.messages.isEmpty)
        let mapped = CurlAddress(bytes: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1])
        #expect(asked.withLock { $0 }.contains(mapped))
    }

    @Test func `an IPv6 address is asked for as it is`() async throws {
        let asked = Lock<[CurlAddress]>([])
        let error = await Self.error {
            _ = try await Self.withClient(
                allowing: { address in
                    asked.withLock { $0.append(address) }
                    return false
                }, { try await $0.post(Self.request(9, host: "[::1]")) })
        }
        #expect(error == .addressRefused && asked.withLock { $0 } == [CurlAddress(bytes: [UInt8](repeating: 0, count: 15) + [1])])
    }

    @Test func `nobody listens, and that is told`() async throws {
        // A port that was free a moment ago.
        let port = try await Receiver().whileListening { $0 }
        #expect(await Self.error { _ = try await Self.withClient { try await $0.post(Self.request(port)) } } == .connectionFailed)
    }

    @Test(arguments: ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://user:pass@127.0.0.1:9/"])
    func `what is no plain http or https is not sent to`(_ url: String) async throws {
        let request = CurlRequest(url: url, fields: [], body: [])
        guard case .other? = await Self.error({ _ = try await Self.withClient { try await $0.post(request) } }) else {
            Issue.record("\(url) was taken")
            return
        }
    }

    @Test func `who does not speak TLS is no secure receiver`() async throws {
        let receiver = Receiver()
        let error = try await receiver.whileListening { port in
            let request = CurlRequest(url: "https://127.0.0.1:\(port)/", fields: [], body: [])
            return await Self.error { _ = try await Self.withClient { try await $0.post(request) } }
        }
        #expect(error == .insecure && receiver.messages.isEmpty)
    }

    @Test func `who does not answer runs out of time`() async throws {
        let gate = Gate()
        let receiver = Receiver { _ in
            await gate.pass()
            return Response(status: .ok)
        }
        var limits = Self.patient
        limits.within = .milliseconds(200)
        let error = try await receiver.whileListening { [limits] port in
            defer { gate.open() }
            return await Self.error { _ = try await Self.withClient(limits) { try await $0.post(Self.request(port)) } }
        }
        #expect(error == .timeout)
    }

    @Test(arguments: [true, false])
    func `what is on its way ends with its task, and with the client`(_ byTask: Bool) async throws {
        let gate = Gate()
        let receiver = Receiver { _ in
            await gate.pass()
            return Response(status: .ok)
        }
        let error = try await receiver.whileListening { port in
            defer { gate.open() }
            let client = CurlClient(limits: Self.patient, userAgent: "test") { _ in true }
            let task = Task { await Self.error { _ = try await client.post(Self.request(port)) } }
            #expect(await eventually { gate.waiterCount == 1 })
            if byTask { task.cancel() } else { await client.close() }
            let error = await task.value
            await client.close()
            // Nobody begins once it is closed.
            #expect(await Self.error { _ = try await client.post(Self.request(port)) } == .cancelled)
            return error
        }
        #expect(error == .cancelled)
    }

    @Test func `no more are on their way at a time than there may be`() async throws {
        let gate = Gate()
        let most = Lock((now: 0, most: 0))
        let receiver = Receiver { _ in
            most.withLock { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) }
            await gate.pass()
            most.withLock { $0.now -= 1 }
            return Response(status: .ok)
        }
        var limits = Self.patient
        limits.concurrentCountMax = 2
        let statuses = try await receiver.whileListening { [limits] port in
            try await Self.withClient(limits) { client in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<6 { group.addTask { try await client.post(Self.request(port)).status } }
                    #expect(await eventually { gate.waiterCount == 2 })
                    gate.open()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
        }
        #expect(statuses == [200, 200, 200, 200, 200, 200] && most.withLock { $0.most } == 2)
    }
}
