import Glibc
import HTTP
import HTTPServer
import HTTPTypes
import JSON
import Locks
import Testing
import Turns

/// The true program brings changes to a receiver of this process.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct WebhookTests {
    private static let allowed = ["--webhooks-allowed-addresses", "127.0.0.1"]

    private static func person(_ name: String) -> String { #"{"name": "\#(name)"}"# }

    @Test func `a program delivers, whatever its environment says of proxies, and goes on after a restart`() async throws {
        let folder = try TemporaryFolder()
        let receiver = Receiver()
        let listening = try receiver.listen()
        func start() throws -> RunningServer {
            try RunningServer(
                Program(
                    ["serve", "--port", "0", "--database", "news.db"] + Self.allowed, in: folder,
                    environment: [
                        "DATELINE_ADMIN_TOKEN": RunningServer.token, "http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1",
                    ]))
        }
        let first = try start()
        let made = try first.post("/v1/webhooks", #"{"url": "http://127.0.0.1:\#(listening.port)/changes"}"#)
        try #require(made.status == 201, "\(made.body)")
        let (id, secret) = (try #require(made.text("id")), try #require(made.text("secret")))
        for name in ["Ada", "Ida"] { #expect(try first.post("/v1/people", Self.person(name)).status == 201) }
        #expect(receiver.hasGot(2))
        let ending = try first.stop()
        #expect(ending.status == 0 && !ending.errors.contains("whsec"))

        let second = try start()
        #expect(try second.post("/v1/people", Self.person("Eva")).status == 201)
        #expect(receiver.hasGot(3))
        #expect(receiver.messages.prefix(3).map(\.id) == (1...3).map { "\(id)-\($0)" })
        #expect(receiver.messages.allSatisfy { $0.userAgent.hasPrefix("dateline/") })
        try second.stop()
        await listening.drain()

        // The export is data alone.
        let export = try Program.run(["export", "all.ndjson", "--database", "news.db"], in: folder)
        #expect(export.status == 0)
        #expect(try !folder.read("all.ndjson").contains(secret) && !folder.read("all.ndjson").contains("desk.example"))
        try verify(receiver.messages[0], secret: secret, in: folder)
    }

    @Test func `a program that may not send to its own machine says so, and sends nothing`() async throws {
        let folder = try TemporaryFolder()
        let receiver = Receiver()
        let listening = try receiver.listen()
        let server = try RunningServer(in: folder)
        let made = try server.post("/v1/webhooks", #"{"url": "http://localhost:\#(listening.port)/changes"}"#)
        try #require(made.status == 201, "\(made.body)")
        let path = "/v1/webhooks/\(try #require(made.text("id")))"
        #expect(try server.post("\(path)/actions/test", "{}").status == 202)
        var deliveries = try server.get("\(path)/deliveries", token: RunningServer.token)
        while deliveries["data"] == .array([]) {
            usleep(5_000)
            deliveries = try server.get("\(path)/deliveries", token: RunningServer.token)
        }
        #expect(deliveries["data"]?[0]?["trouble"] == "address_refused", "\(deliveries.body)")
        #expect(receiver.messages.isEmpty)
        try server.stop()
        await listening.drain()
    }

    /// By the commands of `docs/webhooks.md`.
    private func verify(_ message: Receiver.Message, secret: String, in folder: TemporaryFolder) throws {
        guard access("/usr/bin/openssl", X_OK) == 0 else { return }
        let text = try page()
        let recipe = try #require(text.split(separator: "```sh\n").dropFirst().first?.split(separator: "\n```").first)
        try folder.write(String(decoding: message.body, as: UTF8.self), to: "body.json")
        let setting = "SECRET='\(secret)'; ID='\(message.id)'; TIMESTAMP='\(message.timestamp)'"
        let ending = try Program.run(shell: "\(setting)\n\(recipe)", in: folder)
        #expect(ending.status == 0 && message.signature == "v1,\(ending.output.filter { $0 != "\n" })", "\(ending)")
    }

    private func page() throws -> String {
        let path = #filePath.replacing("Tests/datelineTests/WebhookTests.swift", with: "docs/webhooks.md")
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }
}

/// Keeps what it is sent, and takes all of it.
private final class Receiver: Responder {
    struct Message: Sendable {
        let id: String
        let timestamp: String
        let signature: String
        let userAgent: String
        let body: [UInt8]
    }

    private let kept = Lock<[Message]>([])

    var messages: [Message] { kept.withLock { $0 } }

    func respond(to request: Request) async -> Response {
        guard let body = try? await request.body.collect(upTo: 1 << 20) else { return Response(status: .badRequest) }
        let values = ["webhook-id", "webhook-timestamp", "webhook-signature", "user-agent"].map { name in
            HTTPField.Name(name).flatMap { request.fields[$0] } ?? ""
        }
        let message = Message(id: values[0], timestamp: values[1], signature: values[2], userAgent: values[3], body: body)
        kept.withLock { $0.append(message) }
        return Response(status: .noContent)
    }

    func listen() throws -> Server {
        let terms = ServiceTerms(responder: self, observer: Nobody())
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, terms: terms)
        server.start()
        return server
    }

    /// Waits for a number of messages, for as long as only what hangs takes.
    func hasGot(_ count: Int) -> Bool {
        for _ in 0..<120_000 {
            if messages.count >= count { return true }
            usleep(5_000)
        }
        return false
    }
}

private final class Nobody: ServerObserver {
    func requestEnded(_ summary: RequestSummary) {}
}
