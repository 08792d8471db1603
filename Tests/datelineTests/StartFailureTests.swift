import Glibc
import Testing
import Turns

/// What keeps the program from starting: one clear line, and a status that is not 0.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct StartFailureTests {
    @Test func `a port in use`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let ending = try Program.run(["serve", "--port", "\(server.port)", "--database", "other.db"], in: folder)
        #expect(ending.status == 69)
        #expect(ending.errors == "dateline: cannot listen on 127.0.0.1 port \(server.port): it is in use\n")
        #expect(!folder.exists("other.db"))
    }

    @Test func `a file that is no database`() throws {
        let folder = try TemporaryFolder()
        try folder.write(String(repeating: "This is a letter, not a database. ", count: 100), to: "letter.db")
        let ending = try Program.run(["serve", "--port", "0", "--database", "letter.db"], in: folder)
        #expect(ending.status == 66)
        Self.expectOneLine(ending, naming: "letter.db")
    }

    @Test func `a database in a folder that is not there`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(["serve", "--port", "0", "--database", "nowhere/news.db"], in: folder)
        #expect(ending.status == 66)
        Self.expectOneLine(ending, naming: "nowhere/news.db")
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may read and write every file"))
    func `a database that this user may not read or write`() throws {
        let folder = try TemporaryFolder()
        try #require(try Program.run(["migrate", "--database", "news.db"], in: folder).status == 0)
        chmod(folder.path(of: "news.db"), 0)
        for command in [["check"], ["export"], ["serve", "--port", "0"]] {
            let ending = try Program.run(command + ["--database", "news.db"], in: folder)
            let message = "dateline: news.db cannot be read: its permissions forbid it\n"
            #expect(ending == .init(status: 66, output: "", errors: message), "\(command)")
        }
        chmod(folder.path(of: "news.db"), 0o400)
        let ending = try Program.run(["serve", "--port", "0", "--database", "news.db"], in: folder)
        #expect(ending == .init(status: 66, output: "", errors: "dateline: news.db cannot be written: it is read-only for this user\n"))
        chmod(folder.path(of: "news.db"), 0o600)
        chmod(folder.path, 0o500)
        defer { chmod(folder.path, 0o700) }
        let other = try Program.run(["migrate", "--database", "other.db"], in: folder)
        #expect(other == .init(status: 66, output: "", errors: "dateline: other.db cannot be made: the folder . may not be written\n"))
        let check = try Program.run(["check", "--database", "news.db"], in: folder)
        #expect(check.status == 66 && check.output.isEmpty && check.errors.contains("cannot be looked at"), "\(check)")
    }

    @Test func `a database that is a folder`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(["serve", "--port", "0", "--database", "."], in: folder)
        #expect(ending.status == 66)
        Self.expectOneLine(ending, naming: ".")
    }

    @Test(arguments: [
        (["--http-port", "99999"], "--http-port must be a whole number from 0 to 65535, not '99999'"),
        (["--port", "abc"], "--port must be a whole number from 0 to 65535, not 'abc'"),
        (["--http-port", "1", "--port=x"], "--port must be a whole number from 0 to 65535, not 'x'"),
        (["--http-head-bytes-max", "0"], "--http-head-bytes-max must be a whole number from 1024 to 1048576, not '0'"),
        (["--storage-synchronous", "off"], "--storage-synchronous must be one of full, normal, not 'off'"),
        (["--json-depth-max", "513"], "--json-depth-max must be a whole number from 8 to 512, not '513'"),
        (["--log-requests", "maybe"], "--log-requests must be true or false, not 'maybe'"),
        (["--http-loops", "many"], "--http-loops must be auto, or a whole number from 1 to 256, not 'many'"),
        (["--database", ""], "--database must be a text that is not empty, not ''"),
        (
            ["--http-cors-origins", "https://desk.example/"],
            "--http-cors-origins must be * alone, or origins by comma: scheme://host or scheme://host:port, without a path; or null, "
                + "not 'https://desk.example/'"
        ),
        (
            ["--webhooks-allowed-addresses", "10.0.0.1/8"],
            "--webhooks-allowed-addresses must be addresses by comma, each with the number of the bits that count where they are not all, "
                + "and no other bit set: 10.1.0.0/16, ::1, not '10.0.0.1/8'"
        ),
        (["--admin-token", "short"], "--admin-token must be 16 to 512 visible ASCII characters without spaces"),
    ])
    func `a setting that cannot be`(_ flags: [String], _ message: String) throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(["serve"] + flags, in: folder)
        #expect(ending == .init(status: 78, output: "", errors: "dateline: \(message)\n"))
        #expect(folder.names.isEmpty)
    }

    @Test func `a flag that does not exist, with the nearest that does`() throws {
        let ending = try Program.run(["serve", "--http-prot", "1"], in: try TemporaryFolder())
        #expect(ending.status == 64)
        #expect(ending.errors.contains("--http-port"))
    }

    private static func expectOneLine(_ ending: Program.Ending, naming name: String) {
        #expect(ending.errors.hasPrefix("dateline: ") && ending.errors.contains(name), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").filter { $0.hasPrefix("dateline: ") }.count == 1, "\(ending.errors)")
    }
}
