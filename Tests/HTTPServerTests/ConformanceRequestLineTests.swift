import Testing
import Turns

/// Request lines, versions and methods as bytes on a connection.
@Suite(.inTurn) struct ConformanceRequestLineTests {
    @Test func `request lines are read as RFC 9112 has them`() async throws {
        try await conform(Self.lines.map { ConformanceCase($0, "\($1)\r\nHost: a\r\n\r\n", [400], .closes) } + Self.whole)
    }

    @Test func `versions are told apart`() async throws {
        try await conform(
            Self.malformedVersions.map { ConformanceCase("RFC 9112 §2.3", "GET / \($0)\r\nHost: a\r\n\r\n", [400], .closes) }
                + Self.otherVersions.map { ConformanceCase("RFC 9110 §15.6.6", "GET / HTTP/\($0)\r\nHost: a\r\n\r\n", [505], .closes) }
                + ["1.1", "1.2", "1.9"].map { ConformanceCase("RFC 9110 §2.5", "GET / HTTP/\($0)\r\nHost: a\r\n\r\n", [200]) })
    }

    @Test func `a method is any token, and 33 bytes are too many`() async throws {
        let tokens = ["get", "BREW", "M-SEARCH", "!#$%&'*+-.^_`|~09azAZ", String(repeating: "X", count: 32)]
        try await conform(
            tokens.map { ConformanceCase("RFC 9110 §9.1", "\($0) / HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "\($0) / ") } + [
                ConformanceCase("RFC 9112 §3", "\(String(repeating: "X", count: 33)) / HTTP/1.1\r\nHost: a\r\n\r\n", [501], .closes),
                ConformanceCase("RFC 9110 §9.3.6", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", [501], .closes),
                ConformanceCase("RFC 9112 §3.2.3", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", [400], .closes),
                ConformanceCase("RFC 9112 §3.2.3", "CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n", [400], .closes),
                ConformanceCase("RFC 9110 §9.3.8", "TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n", [200], text: "TRACE / "),
            ])
    }

    private static let lines = [
        ("RFC 9112 §3", "GET  / HTTP/1.1"), ("RFC 9112 §3", "GET /  HTTP/1.1"), ("RFC 9112 §3", " GET / HTTP/1.1"),
        ("RFC 9112 §3", "GET / HTTP/1.1 "), ("RFC 9112 §3", "GET\t/ HTTP/1.1"), ("RFC 9112 §3", "GET /\tHTTP/1.1"),
        ("RFC 9112 §3", "GET /a b HTTP/1.1"), ("RFC 9112 §3", "GET / HTTP/1.1 x"), ("RFC 9112 §3", "GET /"), ("RFC 9112 §3", "GET"),
        ("RFC 9112 §3", "GET HTTP/1.1"), ("RFC 9112 §3", "GET  HTTP/1.1"), ("RFC 9112 §3", " / HTTP/1.1"), ("RFC 9112 §3", "hello world"),
        ("RFC 9110 §5.6.2", "G@T / HTTP/1.1"), ("RFC 9110 §5.6.2", "(GET) / HTTP/1.1"), ("RFC 9110 §5.6.2", "GET: / HTTP/1.1"),
        ("RFC 9110 §5.6.2", "GÉT / HTTP/1.1"), ("RFC 9112 §2.2", "GET /\u{0} HTTP/1.1"), ("RFC 9112 §2.2", "GET /\u{7F} HTTP/1.1"),
        ("RFC 9112 §2.2", "GET /a\rb HTTP/1.1"), ("RFC 9112 §2.2", "GET / HTTP/1.1\r"), ("RFC 9112 §2.2", "GET / HTTP/1.1\nX: y"),
    ]

    private static let whole = [
        ConformanceCase("RFC 9112 §2.2", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", [200]),
        ConformanceCase(
            "RFC 9112 §2.2", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", [200, 200]),
        ConformanceCase("RFC 9112 §2.2", String(repeating: "\r\n", count: 100), [400], .closes),
        ConformanceCase("RFC 9112 §2.2", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", [400], .closes),
        ConformanceCase("RFC 9112 §2.2", "GET / HTTP/1.1\nHost: a\n\n", [400], .closes),
        ConformanceCase(
            "RFC 9112 §9.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", [200, 400], .closes),
        // A first line that is none is answered without waiting for more.
        ConformanceCase("RFC 1945 §4.1", "GET /\r\n", [400], .closes),
        ConformanceCase("RFC 9112 §3", "hello world\r\n", [400], .closes),
        ConformanceCase("RFC 9110 §15.6.6", "GET / HTTP/2.0\r\nHo", [505], .closes),
        // What comes to a port by mistake: the prefaces of HTTP/2, TLS and SSH.
        ConformanceCase("RFC 9113 §3.4", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [505], .closes),
        ConformanceCase("RFC 8446 §5.1", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03], [400], .closes),
        ConformanceCase("RFC 4253 §4.2", "SSH-2.0-OpenSSH_9.2\r\n\r\n", [400], .closes),
        ConformanceCase("RFC 9110 §9.3.2", "HEAD / HTTP/3.0\r\nHost: a\r\n\r\n", [505], .closes, heads: [0]),
        ConformanceCase("RFC 9110 §9.3.2", "HEAD  / HTTP/1.1\r\nHost: a\r\n\r\n", [400], .closes, heads: [0]),
    ]

    private static let malformedVersions = [
        "http/1.1", "Http/1.1", "HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/11", "HTTP/1.10", "HTTP/01.1", "HTTP/1.1x", "HTTP/1,1", "HTTP /1.1",
        "HTTP/ 1.1", "HTTP/-1.1", "HTTP/+1.1", "HTTP/x.y", "HTTPS/1.1", "ICAP/1.0", "HTTP/1.１", "",
    ]

    private static let otherVersions = ["0.0", "0.9", "2.0", "2.1", "3.0", "9.9"]
}
