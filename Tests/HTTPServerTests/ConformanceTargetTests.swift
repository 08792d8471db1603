import HTTPServer
import Testing
import Turns

/// The four forms of request targets, and the normal form of paths.
@Suite(.inTurn) struct ConformanceTargetTests {
    @Test func `a path is read in its normal form, once`() async throws {
        try await conform(Self.paths.map { ConformanceCase($0, get($1), [200], text: "GET \($2) ") })
    }

    @Test func `what is no path is refused, and the connection goes on`() async throws {
        try await conform(Self.refusedPaths.map { ConformanceCase($0, get($1), [400]) })
    }

    @Test func `an absolute form names the path, whatever Host says`() async throws {
        try await conform(
            Self.absolutes.map { ConformanceCase("RFC 9112 §3.2.2", get($0), [200], text: "GET \($1) ") }
                + Self.refusedAbsolutes.map { ConformanceCase($0, get($1), [400], .closes) } + [
                    ConformanceCase("RFC 9112 §3.2", "GET http://a/ HTTP/1.1\r\n\r\n", [400], .closes),
                    ConformanceCase("RFC 9112 §3.2", "GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n", [400], .closes),
                    ConformanceCase("RFC 9112 §3.2.2", "GET http://a/x HTTP/1.0\r\n\r\n", [200], .closes, text: "GET /x "),
                ])
    }

