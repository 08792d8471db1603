import Glibc
import JSON
import Testing

/// A server of a test's own, on a free port, over a database in the test's folder.
struct RunningServer {
    static let token = "dl_0123456789abcdef"

    let program: Program
    let port: Int

    /// Starts it and waits until it listens.
    ///
    /// - Parameter descriptorCountMax: how many descriptors it may have; nil: as many as we.
    init(in folder: TemporaryFolder, database: String = "news.db", flags: [String] = [], descriptorCountMax: Int? = nil) throws {
        var (arguments, executable) = (["serve", "--port", "0", "--database", database] + flags, Program.executable)
        if let descriptorCountMax {
            // What a test of another suite has open at this moment, and lets a child inherit, would count.
            let closing = "for file in /proc/$$/fd/*; do number=${file##*/}; [ $number -le 2 ] || eval \"exec $number>&-\"; done"
            arguments = ["-c", "\(closing); ulimit -n \(descriptorCountMax); exec \"$0\" \"$@\"", executable] + arguments
            executable = "/bin/bash"
        }
        try self.init(
            try Program(arguments, in: folder, environment: ["DATELINE_ADMIN_TOKEN": Self.token], executable: executable))
    }

    /// Waits until a program that serves listens.
    init(_ program: Program) throws {
        self.program = program
        guard let line = program.errorLine(where: { $0.contains("\"listening\"") }),
            case .object(let object) = try JSONReader.read(Array(line.utf8)), case .integer(let port)? = object["port"]
        else { throw Failed("the server does not listen: \(program.errorText)") }
        self.port = Int(port)
    }

    func get(_ target: String, token: String? = nil) throws -> Client.Answer {
        try Client.send("GET", target, port: port, token: token)
    }

    func post(_ target: String, _ body: String) throws -> Client.Answer {
        try Client.send("POST", target, port: port, token: Self.token, body: body)
    }

    /// Ends it in order.
    @discardableResult
    func stop() throws -> Program.Ending {
        program.signal(SIGTERM)
        return try program.ending()
    }
}
