import HTTPServer
import Testing
import Turns

/// Where a body ends: nothing that could be read in two ways is read at all, and what follows it is never taken for a request.
@Suite(.inTurn) struct ConformanceFramingTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n"

    private static func post(_ fields: String, _ body: String, _ version: String = "HTTP/1.1") -> String {
        "POST /a \(version)\r\nHost: a\r\n\(fields)\r\n\r\n\(body)"
    }

    private static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked", body) }

    @Test func `Content-Length is one decimal number`() async throws {
        try await conform(
            Self.lengths.map { ConformanceCase("RFC 9112 §6.3", Self.post("Content-Length: \($0)", Self.smuggled), [400], .closes) } + [
                ConformanceCase("RFC 9110 §8.6", Self.post("Content-Length: 5", "hello"), [200], text: "POST /a hello"),
                ConformanceCase("RFC 9110 §8.6", Self.post("Content-Length: 0005", "hello"), [200], text: "POST /a hello"),
                ConformanceCase("RFC 9110 §8.6", Self.post("Content-Length:\t5 ", "hello"), [200], text: "POST /a hello"),
                ConformanceCase("RFC 9110 §8.6", Self.post("Content-Length: 0", get("/b")), [200, 200], text: "GET /b "),
                ConformanceCase("RFC 9112 §6.3", Self.post("X: no length", get("/b")), [200, 200], text: "GET /b "),
                ConformanceCase("RFC 9112 §6.3", Self.post("Content-Length: 5\r\nContent-Length: 5", "hello"), [400], .closes),
                ConformanceCase("RFC 9112 §6.3", Self.post("Content-Length: 5\r\nContent-Length: 0", "hello"), [400], .closes),
                ConformanceCase("RFC 9110 §8.6", Self.post("Content-Length: 9223372036854775808", "hello"), [413], .closes),
                ConformanceCase("RFC 9110 §8.6", Self.post("Content-Length: 18446744073709551621", "hello"), [413], .closes),
                ConformanceCase("RFC 9110 §15.5.14", Self.post("Content-Length: 9223372036854775807", "hello"), [413], .closes),
            ])
    }

    @Test func `Transfer-Encoding is chunked, and stands alone`() async throws {
        let end = "0\r\n\r\n" + Self.smuggled
        let unknown = ["gzip, chunked", "deflate,chunked", "identity, chunked", "gzip\r\nTransfer-Encoding: chunked"]
        try await conform(
            ["chunked", "Chunked", "CHUNKED", "\tchunked\t"].map {
                ConformanceCase("RFC 9112 §7", Self.post("Transfer-Encoding: \($0)", "2\r\nhi\r\n0\r\n\r\n"), [200], text: "POST /a hi")
            }
                + Self.codings.map { ConformanceCase("RFC 9112 §6.3", Self.post("Transfer-Encoding: \($0)", end), [400], .closes) }
                + unknown.map { ConformanceCase("RFC 9112 §6.1", Self.post("Transfer-Encoding: \($0)", end), [501], .closes) }
                + Self.pairs.map { ConformanceCase("RFC 9112 §6.1", Self.post($0, end), [400], .closes) } + [
                    ConformanceCase("RFC 9112 §6.1", Self.post("Transfer-Encoding: chunked", end, "HTTP/1.0"), [400], .closes),
                    ConformanceCase(
                        "RFC 9112 §6.1", Self.post("Connection: keep-alive\r\nTransfer-Encoding: chunked", end, "HTTP/1.0"), [400], .closes),
                ])
    }

    @Test func `chunks with extensions and trailers are one body`() async throws {
        try await conform(
            Self.chunks.map { ConformanceCase($0, Self.chunked($1) + get("/b"), [200, 200], text: "GET /b ") }
                + Self.chunks.map { ConformanceCase($0, Self.chunked($1), [200], text: "POST /a hello") })
    }

    @Test func `chunks that could be read in two ways are refused`() async throws {
        try await conform(Self.brokenChunks.map { ConformanceCase($0, Self.chunked($1 + Self.smuggled), [400], .closes) })
    }

    @Test func `what is not content of chunks is bounded`() async throws {
        let long = String(repeating: "x", count: 9_000)
        try await conform([
            ConformanceCase("RFC 9112 §7.1.1", Self.chunked("5;a=\(long)\r\nhello\r\n0\r\n\r\n"), [400], .closes),
            ConformanceCase("RFC 9112 §7.1.2", Self.chunked("5\r\nhello\r\n0\r\nX: \(long)\r\n\r\n"), [431], .closes),
            ConformanceCase("RFC 9110 §15.5.14", Self.chunked("401\r\n\(String(repeating: "x", count: 1_025))\r\n0\r\n\r\n"), [413]),
        ])
    }

    private static let lengths = [
        "", " ", "-1", "+5", "0x5", "5 5", "5;", "5.0", "5e0", "abc", "5a", "\"5\"", "5,5", "5, 5", "5,6", "5,", "1_0", "٥", "--5", "5\t5",
    ]

    private static let codings = [
        "", "xchunked", "chunkedx", "chunked x", "chunked;", "chunked;q=1", "\"chunked\"", "chunked,", ",chunked", "chunked, identity",
        "chunked, chunked", "chunked, gzip", "gzip", "identity", "chunk", "*", "chünked", "chunked\r\nTransfer-Encoding: chunked",
        "chunked\r\nTransfer-Encoding: identity", "chunked\r\nTransfer-Encoding:",
    ]

    private static let pairs = [
        "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked\r\nContent-Length: 0", "Transfer-Encoding: chunked\r\nContent-Length: x",
        "Transfer-Encoding: xchunked\r\nContent-Length: 5", "Transfer-Encoding: identity\r\nContent-Length: 5",
        "Transfer-Encoding : chunked\r\nContent-Length: 5",
    ]

    private static let chunks = [
        ("RFC 9112 §7.1", "5\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "00000005\r\nhello\r\n000\r\n\r\n"), ("RFC 9112 §7.1.1", "5;a\r\nhello\r\n0;b\r\n\r\n"),
        ("RFC 9112 §7.1.1", "5;a=b;c=\"d;\\\"e\"\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1.1", "5 ; a = b ; c\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\nX: 1\r\nY:\r\n\r\n"),
        ("RFC 9110 §6.5.1", "5\r\nhello\r\n0\r\nContent-Length: 9\r\nHost: b\r\nTransfer-Encoding: gzip\r\n\r\n"),
    ]

    private static let brokenChunks = [
        ("RFC 9112 §7.1", "\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", "0x5\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "+5\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "-5\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", " 5\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "5 \r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "0_5\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", "5h\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "5\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "5\rhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", "5\r\nhello\n0\r\n\r\n"), ("RFC 9112 §7.1", "5\r\nhello0\r\n\r\n"),
        ("RFC 9112 §7.1", "4\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", "6\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "5\r\nhello\r\n0\n\n"),
        ("RFC 9112 §7.1", "5\r\nhello\r\n0\r\n\n"), ("RFC 9112 §7.1", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1", "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1", "８\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1.1", "5;\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1.1", "5;=a\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1.1", "5;a=\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1.1", "5;a b\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1.1", "5;a\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1.1", "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"),
        ("RFC 9112 §7.1.1", "5;a=\"b\r\nhello\r\n0\r\n\r\n"), ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\n"),
        ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\nX: 1\r\n y\r\n\r\n"), ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\nX : 1\r\n\r\n"),
        ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\n: 1\r\n\r\n"), ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\nX: 1\n\r\n"),
        ("RFC 9112 §7.1.2", "5\r\nhello\r\n0\r\nX: \u{0}\r\n\r\n"),
    ]
}
