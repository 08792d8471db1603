import Testing
import Turns

/// Clients behind a proxy that is trusted.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct ProxyTests {
    private static func shows(_ field: String, to server: RunningServer) throws -> Int {
        try Client.send("GET", "/v1/meta", port: server.port, token: "dl_this_is_not_a_token", fields: [field]).status
    }

    @Test func `wrong tokens are counted by the client that the proxy names, and the log names it too`() throws {
        let flags = ["--access-trusted-proxies", "127.0.0.0/8", "--access-failures-per-minute", "2"]
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: flags)
        let (one, other) = ("X-Forwarded-For: 203.0.113.9", "Forwarded: for=\"[2001:db8::17]\"")
        #expect(try (0..<3).map { _ in try Self.shows(one, to: server) } == [401, 401, 429])
        #expect(try Self.shows(other, to: server) == 401)
        let errors = try server.stop().errors
        #expect(errors.contains(#""client":"203.0.113.9""#) && errors.contains(#""client":"2001:db8::17""#))
        #expect(!errors.contains("127.0.0.1\",\"method"))
    }

    @Test func `whoever is no trusted proxy names nobody, and an address is not logged where that is not wanted`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--access-failures-per-minute", "2", "--log-clients", "false"])
        let statuses = try (0..<3).map { try Self.shows("X-Forwarded-For: 203.0.113.\($0)", to: server) }
        #expect(statuses == [401, 401, 429])
        #expect(try !server.stop().errors.contains("\"client\""))
    }
}
