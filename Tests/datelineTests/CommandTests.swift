import Glibc
import Testing
import Turns

@testable import dateline

/// The small commands.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct CommandTests {
    @Test func `healthcheck tells a server that is ready from none`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let ready = try Program.run(["healthcheck", "--port", "\(server.port)"], in: folder)
        #expect(ready == .init(status: 0, output: "ready\n", errors: ""))
        try server.stop()
        let gone = try Program.run(["healthcheck", "--port", "\(server.port)"], in: folder)
        #expect(gone.status == 69)
        #expect(gone.errors == "dateline: no answer from 127.0.0.1 port \(server.port): connect: Connection refused (111)\n")
    }

    @Test func `healthcheck asks on the loopback for a server that listens everywhere`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--host", "0.0.0.0"])
        #expect(try Program.run(["healthcheck", "--host", "0.0.0.0", "--port", "\(server.port)"], in: folder).status == 0)
        #expect(try Program.run(["healthcheck", "--host", "localhost", "--port", "\(server.port)"], in: folder).status == 0)
    }

    @Test func `healthcheck fails while the server drains`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--http-drain-delay-ms", "60000"])
        server.program.signal(SIGTERM)
        #expect(server.program.errorLine { $0.contains("\"draining\"") } != nil)
        let ending = try Program.run(["healthcheck", "--port", "\(server.port)"], in: folder)
        #expect(ending == .init(status: 1, output: "", errors: "dateline: not ready: 503\n"))
    }

    @Test func `routes lists every route with its method`() throws {
        let ending = try Program.run(["routes"], in: try TemporaryFolder())
        #expect(ending.status == 0)
        let lines = ending.output.split(separator: "\n")
        #expect(lines.count == RouteList.rows.count)
        #expect(lines.contains { $0.split(separator: " ").prefix(2) == ["PATCH", "/v1/articles/{id}"] })
    }

    @Test func `healthcheck says when nothing comes`() throws {
        let listener = try SilentListener()
        #expect(throws: Probe.Refusal.late) {
            try Probe.status(of: "/readyz", host: "127.0.0.1", port: listener.port, within: .milliseconds(20))
        }
        let ending = try Program.run(["healthcheck", "--port", "\(listener.port)"], in: try TemporaryFolder())
        #expect(ending == .init(status: 69, output: "", errors: "dateline: no answer from 127.0.0.1 port \(listener.port) within 3 s\n"))
    }

    @Test(arguments: ["version", "--version"]) func `the version is one line, however it is asked for`(_ word: String) throws {
        let ending = try Program.run([word], in: try TemporaryFolder())
        #expect(ending.status == 0)
        #expect(ending.output.wholeMatch(of: /dateline \d+\.\d+\.\d+\n/) != nil)
    }

    @Test func `a command whose output goes nowhere fails and says so`() throws {
        let folder = try TemporaryFolder()
        try folder.write(ImportExportTests.records, to: "news.ndjson")
        let commands = [
            "migrate", "import news.ndjson", "export", "check", "routes", "config", "config http.port", "config --defaults", "version",
            "--version", "--help", "",
        ]
        for command in commands {
            let ending = try Program.run(shell: "dateline \(command) > /dev/full", in: folder)
            let message = "dateline: standard output cannot be written: write: No space left on device (28)\n"
            #expect(ending == .init(status: 74, output: "", errors: message), "\(command)")
        }
    }

    @Test func `a stream that is closed from the start does not become a file of the program`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(shell: "dateline migrate --database news.db >&-", in: folder)
        #expect(ending.status == 74)
        #expect(ending.errors == "dateline: standard output cannot be written: write: Bad file descriptor (9)\n")
        #expect(try Program.run(["check", "--database", "news.db"], in: folder).status == 0)
        let input = try Program.run(shell: "dateline import - --database news.db <&-", in: folder)
        #expect(input.status == 66)
    }

    @Test func `migrate makes a database, and finds it up to date`() throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            let ending = try Program.run(["migrate", "--database", "news.db"], in: folder)
            #expect(ending == .init(status: 0, output: "news.db is up to date\n", errors: ""))
        }
        #expect(folder.names == ["news.db"])
    }

    @Test func `check finds a sound database sound, and a damaged one not`() throws {
        let folder = try TemporaryFolder()
        try #require(try Program.run(["migrate", "--database", "news.db"], in: folder).status == 0)
        #expect(
            try Program.run(["check", "--database", "news.db"], in: folder)
                == .init(status: 0, output: "news.db: sound\n", errors: ""))
        // The second page and what follows are zeros now.
        let file = try #require(fopen(folder.path(of: "news.db"), "r+"))
        fseek(file, 4_096, SEEK_SET)
        let zeros = [UInt8](repeating: 0, count: 8_192)
        fwrite(zeros, 1, zeros.count, file)
        fclose(file)
        let damaged = try Program.run(["check", "--database", "news.db"], in: folder)
        #expect(damaged.status == 2)
        #expect(!damaged.output.isEmpty && damaged.errors.hasPrefix("dateline: news.db: "))
    }

    @Test func `check makes the search index anew when it is told to`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("{\"type\":\"person\",\"external_id\":\"a:1\",\"name\":\"Yoav Gallant\"}\n", to: "news.ndjson")
        try #require(try Program.run(["import", "news.ndjson", "--database", "news.db"], in: folder).status == 0)
        let output = "the search index was made anew from 1 row of the log\nnews.db: sound\n"
        #expect(
            try Program.run(["check", "--rebuild-search", "--database", "news.db"], in: folder)
                == .init(status: 0, output: output, errors: ""))
    }

    @Test func `check of a database that is not there does not make one`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(["check", "--database", "news.db"], in: folder)
        #expect(ending == .init(status: 66, output: "", errors: "dateline: there is no database news.db\n"))
        #expect(folder.names.isEmpty)
    }

    @Test func `check of a file that is none is no finding`() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("news.db")
        let ending = try Program.run(["check", "--database", "news.db"], in: folder)
        #expect(ending == .init(status: 66, output: "", errors: "dateline: there is no database file news.db\n"))
    }

    @Test func `without a command the help is printed`() throws {
        let ending = try Program.run([], in: try TemporaryFolder())
        #expect(ending.status == 0)
        #expect(ending.output.contains("serve") && ending.output.contains("import"))
    }

    @Test func `an unknown command is one line and status 64`() throws {
        let ending = try Program.run(["sevre"], in: try TemporaryFolder())
        #expect(ending.status == 64)
        #expect(ending.errors.hasPrefix("dateline: ") && ending.errors.split(separator: "\n").count == 1)
    }
}

/// A port of the loopback that takes connections and never answers.
private final class SilentListener {
    let port: Int
    private let socket: CInt

    init() throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 8) == 0 && getsockname(socket, address, &length) == 0
            }
        }
        guard result else { throw Failed("listen: errno \(errno)") }
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(socket) }
}
