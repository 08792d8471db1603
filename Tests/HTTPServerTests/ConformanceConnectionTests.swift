import HTTPServer
import Testing
import Turns

/// How long connections last, and what becomes of bodies that nobody reads.
@Suite(.inTurn) struct ConformanceConnectionTests {
    @Test func `a connection goes on or ends as both sides said`() async throws {
        try await conform(
            Self.options.map { ConformanceCase("RFC 9112 §9.3", "GET / \($0)\r\nHost: a\r\n\($1)\r\n", [200], $2) } + [
                ConformanceCase("RFC 9112 §9.6", get("/", "Connection: close\r\n") + get("/b"), [200], .closes, text: "GET / "),
                ConformanceCase("RFC 9112 §9.3", "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", [200], .closes, heads: [0]),
                ConformanceCase("RFC 9112 §7.1", "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "streamed"),
                ConformanceCase(
                    "RFC 9112 §6.3", "GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", [200], .closes, text: "streamed"),
            ])
    }

    @Test func `pipelined requests are answered in order, whatever they carry`() async throws {
        let hello = "Content-Length: 5\r\n\r\nhello"
        let chunks = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        let mixed = [
            get("/1"), "POST /2 HTTP/1.1\r\nHost: a\r\n\(hello)", "HEAD /3 HTTP/1.1\r\nHost: a\r\n\(hello)", "\r\n", get("/%zz"),
            "POST /5 HTTP/1.1\r\nHost: a\r\n\(chunks)", "GET /deaf HTTP/1.1\r\nHost: a\r\n\(chunks)",
            "DELETE /deaf HTTP/1.1\r\nHost: a\r\n\(hello)",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\(hello)", "POST /%zz HTTP/1.1\r\nHost: a\r\n\(hello)", get("/empty"), get("/unchanged"),
            get("/last"),
        ]
        let statuses = [200, 200, 200, 400, 200, 200, 200, 200, 400, 204, 304, 200]
        let post = "POST /a HTTP/1.1\r\nHost: a\r\n"
        try await conform([
            ConformanceCase("RFC 9112 §9.3.2", mixed.joined(), statuses, heads: [2], text: "GET /last "),
            ConformanceCase("RFC 9112 §9.3.2", mixed.joined(), statuses, .halfClosed, heads: [2], text: "GET /last "),
            ConformanceCase("RFC 9112 §9.3.2", String(repeating: post + hello, count: 1_000), Array(repeating: 200, count: 1_000)),
            ConformanceCase("RFC 9112 §9.3.2", String(repeating: post + chunks, count: 1_000), Array(repeating: 200, count: 1_000)),
        ])
    }

    @Test func `a body that nobody reads is passed over, or ends the connection`() async throws {
        let inner = get("/smuggled")
        try await conform(
            ["GET", "HEAD", "POST", "DELETE", "OPTIONS"].flatMap { method in
                let heads: Set<Int> = method == "HEAD" ? [0] : []
                let head = "\(method) /deaf HTTP/1.1\r\nHost: a\r\n"
                let length = "Content-Length: \(inner.utf8.count)\r\n\r\n\(inner)"
                let chunk = "Transfer-Encoding: chunked\r\n\r\n\(String(inner.utf8.count, radix: 16))\r\n\(inner)\r\n"
                return [
                    ConformanceCase("RFC 9112 §9.3", head + length + get("/b"), [200, 200], heads: heads, text: "GET /b "),
                    ConformanceCase("RFC 9112 §9.3", head + chunk + "0\r\n\r\n" + get("/b"), [200, 200], heads: heads, text: "GET /b "),
                    ConformanceCase("RFC 9112 §9.3", head + chunk, [200], .closes, heads: heads),
                    ConformanceCase("RFC 9112 §9.3", head + chunk + "zz\r\n" + inner, [200], .closes, heads: heads),
                    ConformanceCase("RFC 9112 §9.3", head + "Content-Length: 9000000000\r\n\r\n" + inner, [200], .closes, heads: heads),
                ]
            })
    }

    @Test func `a client that has ended its side is answered in every phase`() async throws {
        try await conform([
            ConformanceCase("RFC 9112 §9.6", get("/a"), [200], .halfClosed),
            ConformanceCase("RFC 9112 §9.6", String(repeating: get("/a"), count: 20), Array(repeating: 200, count: 20), .halfClosed),
            ConformanceCase("RFC 9112 §2.2", get("/a") + "\r\n", [200], .halfClosed),
            ConformanceCase("RFC 9112 §2.2", "\r\n", [], .halfClosed),
            ConformanceCase("RFC 9112 §9.5", "", [], .halfClosed),
            ConformanceCase("RFC 9112 §8", "GE", [400], .halfClosed),
            ConformanceCase("RFC 9112 §8", get("/a") + "GET /b HTTP/1.1\r\nHo", [200, 400], .halfClosed),
            ConformanceCase("RFC 9112 §8", "HEAD /a HTTP/1.1\r\nHo", [400], .halfClosed, heads: [0]),
            ConformanceCase("RFC 9112 §8", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell", [400], .halfClosed),
            ConformanceCase("RFC 9112 §8", "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe", [400], .halfClosed),
            ConformanceCase("RFC 9112 §8", "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", [400], .halfClosed),
        ])
    }

    @Test func `an expectation is met, ignored or refused`() async throws {
        func post(_ version: String, _ expect: String) -> String {
            "POST /a \(version)\r\nHost: a\r\nExpect: \(expect)\r\nContent-Length: 5\r\n\r\nhello"
        }
        try await conform([
            // Whose body has come is not told to go on.
            ConformanceCase("RFC 9110 §10.1.1", post("HTTP/1.1", "100-continue"), [200], text: "POST /a hello"),
            ConformanceCase("RFC 9110 §10.1.1", post("HTTP/1.1", "100-Continue"), [200], text: "POST /a hello"),
            ConformanceCase("RFC 9110 §10.1.1", post("HTTP/1.0", "100-continue"), [200], .closes, text: "POST /a hello"),
            ConformanceCase("RFC 9110 §10.1.1", get("/", "Expect: 100-continue\r\n"), [200]),
            ConformanceCase("RFC 9110 §10.1.1", get("/", "Expect: 100-continue\r\nContent-Length: 0\r\n"), [200]),
            ConformanceCase("RFC 9110 §15.5.18", get("/", "Expect: 200-ok\r\n"), [417]),
            ConformanceCase("RFC 9110 §15.5.18", get("/", "Expect: 100-continue, magic\r\n"), [417]),
            ConformanceCase("RFC 9110 §15.5.18", post("HTTP/1.1", "magic") + get("/b"), [417, 200], text: "GET /b "),
        ])
    }

    private static let options: [(version: String, fields: String, ending: ConformanceCase.Ending)] = [
        ("HTTP/1.1", "", .stays), ("HTTP/1.1", "Connection: close\r\n", .closes), ("HTTP/1.1", "Connection: CLOSE\r\n", .closes),
        ("HTTP/1.1", "connection:close\r\n", .closes), ("HTTP/1.1", "Connection: x, close\r\n", .closes),
        ("HTTP/1.1", "Connection: keep-alive, close\r\n", .closes), ("HTTP/1.1", "Connection: close, keep-alive\r\n", .closes),
        ("HTTP/1.1", "Connection: ,, \tclose\t ,\r\n", .closes), ("HTTP/1.1", "Connection: x\r\nConnection: close\r\n", .closes),
        ("HTTP/1.1", "Connection: closed\r\n", .stays), ("HTTP/1.1", "Connection:\r\n", .stays),
        ("HTTP/1.1", "Connection: keep-alive\r\n", .stays),
        ("HTTP/1.1", "Proxy-Connection: close\r\n", .stays), ("HTTP/1.1", "Keep-Alive: max=1\r\n", .stays),
        ("HTTP/1.1", "Connection: Upgrade, close\r\nUpgrade: h2c\r\n", .closes), ("HTTP/1.2", "", .stays), ("HTTP/1.0", "", .closes),
        ("HTTP/1.0", "Connection: keep-alive\r\n", .stays), ("HTTP/1.0", "Connection: x, Keep-Alive\r\n", .stays),
        ("HTTP/1.0", "Connection: keep-alive, close\r\n", .closes), ("HTTP/1.0", "Keep-Alive: timeout=9\r\n", .closes),
    ]
}
