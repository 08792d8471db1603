import HTTP
import HTTPServer
import HTTPTypes
import Locks

/// A server on 127.0.0.1 that keeps what it is sent, and answers as it is told to.
final class Receiver: Responder {
    struct Message: Sendable {
        let path: String
        let fields: HTTPFields
        let body: [UInt8]
    }

    private let kept = Lock<[Message]>([])
    private let answer: @Sendable (Message) async -> Response

    init(_ answer: @escaping @Sendable (Message) async -> Response = { _ in Response(status: .ok) }) {
        self.answer = answer
    }

    var messages: [Message] { kept.withLock { $0 } }

    func respond(to request: Request) async -> Response {
        guard let body = try? await request.body.collect(upTo: 1 << 20) else { return Response(status: .badRequest) }
        var fields = HTTPFields()
        for name in ["content-type", "user-agent", "expect", "webhook-id", "host", "content-length"] {
            if let name = HTTPField.Name(name), let value = request.fields[name] { fields[name] = value }
        }
        let message = Message(path: request.target.path, fields: fields, body: body)
        kept.withLock { $0.append(message) }
        return await answer(message)
    }

    /// Listens on a free port for the time of `body`.
    func whileListening<Result: Sendable>(_ body: (Int) async throws -> Result) async throws -> Result {
        let terms = ServiceTerms(responder: self, observer: Nobody(), limits: .patient)
        let server = try Server(host: "127.0.0.1", port: 0, loopCount: 1, terms: terms)
        server.start()
        do {
            let result = try await body(server.port)
            await server.drain()
            return result
        } catch {
            await server.drain()
            throw error
        }
    }
}

private final class Nobody: ServerObserver {
    func requestEnded(_ summary: RequestSummary) {}
}

extension ServerLimits {
    /// No clock runs out however busy the machine is; a drain waits for nobody who still holds on.
    fileprivate static let patient: ServerLimits = {
        var limits = ServerLimits()
        limits.headWithin = .seconds(600)
        limits.bodyGrace = .seconds(600)
        limits.answerStall = .seconds(600)
        limits.idle = .seconds(600)
        return limits
    }()
}