    @Test func `the asterisk form goes with OPTIONS alone`() async throws {
        try await conform([
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "OPTIONS * "),
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "OPTIONS * "),
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS http://a:80 HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "OPTIONS * "),
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "OPTIONS / "),
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS http://a?b HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "OPTIONS / "),
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n", [200], text: "OPTIONS /x "),
            ConformanceCase("RFC 9112 §3.2.4", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
            ConformanceCase("RFC 9112 §3.2.4", "HEAD * HTTP/1.1\r\nHost: a\r\n\r\n", [400], heads: [0]),
            ConformanceCase("RFC 9112 §3.2.4", "OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n", [400], .closes),
        ])
    }

    @Test func `a target of 8192 bytes is read, a longer one is 414`() async throws {
        func target(_ byteCount: Int) -> String { "/" + String(repeating: "a", count: byteCount - 1) }
        try await conform([
            ConformanceCase("RFC 9112 §3", get(target(8_192)), [200]),
            ConformanceCase("RFC 9112 §3", get(target(8_193)), [414]),
            ConformanceCase("RFC 9112 §3", "HEAD \(target(8_193)) HTTP/1.1\r\nHost: a\r\n\r\n", [414], heads: [0]),
            ConformanceCase("RFC 9112 §3", get(target(20_000)), [414], .closes),
            ConformanceCase("RFC 9112 §3", "HEAD \(target(20_000)) HTTP/1.1\r\nHost: a\r\n\r\n", [414], .closes, heads: [0]),
        ])
    }

    private static let paths = [
        ("RFC 9112 §3.2.1", "/", "/"), ("RFC 9112 §3.2.1", "/a/b", "/a/b"), ("RFC 9112 §3.2.1", "/a?", "/a"),
        ("RFC 9112 §3.2.1", "/a?b=c&d", "/a"), ("RFC 3986 §3.3", "//a", "//a"), ("RFC 3986 §3.3", "/a/", "/a/"),
        ("RFC 3986 §3.3", "/*", "/*"), ("RFC 3986 §3.3", "/!$&'()*+,;=:@-._~", "/!$&'()*+,;=:@-._~"),
        ("RFC 3986 §3.3", "/http://a/b", "/http://a/b"), ("RFC 3986 §6.2.2.2", "/%61%62", "/ab"),
        ("RFC 3986 §6.2.2.2", "/%7Ea%2D%5f", "/~a-_"),
        ("RFC 3986 §6.2.2.1", "/%c3%a9", "/%C3%A9"), ("RFC 3986 §2.2", "/a%2Fb", "/a%2Fb"), ("RFC 3986 §2.2", "/a%2fb", "/a%2Fb"),
        ("RFC 3986 §2.2", "/a%3Fb", "/a%3Fb"), ("RFC 3986 §2.4", "/%2561", "/%2561"), ("RFC 3986 §2.4", "/%252e%252e/a", "/%252e%252e/a"),
        ("RFC 3986 §5.2.4", "/./a", "/a"), ("RFC 3986 §5.2.4", "/a/../b", "/b"), ("RFC 3986 §5.2.4", "/../../a", "/a"),
        ("RFC 3986 §5.2.4", "/a/b/..", "/a/"), ("RFC 3986 §5.2.4", "/a/.", "/a/"), ("RFC 3986 §5.2.4", "/...", "/..."),
        ("RFC 3986 §6.2.2.3", "/%2e%2e/a", "/a"), ("RFC 3986 §6.2.2.3", "/x/.%2E/a", "/a"), ("RFC 3986 §6.2.2.3", "/%2E/a", "/a"),
        ("RFC 3986 §2.2", "/..%2Fa", "/..%2Fa"),
    ]

    private static let refusedPaths = [
        ("RFC 9110 §7.1", "/a#b"), ("RFC 9110 §7.1", "/a?b#c"), ("RFC 3986 §2.1", "/%"), ("RFC 3986 §2.1", "/%4"),
        ("RFC 3986 §2.1", "/%zz"),
        ("RFC 3986 §2.1", "/%%41"), ("RFC 3986 §2.1", "/%u0041"), ("RFC 3986 §2.1", "/a?b=%"), ("RFC 3986 §7.3", "/%00"),
        ("RFC 3986 §7.3", "/a%00b"), ("RFC 3986 §7.3", "/a%0D%0Ab"), ("RFC 3986 §7.3", "/a?b=%00"), ("RFC 3986 §2.5", "/%FF"),
        ("RFC 3986 §2.5", "/%C3%28"), ("RFC 3986 §2.5", "/%C0%AF"), ("RFC 3986 §2.5", "/%C0%AE%C0%AE/a"), ("RFC 3986 §2.5", "/%ED%A0%80"),
        ("RFC 3986 §2.5", "/%F4%90%80%80"), ("RFC 3986 §2.5", "/a?b=%E9"), ("RFC 3986 §3.3", "/é"), ("RFC 3986 §3.3", "/a\"b"),
        ("RFC 3986 §3.3", "/<a>"), ("RFC 3986 §3.3", "/a\\b"), ("RFC 3986 §3.3", "/{a}"), ("RFC 3986 §3.3", "/a|b"),
        ("RFC 3986 §3.3", "/a^b"), ("RFC 3986 §3.4", "/?é"), ("RFC 3986 §3.4", "/?\"a\""),
    ]

    private static let absolutes = [
        ("http://a/x", "/x"), ("http://other.example:8080/x", "/x"), ("HTTP://A/x", "/x"), ("https://a/x", "/x"), ("http://a", "/"),
        ("http://a/", "/"), ("http://a?b", "/"), ("http://a:/x", "/x"), ("http://[::1]:80/x", "/x"), ("http://a/%78/../y", "/y"),
    ]

    private static let refusedAbsolutes = [
        ("RFC 9112 §3.2", "a"), ("RFC 9112 §3.2", "?a"), ("RFC 9112 §3.2", "./a"), ("RFC 9112 §3.2.3", "a:80"), ("RFC 3986 §3.1", "://a/"),
        ("RFC 9110 §4.2.1", "http:///a"), ("RFC 9110 §4.2.1", "http://"), ("RFC 9110 §4.2.1", "http:/a"), ("RFC 9110 §4.2.1", "http:a"),
        ("RFC 9110 §4.2.4", "http://u@a/"), ("RFC 9110 §4.2.4", "http://u:p@a/"), ("RFC 3986 §3.2.3", "http://a:x/"),
        ("RFC 3986 §3.2.3", "http://a:65536/"), ("RFC 3986 §3.2.2", "http://::1/"), ("RFC 3986 §3.2.2", "http://[::1/"),
        ("RFC 9110 §4.2", "ftp://a/"), ("RFC 9110 §4.2", "mailto:a@b"),
    ]
}
