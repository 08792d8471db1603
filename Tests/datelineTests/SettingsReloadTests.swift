import Glibc
import JSON
import Testing
import Turns

/// SIGHUP: a server that runs reads its settings again.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct SettingsReloadTests {
    private static func serve(_ settings: String, in folder: TemporaryFolder) throws -> RunningServer {
        try folder.write(settings, to: "settings.json")
        return try RunningServer(in: folder, flags: ["--config", "settings.json"])
    }

    /// Sends the signal and waits for the line that follows it.
    private static func reload(_ server: RunningServer, _ settings: String, in folder: TemporaryFolder, says message: String) throws
        -> String
    {
        try folder.write(settings, to: "settings.json")
        server.program.signal(SIGHUP)
        return try #require(server.program.errorLine { $0.contains(message) }, "\(server.program.errorText)")
    }

    @Test func `what changes holds for the next request, on the connection that is open too`() throws {
        let folder = try TemporaryFolder()
        let server = try Self.serve(#"{"http": {"cors_origins": "https://old.example"}}"#, in: folder)
        let client = try Client(port: server.port)
        func origin(_ name: String) throws -> String? {
            try client.send(Client.request("GET", "/livez", fields: ["Origin: https://\(name).example"]))
            return try client.answer().fields["access-control-allow-origin"]
        }
        #expect(try origin("old") == "https://old.example" && origin("new") == nil)
        let line = try Self.reload(
            server, #"{"http": {"cors_origins": "https://new.example", "body_bytes_max": 1024}, "access": {"anonymous": false}}"#,
            in: folder,
            says: "the settings were read again")
        #expect(line.contains(#""access.anonymous":"false""#) && line.contains(#""http.body_bytes_max":"1024""#))
        #expect(try origin("old") == nil && origin("new") == "https://new.example")
        #expect(try server.get("/v1/articles").status == 401)
        #expect(try server.post("/v1/people", #"{"name": "\#(String(repeating: "a", count: 2_000))"}"#).status == 413)
        // What was counted before goes on.
        #expect(try server.get("/metrics").body.contains(#"dateline_requests_total{route="/livez",method="GET",status="200"} 4"#))
        #expect(try server.stop().status == 0)
    }

    @Test(arguments: [
        (#"{"http": {"cors_origins": "*", "prot": 1}}"#, "unknown setting http.prot (did you mean http.port?)"),
        (
            #"{"http": {"cors_origins": "*", "idle_ms": 1}}"#,
            "http.idle_ms in settings.json must be a whole number from 100 to 3600000, not '1'"
        ),
        (#"{"http": {"cors_origins": "*""#, "the settings file settings.json is not JSON"),
    ])
    func `a file that cannot be changes nothing and says why in one line`(_ settings: String, _ reason: String) throws {
        let folder = try TemporaryFolder()
        let server = try Self.serve("{}", in: folder)
        let line = try Self.reload(server, settings, in: folder, says: "the settings cannot be")
        #expect(line.contains(#""level":"error""#) && line.contains(reason))
        let answer = try Client.send("GET", "/livez", port: server.port, fields: ["Origin: https://any.example"])
        #expect(answer.status == 200 && answer.fields["access-control-allow-origin"] == nil)
        // A good one afterwards is taken.
        _ = try Self.reload(server, #"{"http": {"cors_origins": "*"}}"#, in: folder, says: "the settings were read again")
        #expect(try Client.send("GET", "/livez", port: server.port).fields["access-control-allow-origin"] == "*")
        #expect(try server.stop().status == 0)
    }

    @Test func `what needs a restart is named and does not change`() throws {
        let folder = try TemporaryFolder()
        let server = try Self.serve("{}", in: folder)
        let line = try Self.reload(
            server, #"{"storage": {"query_ms": 20}, "http": {"backlog_max": 9}}"#, in: folder, says: "need a restart")
        #expect(line.contains(#""settings":["http.backlog_max","storage.query_ms"]"#) && line.contains(#""level":"warning""#))
        #expect(try server.stop().status == 0)
    }

    @Test func `the level of the log and the lines of requests follow`() throws {
        let folder = try TemporaryFolder()
        let server = try Self.serve("{}", in: folder)
        #expect(try server.get("/v1/people?fields=id").status == 200)
        _ = try Self.reload(server, #"{"log": {"requests": false}}"#, in: folder, says: "the settings were read again")
        #expect(try server.get("/v1/meta").status == 200)
        let errors = try server.stop().errors
        #expect(errors.contains(#""route":"/v1/people""#) && !errors.contains(#""route":"/v1/meta""#))
    }

    @Test func `flags stay stronger than what the file says now`() throws {
        let folder = try TemporaryFolder()
        try folder.write("{}", to: "settings.json")
        let server = try RunningServer(in: folder, flags: ["--config", "settings.json", "--http-body-bytes-max", "4096"])
        let line = try Self.reload(
            server, #"{"http": {"body_bytes_max": 1024, "cors_origins": "*"}}"#, in: folder, says: "the settings were read again")
        #expect(!line.contains("body_bytes_max"))
        #expect(try server.post("/v1/people", #"{"name": "Ada \#(String(repeating: "a", count: 2_000))"}"#).status != 413)
        #expect(try server.stop().status == 0)
    }
}
