import Dispatch
import Glibc
import Locks
import Testing
import Turns

/// When descriptors run out, in truth: the kernel refuses them to the program.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct DescriptorTests {
    @Test func `a start with too few is refused with how many are needed, and with those everything works`() throws {
        let folder = try TemporaryFolder()
        let message = try Self.refusal(at: 20, in: folder)
        #expect(!folder.exists("news.db"))
        let needed = try #require(message.firstMatch(of: /need (\d+)/).flatMap { Int($0.1) })
        #expect(message == Self.message(20, needed: needed))
        #expect(try Self.refusal(at: needed - 1, in: folder) == Self.message(needed - 1, needed: needed))

        let server = try RunningServer(in: folder, descriptorCountMax: needed)
        let wrong = Lock<[String]>([])
        // As many clients as there are places, all at the same time, so that every reader of the database is wanted.
        let group = DispatchGroup()
        for index in 0..<8 {
            startClient(in: group) {
                do {
                    let client = try Client(port: server.port)
                    for round in 0..<10 {
                        for request in Self.requests(named: "\(index)-\(round)") {
                            try client.send(request)
                            let answer = try client.answer()
                            if answer.status > 201 { wrong.withLock { $0.append("\(request): \(answer.status) \(answer.body)") } }
                        }
                    }
                } catch {
                    wrong.withLock { $0.append("\(error)") }
                }
            }
        }
        group.wait()
        #expect(wrong.withLock { $0 } == [])
        let ending = try server.stop()
        #expect(ending.status == 0)
        #expect(ending.errors.contains("leaves fewer connections"))
    }

    @Test func `while there is none the server waits without spinning, serves who is connected, and then goes on`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, descriptorCountMax: 1_000)
        let old = try Client(port: server.port)
        try Self.expectAnswer(to: "/v1/people", from: old)
        // Not even the spare one's number may be used again.
        try Self.limit(server, to: 3, in: folder)
        let began = Clock.now
        let new = try (0..<20).map { _ in try Client(port: server.port) }
        for client in new { try client.send(Client.request("GET", "/v1/people")) }
        usleep(300_000)
        let before = try server.program.cpuMilliseconds()
        usleep(1_000_000)
        #expect(try server.program.cpuMilliseconds() - before < 300, "a core that spins would use a thousand")
        for _ in 0..<50 { try Self.expectAnswer(to: "/v1/people", from: old) }
        let secondCount = (Clock.now - began) / 1_000
        #expect(try Self.figure("dateline_accept_errors_total", from: old) < 50 * (1 + secondCount), "without a pause: thousands")

        try Self.limit(server, to: 1_000, in: folder)
        for client in new { #expect(try client.answer().status == 200) }

        // The second time there is a spare one again, by which clients are turned away.
        try Self.expectRefusal(by: server, beside: old, in: folder)
        #expect(try server.stop().status == 0)
    }

    @Test func `when the last is taken, new clients are told, and those who are connected are served`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, descriptorCountMax: 1_000)
        let old = try Client(port: server.port)
        try Self.expectAnswer(to: "/v1/people", from: old)
        try Self.expectRefusal(by: server, beside: old, in: folder)
        // Those who held the others have gone.
        #expect(try eventually { (try? server.get("/v1/people").status) == 200 })
        #expect(try server.stop().status == 0)
    }

    /// Takes descriptors until a client is turned away.
    private static func expectRefusal(by server: RunningServer, beside old: Client, in folder: TemporaryFolder) throws {
        try limit(server, to: (server.program.descriptors().max() ?? 0) + 4, in: folder)
        var others: [Client] = []
        var refusal: Client.Answer?
        while refusal == nil, others.count < 100 {
            let client = try Client(port: server.port)
            others.append(client)
            try? client.send(Client.request("GET", "/livez"))
            let answer = try client.answer()
            if answer.status != 200 { refusal = answer }
        }
        #expect(refusal?.status == 503)
        #expect(refusal?.text("code") == "overloaded")
        #expect(refusal?.fields["retry-after"] != nil && refusal?.fields["connection"] == "close")
        for _ in 0..<50 { try expectAnswer(to: "/v1/people", from: old) }
        try limit(server, to: 1_000, in: folder)
    }

    private static func requests(named name: String) -> [String] {
        let line = #"{"type":"person","external_id":"test:\#(name)","name":"Person \#(name)"}"#
        return [
            Client.request("POST", "/v1/people", token: RunningServer.token, body: #"{"name":"Ron \#(name)"}"#),
            Client.request("GET", "/v1/people?limit=3"), Client.request("GET", "/v1/people?count=exact&name__startswith=Ron"),
            Client.request("GET", "/v1/articles?sort=-updated_at&headline__contains=\(name)"), Client.request("GET", "/metrics"),
            "POST /v1/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(RunningServer.token)\r\n"
                + "Content-Type: application/x-ndjson\r\nContent-Length: \(line.utf8.count)\r\n\r\n\(line)",
        ]
    }

    private static func refusal(at count: Int, in folder: TemporaryFolder) throws -> String {
        // It fails to start, and says why.
        let failure = #expect(throws: Failed.self) { try RunningServer(in: folder, descriptorCountMax: count) }
        return try #require(failure?.description.split(separator: "\n").first { $0.contains("dateline: ") }.map(String.init))
    }

    private static func message(_ count: Int, needed: Int) -> String {
        "the server does not listen: dateline: limit on open files: \(count) are too few, these settings need \(needed) (ulimit -n)"
    }

    private static func expectAnswer(to target: String, from client: Client) throws {
        try client.send(Client.request("GET", target))
        #expect(try client.answer().status == 200)
    }

    private static func figure(_ name: String, from client: Client) throws -> Int {
        try client.send(Client.request("GET", "/metrics"))
        let line = try client.answer().body.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return try #require(line.flatMap { Int($0.dropFirst(name.count + 1)) })
    }

    /// Changes how many descriptors the running program may have, from the outside (prlimit(1)).
    private static func limit(_ server: RunningServer, to count: Int, in folder: TemporaryFolder) throws {
        let arguments = ["--pid", "\(server.program.processID)", "--nofile=\(count):"]
        let ending = try Program(arguments, in: folder, executable: "/usr/bin/prlimit").ending()
        try #require(ending.status == 0, "\(ending.errors)")
    }
}
