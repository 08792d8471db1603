import Glibc
import HTTP
import HTTPServer
import HTTPTypes
import Locks

/// A responder made of a closure.
struct Answering: Responder {
    let answer: @Sendable (Request) async -> Response

    init(_ answer: @escaping @Sendable (Request) async -> Response) { self.answer = answer }

    func respond(to request: Request) async -> Response { await answer(request) }

    /// Answers with the path.
    static let path = Answering { request in
        .sample(request.target.segments.joined(separator: "/"))
    }

    /// Answers with the body of the request, or with the problem of reading it.
    static let echo = Answering { request in
        do throws(Problem) {
            return .sample(try await request.body.collect(upTo: 16 << 20))
        } catch {
            return error.response(instance: nil, requestID: request.id)
        }
    }

    /// Answers without having looked at the body.
    static let deaf = Answering { _ in .sample("deaf") }
}

extension Response {
    static func sample(_ text: String) -> Response { sample(Array(text.utf8)) }

    static func sample(_ bytes: [UInt8]) -> Response { Response(status: .ok, body: .bytes(bytes), route: 7) }

    static func stream(_ produce: @escaping @Sendable (any ResponseBodySink) async throws -> Void) -> Response {
        Response(status: .ok, body: .stream(produce))
    }
}

extension ServerLimits {
    /// What tests begin with whose subject is not a clock: none runs out on a machine however busy, only on what hangs. Those whose subject
    /// is one set that.
    static let patient: ServerLimits = {
        var limits = ServerLimits()
        limits.headWithin = .seconds(600)
        limits.bodyGrace = .seconds(600)
        limits.answerStall = .seconds(600)
        limits.idle = .seconds(600)
        // Shorter, since a test that holds a client until the server has drained waits for it.
        limits.lingerWithin = .seconds(60)
        limits.drainWithin = .seconds(600)
        return limits
    }()
}

extension Server {
    /// With what most tests are about, one by one.
    convenience init(
        host: String, port: Int, loopCount: Int, limits: ServerLimits = ServerLimits(), responder: any Responder,
        observer: any ServerObserver, proxies: TrustedProxies = .none, calls: SystemCalls = .linux
    ) throws(SystemError) {
        let terms = ServiceTerms(responder: responder, observer: observer, limits: limits, proxies: proxies)
        try self.init(host: host, port: port, loopCount: loopCount, terms: terms, calls: calls)
    }
}

/// Keeps what the server tells.
final class Recorder: ServerObserver {
    private let kept = Lock<[RequestSummary]>([])
    let wantsClients: Bool

    init(wantsClients: Bool = false) { self.wantsClients = wantsClients }

    var summaries: [RequestSummary] { kept.withLock { $0 } }

    func requestEnded(_ summary: RequestSummary) { kept.withLock { $0.append(summary) } }
}

/// Runs a server on a free port of 127.0.0.1 for the time of `body`, and drains it.
func withServer<Result: Sendable>(
    _ responder: Answering = .path, limits: ServerLimits = .patient, loopCount: Int = 1, observer: any ServerObserver = Recorder(),
    proxies: TrustedProxies = .none, calls: SystemCalls = .linux, _ body: @Sendable (Server) async throws -> Result
) async throws -> Result {
    let server = try Server(
        host: "127.0.0.1", port: 0, loopCount: loopCount, limits: limits, responder: responder, observer: observer, proxies: proxies,
        calls: calls)
    server.start()
    do {
        let result = try await body(server)
        await server.drain()
        return result
    } catch {
        await server.drain()
        throw error
    }
}

/// Runs blocking code on a thread of its own: those of Swift's pool are few and must not block.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        startThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}

/// A client that has connected and sent this.
func connected(to server: Server, sending text: String = "", receiveByteCount: CInt? = nil) async throws -> TestClient {
    let port = server.port
    return try await blocking {
        let client = try TestClient(port: port, receiveByteCount: receiveByteCount)
        try client.send(text)
        return client
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func startThread(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, runWork, Unmanaged.passRetained(Work(body)).toOpaque())
    precondition(code == 0, "no thread for a test")
    pthread_detach(thread)
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
    return nil
}

func get(_ path: String, _ fields: String = "") -> String { "GET \(path) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n" }
