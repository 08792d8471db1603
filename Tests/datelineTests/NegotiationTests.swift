import Inflating
import Testing
import Turns

/// Codings and origins over the sockets of the true program.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct NegotiationTests {
    private static let gzip = "Accept-Encoding: gzip, deflate, br"
    private static let origin = "Origin: https://desk.example"

    @Test func `compressed answers are framed by their length, and the connection goes on`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let body = String(repeating: "The road over the ice is open again. ", count: 40_000)
        #expect(
            try server.post("/v1/articles", #"{"headline": "Ice road", "status": "published", "body": "\#(body.prefix(900_000))"}"#).status
                == 201)
        let plain = try server.get("/v1/articles/ice-road")
        let client = try Client(port: server.port)
        // The second time from what was kept; all on one connection.
        for _ in 0..<2 {
            try client.send(Client.request("GET", "/v1/articles/ice-road", fields: [Self.gzip]))
            let coded = try client.answer()
            #expect(coded.status == 200 && coded.fields["content-encoding"] == "gzip")
            #expect(coded.fields["content-length"] == "\(coded.bytes.count)" && coded.bytes.count < 100_000)
            let inflated = try inflated(coded.bytes)
            #expect(inflated.isWhole && inflated.bytes == plain.bytes)
            try client.send(Client.request("HEAD", "/v1/articles/ice-road", fields: [Self.gzip]))
            let head = try client.answer(isHead: true)
            let changing = ["date", "x-request-id"]
            #expect(head.fields.filter { !changing.contains($0.key) } == coded.fields.filter { !changing.contains($0.key) })
            let tag = try #require(coded.fields["etag"])
            try client.send(Client.request("GET", "/v1/articles/ice-road", fields: [Self.gzip, "If-None-Match: \(tag)"]))
            let known = try client.answer()
            #expect(known.status == 304 && known.fields["etag"] == tag && known.fields["vary"] == "Accept, Authorization, Accept-Encoding")
        }
        try server.stop()
    }

    @Test func `a stream is compressed and chunked`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let rows = (0..<500).map { #"{"type": "person", "external_id": "wire:\#($0)", "name": "Person \#($0)"}"# }.joined(separator: "\n")
        let client = try Client(port: server.port)
        try client.send(
            """
            POST /v1/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(RunningServer.token)\r\n\(Self.gzip)\r
            Content-Type: application/x-ndjson\r\nAccept: application/x-ndjson\r\nContent-Length: \(rows.utf8.count)\r\n\r\n\(rows)
            """)
        let answer = try client.answer()
        #expect(answer.status == 200 && answer.fields["transfer-encoding"] == "chunked" && answer.fields["content-encoding"] == "gzip")
        let lines = try inflated(answer.bytes)
        #expect(lines.isWhole && String(decoding: lines.bytes, as: UTF8.self).split(separator: "\n").count == 501)
        try client.send(Client.request("GET", "/livez"))
        #expect(try client.answer().status == 200)
        try server.stop()
    }

    @Test func `a script of an allowed origin is let in, and its preflight needs no token`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder, flags: ["--http-cors-origins", "https://other.example,HTTPS://desk.example:443"])
        let asking = [Self.origin, "Access-Control-Request-Method: PATCH", "Access-Control-Request-Headers: authorization,if-match"]
        let preflight = try Client.send("OPTIONS", "/v1/articles/x", port: server.port, fields: asking)
        #expect(preflight.status == 204 && preflight.fields["content-length"] == nil)
        #expect(preflight.fields["access-control-allow-origin"] == "https://desk.example")
        #expect(preflight.fields["access-control-allow-methods"] == "GET, HEAD, PUT, PATCH, DELETE, OPTIONS")
        for (method, target, status) in [
            ("GET", "/v1/articles", 200), ("POST", "/v1/articles", 401), ("GET", "/nowhere", 404), ("GET", "/%zz", 400),
        ] {
            let answer = try Client.send(method, target, port: server.port, fields: [Self.origin])
            #expect(answer.status == status && answer.fields["access-control-allow-origin"] == "https://desk.example")
            let stranger = try Client.send(method, target, port: server.port, fields: ["Origin: https://evil.example"])
            #expect(stranger.status == status && stranger.fields["access-control-allow-origin"] == nil)
            #expect(stranger.fields["vary"]?.contains("Origin") == true)
        }
        try server.stop()
    }
}
