import Glibc
import JSON
import Testing
import Turns

/// The true program as a server: how it starts, and how it ends.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct ServeTests {
    @Test func `a server needs nothing but a file and a port, and says in its log where it listens`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        #expect(try server.get("/livez").status == 200)
        #expect(try server.get("/readyz").status == 200)
        #expect(folder.exists("news.db"))
        let ending = try server.stop()
        #expect(ending.status == 0)
        for line in ending.errors.split(separator: "\n") {
            #expect(throws: Never.self, "\(line)") { try JSONReader.read(Array(line.utf8)) }
        }
    }

    @Test func `each request is logged by its route and never by its path`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        #expect(try server.get("/v1/articles/secret-slug?fields=headline").status == 404)
        let errors = try server.stop().errors
        let line = try #require(errors.split(separator: "\n").first { $0.contains("\"request\"") })
        guard case .object(let object) = try JSONReader.read(Array(line.utf8)) else { throw Failed("not an object") }
        #expect(object["method"] == .string("GET"))
        #expect(object["route"] == .string("/v1/articles/{id}"))
        #expect(object["status"] == .integer(404))
        #expect(object["request_id"] != nil && object["bytes"] != nil && object["duration_ms"] != nil)
        #expect(!errors.contains("secret") && !errors.contains(RunningServer.token))
    }

    @Test func `requests are not logged when the setting says so`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--log-requests", "false"])
        #expect(try server.get("/livez").status == 200)
        #expect(try !server.stop().errors.contains("\"request\""))
    }

    @Test func `SIGTERM lets a request finish whose body is still on its way`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let body = #"{"name":"Yoav Gallant"}"#
        let request = Client.request("POST", "/v1/people", token: RunningServer.token, body: body)
        let client = try Client(port: server.port)
        try client.send(String(request.dropLast(5)))
        // Its head has arrived when a later connection's request has been answered.
        #expect(try server.get("/livez").status == 200)
        server.program.signal(SIGTERM)
        #expect(server.program.errorLine { $0.contains("\"draining\"") } != nil)
        try client.send(String(request.suffix(5)))
        let answer = try client.answer()
        #expect(answer.status == 201)
        #expect(answer.fields["connection"] == "close")
        #expect(try server.program.ending().status == 0)

        let again = try RunningServer(in: folder)
        #expect(try again.get("/v1/people/yoav-gallant").status == 200)
    }

    @Test func `an idle connection does not hold up the end`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let client = try Client(port: server.port)
        try client.send(Client.request("GET", "/livez"))
        #expect(try client.answer().status == 200)
        #expect(try server.stop().status == 0)
        #expect(client.isAtEnd())
    }

    @Test func `while the server waits to drain it is not ready but serves`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--http-drain-delay-ms", "60000"])
        server.program.signal(SIGTERM)
        #expect(server.program.errorLine { $0.contains("\"draining\"") } != nil)
        #expect(try server.get("/readyz").status == 503)
        #expect(try server.get("/livez").status == 200)
        #expect(try server.get("/v1/articles").status == 200)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func `a later second signal ends at once with its number`(_ number: CInt) throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--http-drain-delay-ms", "60000"])
        server.program.signal(SIGTERM)
        #expect(server.program.errorLine { $0.contains("\"draining\"") } != nil)
        server.program.signalUntilItEnds(number)
        #expect(try server.program.ending().status == 128 + Int(number))
    }

    @Test func `a client that vanishes does not end the server`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        for _ in 0..<10 {
            let client = try Client(port: server.port)
            try client.send(String(repeating: Client.request("GET", "/metrics"), count: 50))
        }
        #expect(try server.get("/livez").status == 200)
        #expect(try server.stop().status == 0)
    }

    @Test func `a server that is stopped again and again goes on`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let client = try Client(port: server.port)
        for _ in 0..<50 {
            // A process that goes on has its waits interrupted.
            server.program.signal(SIGSTOP)
            try client.send(Client.request("GET", "/v1/people"))
            server.program.signal(SIGCONT)
            #expect(try client.answer().status == 200)
        }
        #expect(try server.stop().status == 0)
    }

    @Test func `after an orderly end nothing but the database is left`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        #expect(try server.post("/v1/people", #"{"name":"Ron Dermer"}"#).status == 201)
        try server.stop()
        #expect(folder.names == ["news.db"])
    }

    @Test func `every answered write is there after SIGKILL`() throws {
        let folder = try TemporaryFolder()
        var created: [String] = []
        for round in 0..<3 {
            let server = try RunningServer(in: folder)
            for url in created { #expect(try server.get(url, token: RunningServer.token).status == 200, "\(url)") }
            for number in 0..<20 {
                created += try Self.createEach(on: server, "\(round)-\(number)")
            }
            server.program.signal(SIGKILL)
            #expect(try server.program.ending().status == 128 + Int(SIGKILL))
        }
        let server = try RunningServer(in: folder)
        for url in created { #expect(try server.get(url, token: RunningServer.token).status == 200, "\(url)") }
        try server.stop()
        #expect(try Program.run(["check", "--database", "news.db"], in: folder).status == 0)
    }

    /// One resource of each kind; their URLs.
    private static func createEach(on server: RunningServer, _ name: String) throws -> [String] {
        let bodies = [
            ("/v1/people", #"{"name":"Person \#(name)"}"#),
            ("/v1/organizations", #"{"name":"Organization \#(name)","kind":"other"}"#),
            ("/v1/events", #"{"title":"Event \#(name)","kind":"meeting","status":"proposed"}"#),
            ("/v1/articles", #"{"headline":"Article \#(name)","body":"Text.","status":"draft"}"#),
        ]
        return try bodies.map { target, body in
            let answer = try server.post(target, body)
            guard answer.status == 201, let url = answer.text("url") else { throw Failed("\(answer.status): \(answer.body)") }
            return url
        }
    }
}
