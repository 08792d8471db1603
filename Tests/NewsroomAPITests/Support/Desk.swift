import Addresses
import Glibc
import HTTP
import HTTPTypes
import JSON
import Newsroom
import Storage
import Locks
import Testing

@testable import NewsroomAPI

/// A newsroom with its API, on a database of its own, without a server before it. Its clock stands still until it is moved.
final class Desk: Sendable {
    static let token = "dl_8QmYt0vR2kXw5sJp1nLc7bZh"
    static let noon = Instant(milliseconds: 1_711_540_800_000)

    let api: NewsroomAPI
    let newsroom: any NewsroomStore
    let program: ProgramState
    let clock: Clock
    let reports = Reports()
    private let folder: Folder

    convenience init(
        token: String? = Desk.token, limits: APILimits = APILimits(), origins: AllowedOrigins? = nil, backupFolder: String? = nil
    ) throws {
        try self.init(access: Access(adminToken: token), limits: limits, origins: origins, backupFolder: backupFolder)
    }

    init(
        access: Access, limits: APILimits = APILimits(), origins: AllowedOrigins? = nil, backupFolder: String? = nil,
        tellsTiming: Bool = false
    ) throws {
        let clock = Clock(Desk.noon)
        folder = try Folder()
        newsroom = try Desk.open("\(folder.path)/newsroom.db", clock)
        program = ProgramState(version: "1.2.3", startedAt: Desk.noon)
        program.phase = .serving
        self.clock = clock
        api = NewsroomAPI(
            newsroom, access: access, program: program, limits: limits, origins: origins,
            backupFolder: backupFolder, tellsTiming: tellsTiming, report: { [reports] in reports.add($0) })
    }

    deinit {
        Task { [newsroom] in await newsroom.close() }
    }

    /// Sends what stands here as a client would: a request line without its version, field lines, and a body.
    func send(_ line: String, _ fields: [String] = [], body: [UInt8] = [], from client: NetworkAddress? = nil) async throws -> Answer {
        let request = try Desk.request(line, fields, body: body.isEmpty ? .none : .bytes(body), from: client)
        // As the server asks.
        let response = if let ready = api.responseAtOnce(to: request) { ready } else { await api.respond(to: request) }
        return try await Answer(response, patterns: api.patterns)
    }

    /// The same with the token.
    func sendAsNewsroom(_ line: String, _ fields: [String] = [], body: [UInt8] = []) async throws -> Answer {
        try await send(line, fields + ["Authorization: Bearer \(Desk.token)"], body: body)
    }

    /// A write of JSON, with the token, to whatever version is stored.
    func write(_ line: String, _ json: String, _ fields: [String] = []) async throws -> Answer {
        var all = fields + ["Content-Type: application/json"]
        if !line.hasPrefix("POST"), !fields.contains(where: { $0.hasPrefix("If-Match") }) { all.append("If-Match: *") }
        return try await sendAsNewsroom(line, all, body: Array(json.utf8))
    }

    /// Makes a token good that somebody may show.
    func add(_ token: AccessToken, secret: String) async throws {
        let isAdded = try await newsroom.tokens.add(token, newsroom.tokens.hash(of: Array(secret.utf8)))
        try #require(isAdded)
    }

    /// Makes a resource that must come about.
    @discardableResult
    func create(_ kind: String, _ json: String) async throws -> Answer {
        let answer = try await write("POST /v1/\(kind)", json)
        try #require(answer.status == 201, "\(answer.text)")
        return answer
    }

    static func request(
        _ line: String, _ fields: [String] = [], body: RequestBody = .none, from client: NetworkAddress? = nil
    ) throws -> Request {
        let text = ([line + " HTTP/1.1", "Host: newsroom.example"] + fields + ["", ""]).joined(separator: "\r\n")
        var searched = 0
        guard case .request(let head, _) = RequestParser.parse(Array(text.utf8).span, searched: &searched) else {
            throw UnreadableRequest(text: text)
        }
        return Request(head: head, id: "test-request", body: body, client: client)
    }

    struct UnreadableRequest: Error {
        let text: String
    }
}

/// A clock that moves when it is told to.
final class Clock: Sendable {
    private let milliseconds: Lock<Int64>

    init(_ instant: Instant) { milliseconds = Lock(instant.milliseconds) }

    var now: Instant { milliseconds.withLock { Instant(milliseconds: $0) } }

    func move(to instant: Instant) { milliseconds.withLock { $0 = instant.milliseconds } }
}

/// What the API had to say to the log.
final class Reports: Sendable {
    private let lines = Lock<[String]>([])

    func add(_ failure: StoreFailure) { lines.withLock { $0.append("\(failure.requestID): \(failure.reason)") } }

    var all: [String] { lines.withLock { $0 } }
}

/// A folder of one test's own, removed with what is in it.
final class Folder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/dateline-api-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map { mkdtemp($0) != nil } ?? false }
        try #require(isMade, "mkdtemp: errno \(errno)")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in ["newsroom.db", "newsroom.db-wal", "newsroom.db-shm", "newsroom.db-lock"] { remove("\(path)/\(name)") }
        rmdir(path)
    }
}

extension Desk {
    /// Another store on the same file, as another process would open it.
    func openOnceMore() throws -> any NewsroomStore {
        try Desk.open("\(folder.path)/newsroom.db", clock)
    }

    private static func open(_ path: String, _ clock: Clock) throws -> any NewsroomStore {
        let options = SQLiteNewsroomStore.Options(
            path: path, readerCount: 2, longQueryCount: 1, queryWithin: .seconds(600), synchronous: .normal)
        return try SQLiteNewsroomStore.open(
            options, now: { clock.now }, randomness: SeededRandomSource(seed: 17))
    }
}

extension RequestCounts {
    /// Records a request of the route with this pattern, or of none.
    func record(route pattern: String?, method: String, status: Int, duration: Duration, bytes: Int) {
        let (seconds, attoseconds) = duration.components
        let index = pattern.flatMap { pattern in entries.firstIndex { $0.pattern == pattern } }
        record(
            route: index, method: method, status: status, nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000, bytes: bytes)
    }
}
