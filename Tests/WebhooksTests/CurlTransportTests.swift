import Crypto
import HTTP
import HTTPServer
import HTTPTypes
import JSON
import Locks
import Newsroom
import Addresses
import Newsroom
import Testing
import Turns

@testable import Webhooks

/// The sender with its true transport, to a receiver of this process.
@Suite(.inTurn) struct CurlTransportTests {
    private func send(to receiver: Desk, _ house: House, allowing text: String?, _ body: () async throws -> Void) async throws {
        let rule = DestinationRule(allowed: try text.map { try #require(AddressBlock.list($0)) } ?? [])
        let transport = CurlTransport(version: "1.2.3", destinations: rule, concurrentCountMax: 4)
        do {
            try await house.whileSending(by: transport) { try await body() }
            await transport.close()
        } catch {
            await transport.close()
            throw error
        }
    }

    @Test func `a receiver verifies what it gets, in order, through errors and lost connections`() async throws {
        try await withHouse { house in
            // A connection that was good before is tried once more by libcurl itself, so the first one breaks off.
            let desk = Desk(answers: [
                Response(
                    status: .ok,
                    body: .stream { sink in
                        try await sink.write([1])
                        throw ConnectionLost()
                    }),
                Response(status: .internalServerError, body: .bytes(Array("broken".utf8))),
            ])
            try await desk.whileListening { port in
                let webhook = try await house.webhook { $0.url = WebURL("http://127.0.0.1:\(port)/changes") }
                try await send(to: desk, house, allowing: "127.0.0.1") {
                    try await house.person("Ada")
                    try await house.person("Ida")
                    #expect(try await eventually { try await house.newsroom.webhooks.find(webhook.id).position.sequence == 2 })
                }
                #expect(desk.ids == ["1", "1", "1", "2"].map { "\(webhook.id.text)-\($0)" })
                #expect(desk.areAllVerified)
                let deliveries = try await house.deliveries(of: webhook)
                #expect(deliveries.map(\.outcome) == [.failed, .failed, .taken, .taken])
                #expect(deliveries.map(\.status) == [nil, 500, 200, 200])
                #expect(deliveries[0].trouble == .connectionLost && deliveries[1].response == "broken")
            }
        }
    }

    @Test(arguments: ["http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://0x7f.1:PORT/", "http://2130706433:PORT/"])
    func `an address that is not allowed is never reached, whatever it is called`(_ url: String) async throws {
        try await withHouse { house in
            let desk = Desk(answers: [])
            try await desk.whileListening { port in
                let webhook = try await house.webhook { $0.url = WebURL(url.replacing("PORT", with: "\(port)")) }
                try await send(to: desk, house, allowing: nil) {
                    try await house.person("Ada")
                    #expect(try await eventually { try await house.deliveries(of: webhook).count >= 1 })
                }
                #expect(try await house.deliveries(of: webhook).allSatisfy { $0.trouble == .addressRefused && $0.outcome == .failed })
                #expect(desk.ids.isEmpty)
            }
        }
    }
}

/// A receiver that verifies signatures as `docs/webhooks.md` says, with the secret of `House`.
private final class Desk: Responder {
    private let answers: Lock<[Response]>
    private let kept = Lock<[(id: String, isVerified: Bool)]>([])

    /// - Parameter answers: for the first messages; those behind are taken.
    init(answers: [Response]) {
        self.answers = Lock(answers)
    }

    var ids: [String] { kept.withLock { $0.map(\.id) } }
    var areAllVerified: Bool { kept.withLock { $0.allSatisfy(\.isVerified) } }

    func respond(to request: Request) async -> Response {
        guard let body = try? await request.body.collect(upTo: 1 << 20) else { return Response(status: .badRequest) }
        let (id, time, signature) = (field("webhook-id", request), field("webhook-timestamp", request), field("webhook-signature", request))
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(id).\(time).".utf8) + body, using: SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        let isVerified = signature == "v1," + Base64.text(of: Array(code)) && (try? JSONReader.read(body)) != nil
        kept.withLock { $0.append((id, isVerified)) }
        return answers.withLock { $0.isEmpty ? Response(status: .ok) : $0.removeFirst() }
    }

    private func field(_ name: String, _ request: Request) -> String { HTTPField.Name(name).flatMap { request.fields[$0] } ?? "" }

    func whileListening(_ body: (Int) async throws -> Void) async throws {
        var limits = ServerLimits()
        limits.headWithin = .seconds(600)
        limits.bodyGrace = .seconds(600)
        limits.answerStall = .seconds(600)
        let terms = ServiceTerms(responder: self, observer: Nobody(), limits: limits)
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, terms: terms)
        server.start()
        do {
            try await body(server.port)
            await server.drain()
        } catch {
            await server.drain()
            throw error
        }
    }
}

private final class Nobody: ServerObserver {
    func requestEnded(_ summary: RequestSummary) {}
}
