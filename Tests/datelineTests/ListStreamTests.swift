import Glibc
import Inflating
import Testing
import Turns

/// Whole lists over the sockets of the true program.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct ListStreamTests {
    private static func fill(_ server: RunningServer, _ count: Int) throws {
        let rows = (0..<count).map { #"{"type": "organization", "external_id": "wire:\#($0)", "name": "Office \#($0)"}"# }
            .joined(separator: "\n")
        let client = try Client(port: server.port)
        try client.send(
            """
            POST /v1/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(RunningServer.token)\r
            Content-Type: application/x-ndjson\r\nContent-Length: \(rows.utf8.count)\r\n\r\n\(rows)
            """)
        #expect(try client.answer().status == 200)
    }

    @Test func `a list comes whole, chunked and compressed, and the connection goes on`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        try Self.fill(server, 1_500)
        let client = try Client(port: server.port)
        for shape in ["ids", "array", "ndjson", "csv"] {
            let target = "/v1/organizations?shape=\(shape)"
            try client.send(Client.request("GET", target))
            let plain = try client.answer()
            #expect(plain.status == 200 && plain.fields["transfer-encoding"] == "chunked")
            #expect(plain.bytes.count { $0 == UInt8(ascii: "\n") } == (shape == "array" ? 1_502 : shape == "csv" ? 1_501 : 1_500))
            try client.send(Client.request("GET", target, fields: ["Accept-Encoding: gzip"]))
            let coded = try client.answer()
            let whole = try inflated(coded.bytes)
            #expect(coded.fields["content-encoding"] == "gzip" && whole.isWhole && whole.bytes == plain.bytes)
            try client.send(Client.request("HEAD", target))
            let head = try client.answer(isHead: true)
            #expect(head.status == 200 && head.fields["content-type"] == plain.fields["content-type"])
        }
        try server.stop()
    }

    @Test func `streams to slow readers cost a page each, others are served, and one too many is 503`() throws {
        let folder = try TemporaryFolder()
        let flags = ["--log-requests", "false", "--http-streams-max", "20", "--http-answer-stall-ms", "600000"]
        let server = try RunningServer(in: folder, flags: flags)
        try Self.fill(server, 6_000)
        for _ in 0..<20 { #expect(try server.get("/v1/organizations").status == 200) }
        let before = try server.program.residentByteCount()
        var clients: [Client] = []
        for _ in 0..<20 {
            let client = try Client(port: server.port, receiveByteCount: 4_096)
            try client.send(Client.request("GET", "/v1/organizations?shape=ndjson"))
            // It has begun, and its reader takes no more.
            #expect(try client.answer(isHead: true).status == 200)
            clients.append(client)
        }
        let refused = try server.get("/v1/organizations?shape=csv&limit=1")
        #expect(refused.status == 503 && refused.fields["retry-after"] == "1")
        #expect(try server.get("/v1/organizations?limit=1").status == 200)
        let growth = try server.program.residentByteCount() - before
        #expect(Program.isSanitized || growth < 20 * 2_500_000, "\(growth / 20) bytes a client")
        // A place is given back when its client has gone.
        clients = []
        var again = try server.get("/v1/organizations?shape=csv&limit=1")
        for _ in 0..<6_000 where again.status == 503 {
            usleep(10_000)
            again = try server.get("/v1/organizations?shape=csv&limit=1")
        }
        #expect(again.status == 200)
        try server.stop()
    }
}
