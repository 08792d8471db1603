import HTTPServer
import Testing
import Turns

/// Header fields as bytes: names, values, Host, and how much of them there may be.
@Suite(.inTurn) struct ConformanceFieldTests {
    @Test func `field lines are read as RFC 9112 has them`() async throws {
        try await conform(
            Self.sound.map { ConformanceCase($0, get("/", "\($1)\r\n"), [200]) }
                + Self.broken.map { ConformanceCase($0, get("/", "\($1)\r\n"), [400], .closes) } + [
                    ConformanceCase("RFC 9112 §2.2", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", [400], .closes),
                    ConformanceCase("RFC 9112 §2.2", "GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n", [400], .closes),
                ])
    }

    @Test func `every token character may stand in a name, and no other`() async throws {
        let tokens = "!#$%&'*+-.^_`|~09azAZ"
        try await conform(
            (UInt8.min...UInt8.max).map { byte in
                let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX".utf8) + [byte] + Array("Y: 1\r\n\r\n".utf8)
                // A colon ends the name.
                if tokens.utf8.contains(byte) || byte.isLetterOrDigit || byte == UInt8(ascii: ":") {
                    return ConformanceCase("RFC 9110 §5.1", bytes, [200])
                }
                return ConformanceCase("RFC 9110 §5.1", bytes, [400], .closes)
            })
    }

    @Test func `no control character but the tab may stand in a value`() async throws {
        try await conform(
            (UInt8.min...UInt8.max).map { byte in
                let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: a".utf8) + [byte] + Array("b\r\n\r\n".utf8)
                if byte == 0x09 || byte >= 0x20 && byte != 0x7F { return ConformanceCase("RFC 9110 §5.5", bytes, [200]) }
                return ConformanceCase("RFC 9110 §5.5", bytes, [400], .closes)
            })
    }

    @Test func `one valid Host is there, no more and no less`() async throws {
        try await conform(
            Self.hosts.map { ConformanceCase("RFC 9110 §7.2", "GET / HTTP/1.1\r\nHost:\($0)\r\n\r\n", [200]) }
                + Self.refusedHosts.map { ConformanceCase("RFC 9112 §3.2", "GET / HTTP/1.1\r\nHost:\($0)\r\n\r\n", [400], .closes) } + [
                    ConformanceCase("RFC 9112 §3.2", "GET / HTTP/1.1\r\n\r\n", [400], .closes),
                    ConformanceCase("RFC 9112 §3.2", "HEAD / HTTP/1.1\r\n\r\n", [400], .closes, heads: [0]),
                    ConformanceCase("RFC 9112 §3.2", get("/", "Host: test\r\n"), [400], .closes),
                    ConformanceCase("RFC 9112 §3.2", get("/", "hOST: other\r\n"), [400], .closes),
                    ConformanceCase("RFC 9112 §3.2", "GET / HTTP/1.0\r\n\r\n", [200], .closes),
                    ConformanceCase("RFC 9112 §3.2", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", [400], .closes),
                    ConformanceCase("RFC 9112 §3.2", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", [400], .closes),
                ])
    }

    @Test func `a hundred fields are read, one more is 431`() async throws {
        func fields(_ count: Int) -> String { (0..<count).map { "A\($0):\r\n" }.joined() }
        try await conform([
            ConformanceCase("RFC 6585 §5", get("/", fields(99)), [200]),
            ConformanceCase("RFC 6585 §5", get("/", fields(100)), [431], .closes),
            ConformanceCase("RFC 6585 §5", get("/", fields(2_000)), [431], .closes),
            ConformanceCase("RFC 6585 §5", "HEAD / HTTP/1.1\r\nHost: a\r\n\(fields(100))\r\n", [431], .closes, heads: [0]),
        ])
    }

    @Test func `a head of 16 KiB is read, a byte more is 431`() async throws {
        func head(_ method: String, _ byteCount: Int) -> String {
            let bare = "\(method) / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".utf8.count
            return "\(method) / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: byteCount - bare))\r\n\r\n"
        }
        try await conform([
            ConformanceCase("RFC 6585 §5", head("GET", 16_384), [200]),
            ConformanceCase("RFC 6585 §5", "\r\n" + head("GET", 16_384), [200]),
            ConformanceCase("RFC 6585 §5", head("GET", 16_385), [431], .closes),
            ConformanceCase("RFC 6585 §5", head("HEAD", 16_385), [431], .closes, heads: [0]),
            ConformanceCase("RFC 6585 §5", head("GET", 60_000), [431], .closes),
        ])
    }

    private static let sound = [
        ("RFC 9112 §5", "X:"), ("RFC 9112 §5", "X: "), ("RFC 9112 §5", "X:\t"), ("RFC 9112 §5", "X:1"), ("RFC 9112 §5", "X: \t 1 \t "),
        ("RFC 9110 §5.5", "X: a\tb"), ("RFC 9110 §5.5", "X: é"), ("RFC 9112 §5", "X:::"), ("RFC 9110 §5.3", "X: 1\r\nX: 2"),
        ("RFC 9110 §7.6.1", "Connection: Host"), ("RFC 9110 §10.1.4", "TE: trailers\r\nConnection: TE"),
        ("RFC 9110 §14.2", "Range: bytes=0-0"),
        ("RFC 9110 §7.8", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"), ("RFC 9110 §7.6.2", "Max-Forwards: 0"),
        ("RFC 9113 §3.1", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk"),
        ("RFC 9110 §5.1", "Transfer_Encoding: chunked\r\nX-Content-Length: 5"),
    ]

    private static let broken = [
        ("RFC 9112 §5.1", "X : 1"), ("RFC 9112 §5.1", "X\t: 1"), ("RFC 9112 §5.1", "Content-Length : 5"),
        ("RFC 9112 §5.1", "Transfer-Encoding : chunked"), ("RFC 9112 §5.2", "X: 1\r\n Y"), ("RFC 9112 §5.2", "X: 1\r\n\tY"),
        ("RFC 9112 §5.2", "X: 1\r\n "), ("RFC 9112 §5.2", " X: 1"), ("RFC 9112 §5.2", "Transfer-Encoding:\r\n chunked"),
        ("RFC 9112 §5", "X"), ("RFC 9112 §5", ": 1"), ("RFC 9112 §5", ":"), ("RFC 9110 §5.6.2", "X Y: 1"), ("RFC 9110 §5.6.2", "É: 1"),
    ]

    private static let hosts = [
        " a", "a", "\ta\t", " a:80", " a:", " A.Example:8080", " 127.0.0.1:9", " [::1]", " [::1]:80", " [2001:db8::192.0.2.1]", " a_b",
        " a.",
        " a%41", " xn--caf-dma.example", " [v1.a:b]:80", " a:65535",
    ]

    private static let refusedHosts = [
        "", "   ", " a b", " a,b", " a, b", " a/b", " http://a", " a:x", " a:-1", " a: 80", " a :80", " u@a", " u:p@a", " :80", " a:80:80",
        " a:65536", " ::1", " [::1", " []", " [::g]", " [1:2:3]", " [::1::2]", " [::1]x", " [::1%25lo]", " a?b", " a#b", " a\\b", " \"a\"",
        " <a>", " a%zz", " é",
    ]
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
