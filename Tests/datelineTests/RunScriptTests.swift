import Glibc
import Testing
import Turns

/// `scripts/run`, with a compiler that has built the program already.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct RunScriptTests {
    @Test func `the demo is loaded into a database that begins, and never again`() throws {
        let folder = try TemporaryFolder()
        let first = try Self.serve("my news.db", in: folder)
        let listed = try Client.send("GET", "/v1/articles?count=exact&limit=1", port: first.port, token: RunningServer.token)
        #expect(!listed.body.contains(#""value":0"#), "\(listed.body)")
        let person = try Client.send("GET", "/v1/people/yoav-gallant", port: first.port)
        #expect(person.status == 200)
        let body = #"{"description":"edited"}"#
        let edited = try Client.send(
            "PATCH", "/v1/people/yoav-gallant", port: first.port, token: RunningServer.token, fields: ["If-Match: *"], body: body)
        #expect(edited.status == 200)
        first.program.signal(SIGTERM)
        #expect(try first.program.ending().status == 0)

        let second = try Self.serve("my news.db", in: folder)
        #expect(try Client.send("GET", "/v1/people/yoav-gallant", port: second.port).text("description") == "edited")
        second.program.signal(SIGTERM)
        #expect(try second.program.ending().status == 0)
    }

    @Test func `a newsroom's own database stays its own`() throws {
        let folder = try TemporaryFolder()
        try #require(try Program.run(["migrate", "--database", "real.db"], in: folder).status == 0)
        let server = try Self.serve("real.db", in: folder)
        #expect(try Client.send("GET", "/v1/people", port: server.port).body.hasPrefix(#"{"data":[]"#))
    }

    @Test func `help is the server's`() throws {
        let folder = try TemporaryFolder()
        let ending = try Self.start(["--help"], in: folder).ending()
        #expect(ending.status == 0)
        #expect(ending.output.contains("USAGE: dateline serve"))
    }

    @Test func `a flag that is none starts nothing`() throws {
        let folder = try TemporaryFolder()
        let ending = try Self.start(["--prot", "1", "--database", folder.path(of: "news.db")], in: folder).ending()
        #expect(ending.status == 64)
        #expect(!folder.exists("news.db"))
    }

    private static func serve(_ name: String, in folder: TemporaryFolder) throws -> (program: Program, port: Int) {
        let program = try start(["--database", folder.path(of: name), "--port", "0"], in: folder)
        guard let line = program.errorLine(where: { $0.contains("\"listening\"") }),
            let port = line.firstMatch(of: /"port":(\d+)/).flatMap({ Int($0.1) })
        else { throw Failed("the script does not serve: \(program.errorText)") }
        return (program, port)
    }

    /// Runs the script with a `swift` before the true one that builds nothing and names the folder of the program that is tested.
    private static func start(_ arguments: [String], in folder: TemporaryFolder) throws -> Program {
        let compiler = try folder.write(
            """
            #!/bin/sh
            case "$*" in
                --version) echo "Swift version 6.3" ;;
                *--show-bin-path) echo "$BUILT" ;;
            esac
            """, to: "swift")
        chmod(compiler, 0o755)
        let built = Program.executable.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try Program(
            arguments, in: folder,
            environment: [
                "PATH": "\(folder.path):/usr/bin:/bin", "BUILT": built, "DATELINE_ADMIN_TOKEN": RunningServer.token,
                // What the script would make for a database that nobody names.
                "DATELINE_DATABASE": folder.path(of: "unused.db"),
            ], executable: "\(root)/scripts/run")
    }
}
