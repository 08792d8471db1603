import Glibc
import Testing
import Turns

/// What clients can make the program keep in memory: no more than its settings say, however many do the same at a time.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct BoundedMemoryTests {
    @Test func `heads that do not end are kept up to their limit`() throws {
        let unfinished = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "x", count: 16_000)
        try Self.expectGrowth(below: 2 * 16_384 + Self.connectionByteCount, by: 400) { server in
            let client = try Client(port: server.port)
            try client.send(unfinished)
            return client
        }
    }

    @Test func `of a body that nobody may send nothing is kept`() throws {
        let head = "POST /v1/people HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
        let part = String(repeating: " ", count: 200_000)
        try Self.expectGrowth(below: Self.connectionByteCount, by: 200, thenAnswered: 401) { server in
            let client = try Client(port: server.port)
            try client.send(head + part)
            return client
        }
    }

    @Test func `bodies that do not end are kept up to their limit`() throws {
        let head = Self.posting("Content-Length: 1048576")
        let part = String(repeating: " ", count: 1_048_575)
        // The array that collects it is as large again while it grows.
        try Self.expectGrowth(below: 2 * 1_048_576 + Self.connectionByteCount, by: 40) { server in
            let client = try Client(port: server.port)
            try client.send(head + part)
            return client
        }
    }

    @Test func `chunk extensions are not kept, and refused when they are long`() throws {
        let body = "1;" + String(repeating: "x", count: 100_000)
        try Self.expectGrowth(below: Self.connectionByteCount, by: 200, thenAnswered: 400) { server in
            let client = try Client(port: server.port)
            try client.send(Self.posting("Transfer-Encoding: chunked") + body)
            return client
        }
    }

    @Test func `a thousand requests in a row, and nobody who reads, cost a buffer in and one out`() throws {
        let requests = String(repeating: Client.request("GET", "/livez"), count: 1_000)
        try Self.expectGrowth(below: 4 * 65_536 + Self.connectionByteCount, by: 30, thenAnswered: 200) { server in
            let client = try Client(port: server.port, receiveByteCount: 4_096)
            try client.send(requests)
            return client
        }
    }

    @Test(arguments: ["\r", "G"]) func `what is left of many requests in one go is all that is kept`(_ rest: String) throws {
        // As much as one read takes, with few answers, which nobody reads here.
        let request = Client.request("GET", "/livez?" + String(repeating: "x", count: 8_000))
        let last = Client.request("GET", "/livez?")
        let padding = 65_536 - rest.utf8.count - 8 * request.utf8.count - last.utf8.count
        let requests = String(repeating: request, count: 8) + Client.request("GET", "/livez?" + String(repeating: "x", count: padding))
        try Self.expectGrowth(below: Self.connectionByteCount, by: 200) { server in
            let client = try Client(port: server.port)
            try client.send(requests + rest)
            return client
        }
    }

    @Test func `five hundred slow readers of large answers cost one answer each`() throws {
        let body = String(repeating: "x", count: 200_000)
        let article = #"{"headline":"Large","slug":"large","status":"published","published_at":"2024-03-27T00:00:00Z","body":"\#(body)"}"#
        let requests = String(repeating: Client.request("GET", "/v1/articles/large"), count: 20)
        // Of the twenty that each asks for: the one that is being sent, with what was to leave in one go with it.
        try Self.expectGrowth(
            below: 210_000 + 65_536 + Self.connectionByteCount, by: 500, thenAnswered: 200,
            after: { server in
                let answer = try server.post("/v1/articles", article)
                #expect(answer.status == 201)
            }
        ) { server in
            let client = try Client(port: server.port, receiveByteCount: 4_096)
            try client.send(requests)
            return client
        }
    }

    /// A connection's own, and its share of what the allocator cannot use.
    private static let connectionByteCount = 32_768

    /// Sees to it that so many clients, who all do the same at the same time, do not make the program larger than so many bytes each; and
    /// that it serves others meanwhile, and them.
    private static func expectGrowth(
        below byteCount: Int, by clientCount: Int, thenAnswered status: Int? = nil,
        after prepare: (RunningServer) throws -> Void = { _ in }, _ begin: (RunningServer) throws -> Client,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = try TemporaryFolder()
        // Nobody is cut off meanwhile, however busy the machine.
        let clocks = ["head", "body-grace", "answer-stall"].flatMap { ["--http-\($0)-ms", "600000"] } + ["--http-linger-ms", "60000"]
        let server = try RunningServer(in: folder, flags: ["--log-requests", "false"] + clocks)
        try prepare(server)
        for _ in 0..<20 { #expect(try server.get("/v1/articles").status == 200) }
        let before = try server.program.residentByteCount()
        let clients = try (0..<clientCount).map { _ in try begin(server) }
        // Each of these waits for its loop's turn, after what came before: with twenty, no loop is left out.
        for _ in 0..<20 { #expect(try server.get("/livez").status == 200) }
        let growth = try server.program.residentByteCount() - before
        #expect(
            Program.isSanitized || growth < clientCount * byteCount, "\(growth / clientCount) bytes a client",
            sourceLocation: sourceLocation)
        if let status {
            for client in clients { #expect(try client.answer().status == status, sourceLocation: sourceLocation) }
        }
        #expect(try server.get("/readyz").status == 200)
        // Those who are in the middle of something would be waited for.
        server.program.signal(SIGKILL)
        #expect(try server.program.ending().status == 128 + Int(SIGKILL))
    }

    private static func posting(_ field: String) -> String {
        "POST /v1/people HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(RunningServer.token)\r\n"
            + "Content-Type: application/json\r\n\(field)\r\n\r\n"
    }
}
