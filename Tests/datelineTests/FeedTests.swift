import Dispatch
import Glibc
import JSON
import Locks
import Testing
import Turns

/// The change feed over a real server: clients that come and go, writes beside them, and servers that end.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct FeedTests {
    @Test func `each change is told exactly once, over lost connections and servers that stop and are killed`() throws {
        let folder = try TemporaryFolder()
        let run = Run()
        let (listeners, writers) = (DispatchGroup(), DispatchGroup())
        var server = try start(folder, run)
        for number in 0..<6 { startClient(in: listeners) { Listener(number, run).follow() } }
        for number in 0..<3 { startClient(in: writers) { Self.write(number, run) } }
        for signal in [SIGTERM, SIGKILL] {
            let count = run.writeCount
            #expect(try eventually { run.writeCount >= count + 120 && run.lostCount > 3 })
            server.program.signal(signal)
            _ = try server.program.ending()
            server = try start(folder, run)
        }
        let count = run.writeCount
        #expect(try eventually { run.writeCount >= count + 120 })
        run.end()
        writers.wait()
        // Everybody sees the last one.
        let last = try server.post("/v1/people", #"{"name": "The last one"}"#)
        #expect(last.status == 201)
        run.finish(at: try Self.pages(server, token: RunningServer.token).last ?? 0)
        listeners.wait()
        let told = [false: try Self.pages(server, token: nil), true: try Self.pages(server, token: RunningServer.token)]
        for (isNewsroom, numbers) in run.heard { #expect(numbers == told[isNewsroom]) }
        #expect(run.heard.count == 6 && told[false] != told[true])
        try server.stop()
        let check = try Program(["check", "--database", "news.db"], in: folder).ending()
        #expect(check.status == 0, "\(check.output)")
    }

    @Test func `a server that stops ends its streams as any answer ends, at once`() throws {
        let folder = try TemporaryFolder()
        let server = try start(folder, Run())
        let clients = try (0..<20).map { _ in
            let client = try Client(port: server.port)
            try client.send(Client.request("GET", "/v1/changes", fields: ["Accept: text/event-stream"]))
            #expect(try client.head().fields["content-type"] == "text/event-stream")
            #expect(try client.chunk() != nil)
            return client
        }
        let waiting = try Client(port: server.port)
        try waiting.send(Client.request("GET", "/v1/changes?wait=60"))
        #expect(try eventually { try server.get("/metrics").body.contains("\ndateline_change_listeners 21\n") })
        server.program.signal(SIGTERM)
        for client in clients { #expect(try client.chunk() == nil && client.isAtEnd()) }
        #expect(try waiting.answer().status == 200)
        #expect(try server.program.ending().status == 0)
    }

    private func start(_ folder: TemporaryFolder, _ run: Run) throws -> RunningServer {
        let server = try RunningServer(in: folder, flags: ["--log-requests", "false", "--feed-lag-bytes-max", "65536"])
        run.move(to: server.port)
        return server
    }

    /// The numbers of all changes, page after page.
    private static func pages(_ server: RunningServer, token: String?) throws -> [Int64] {
        var (numbers, after) = ([Int64](), Int64(0))
        while true {
            let page = try server.get("/v1/changes?limit=7&after=\(after)", token: token)
            guard case .array(let changes)? = page["data"], case .integer(let next)? = page["page"]?["next"],
                case .integer(let newest)? = page["page"]?["newest"]
            else { throw Failed("no page: \(page.body)") }
            numbers += changes.compactMap { change in
                if case .integer(let number)? = change["seq"] { number } else { nil }
            }
            guard next < newest else { return numbers }
            after = next
        }
    }

    /// Writes people that everybody sees, and articles that become so, until it is told to end.
    private static func write(_ writer: Int, _ run: Run) {
        var number = 0
        while !run.isOver {
            number += 1
            do {
                let client = try Client(port: run.port)
                func post(_ target: String, _ body: String, _ fields: [String] = []) throws -> Client.Answer {
                    try client.send(Client.request("POST", target, token: RunningServer.token, fields: fields, body: body))
                    return try client.answer()
                }
                for round in 0..<10 where !run.isOver {
                    let person = try post("/v1/people", #"{"name": "Person \#(writer) \#(number) \#(round)"}"#)
                    guard person.status == 201 else { throw Failed("status \(person.status)") }
                    let article = try post("/v1/articles", #"{"headline": "Article \#(writer) \#(number) \#(round)"}"#)
                    if round % 2 == 0, let id = article.text("id") {
                        _ = try post("/v1/articles/\(id)/actions/publish", "{}", ["If-Match: *"])
                    }
                    run.wrote()
                }
            } catch {
                // A server that ends loses its clients.
                usleep(2_000)
            }
        }
    }
}

/// What the threads of one run know of each other.
private final class Run: Sendable {
    private struct State {
        var port = 0
        var writeCount = 0
        var lostCount = 0
        var isOver = false
        var last: Int64?
        var heard: [(isNewsroom: Bool, numbers: [Int64])] = []
    }

    private let state = Lock(State())

    var port: Int { state.withLock { $0.port } }
    var writeCount: Int { state.withLock { $0.writeCount } }
    var lostCount: Int { state.withLock { $0.lostCount } }
    var isOver: Bool { state.withLock { $0.isOver } }
    /// The number at which a listener has heard all.
    var last: Int64? { state.withLock { $0.last } }
    var heard: [(isNewsroom: Bool, numbers: [Int64])] { state.withLock { $0.heard } }

    func move(to port: Int) { state.withLock { $0.port = port } }
    func wrote() { state.withLock { $0.writeCount += 1 } }
    func lostConnection() { state.withLock { $0.lostCount += 1 } }
    func end() { state.withLock { $0.isOver = true } }
    func finish(at last: Int64) { state.withLock { $0.last = last } }
    func heard(_ numbers: [Int64], isNewsroom: Bool) { state.withLock { $0.heard.append((isNewsroom, numbers)) } }
}

/// A client that reads as a browser does, loses its connection again and again, and comes back with the last id that it was given.
private struct Listener {
    private let run: Run
    private let isNewsroom: Bool
    private var random: SeededRandom
    private var numbers: [Int64] = []
    private var lastID = "0"

    init(_ number: Int, _ run: Run) {
        self.run = run
        isNewsroom = number % 2 == 1
        random = SeededRandom(state: UInt64(number + 1))
    }

    consuming func follow() {
        while run.last.map({ Int64(lastID) ?? 0 < $0 }) ?? true {
            do { try listen() } catch { usleep(2_000) }
            run.lostConnection()
        }
        run.heard(numbers, isNewsroom: isNewsroom)
    }

    /// One connection, for as long as it pleases.
    private mutating func listen() throws {
        let client = try Client(port: run.port)
        if random.next() % 2 == 0 { client.resetAtEnd() }
        let fields = ["Accept: text/event-stream", "Last-Event-ID: \(lastID)"]
        try client.send(Client.request("GET", "/v1/changes", token: isNewsroom ? RunningServer.token : nil, fields: fields))
        let head = try client.head()
        guard head.status == 200 else { throw Failed("status \(head.status)") }
        var buffer: [UInt8] = []
        for _ in 0...random.next() % 30 {
            if let last = run.last, Int64(lastID) ?? 0 >= last { return }
            guard let chunk = try client.chunk() else { return }
            buffer += chunk
            // What is not whole when the connection ends never was.
            while let end = buffer.firstRange(of: Array("\n\n".utf8)) {
                take(String(decoding: buffer[..<end.lowerBound], as: UTF8.self))
                buffer.removeFirst(end.upperBound)
            }
        }
    }

    private mutating func take(_ block: String) {
        let lines = block.split(separator: "\n")
        guard let id = lines.first(where: { $0.hasPrefix("id: ") })?.dropFirst(4) else { return }
        lastID = String(id)
        if lines.contains("event: change"), let number = Int64(id) { numbers.append(number) }
    }
}

/// The same numbers in each run.
private struct SeededRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
