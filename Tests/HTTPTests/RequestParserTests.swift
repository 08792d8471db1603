import HTTP
import HTTPTypes
import Testing

struct RequestParserTests {
    @Test func `a plain GET is read`() throws {
        let head = try parsed("GET /v1/articles?limit=5 HTTP/1.1\r\nHost: news.example:8080\r\nAccept: */*\r\n\r\n")
        #expect(head.method == .get)
        #expect(head.target == RequestTarget(segments: ["v1", "articles"], query: "limit=5"))
        #expect(head.version == .http11)
        #expect(head.fields[.known("Host")] == "news.example:8080")
        #expect(head.fields[.accept] == "*/*")
        #expect(head.framing == .none)
        #expect(head.keepsAlive)
        #expect(!head.expectsContinue)
    }

    @Test func `what follows the head is not consumed`() throws {
        let head: Head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcdGET / HTTP/1.1\r\n"
        guard case .request(let request, let byteCount) = parse(head) else { throw NotParsed() }
        #expect(request.framing == .length(4))
        #expect(byteCount == 47)
        #expect(head.bytes[byteCount] == UInt8(ascii: "a"))
    }

    @Test(
        arguments: [
            "", "\r", "\r\n", "\r\n\r\n", "G", "GET ", "GET / HTTP/1.1", "GET / HTTP/1.1\r", "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nHost: a",
            "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r", "nonsense", "nonsense\r", "\r\nGET  / HTTP/1.1",
            "GET /%zz HTTP/1.1\r\nHost : a\r\n",
        ] as [Head])
    func `a head without its end is incomplete, unless its first line is none`(_ head: Head) {
        #expect(description(of: parse(head)) == "incomplete")
        #expect(description(of: parseByteByByte(head.bytes)) == "incomplete")
    }

    @Test(arguments: [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "M-SEARCH", "get", "Get", "GE", "GETS",
        "!#$%&'*+-.^_`|~09",
    ])
    func `any token is a method, in its own case`(_ method: String) throws {
        #expect(try parsed(.target("/", method: method)).method.rawValue == method)
    }

    @Test func `a method of 32 bytes passes`() throws {
        let method = String(repeating: "M", count: 32)
        #expect(try parsed(.target("/", method: method)).method.rawValue == method)
    }

    @Test func `up to four empty lines in front are passed over`() throws {
        let head = try parsed("\r\n\r\n\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head.target.segments == ["a"])
    }

    @Test(arguments: [("HTTP/1.0", HTTPVersion.http10), ("HTTP/1.1", .http11), ("HTTP/1.2", .http11), ("HTTP/1.9", .http11)])
    func `a higher minor version is taken for 1 point 1`(_ text: String, _ version: HTTPVersion) throws {
        #expect(try parsed(Head(Array("GET / \(text)\r\nHost: a\r\n\r\n".utf8))).version == version)
    }

    @Test func `HTTP 1 point 0 needs no Host`() throws {
        let head = try parsed("GET / HTTP/1.0\r\n\r\n")
        #expect(head.version == .http10)
        #expect(!head.keepsAlive)
    }

    @Test(arguments: [
        "a", "a.b", "a.b:80", "a:", "a:0", "a:65535", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080", "[2001:db8::1]:80",
        "[::ffff:127.0.0.1]", "[::]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:255.0.10.1]", "[ABCD::]",
        "[v1.a:b]:80", "[VF.~]", "a_b", "a-b.c~d", "%41", "a%2Db:80", "xn--caf-dma.example", "a!$&'()*+;=b", "A.B",
    ])
    func `a host with an optional port is valid`(_ host: String) throws {
        #expect(try parsed(.host(host)).fields[.known("Host")] == host)
    }

    @Test(arguments: [
        ("Content-Length: 0", BodyFraming.none), ("Content-Length: 5", .length(5)), ("Content-Length:   5  ", .length(5)),
        ("Content-Length:\t5\t", .length(5)), ("Content-Length: 0005", .length(5)), ("CONTENT-LENGTH: 5", .length(5)),
        ("Content-Length: 9223372036854775807", .length(Int.max)), ("Transfer-Encoding: chunked", .chunked),
        ("transfer-encoding: CHUNKED", .chunked), ("Transfer-Encoding:chunked", .chunked), ("Transfer-Encoding: \t chunked \t", .chunked),
        ("X: y", .none), ("Transfer_Encoding: chunked", .none), ("Content-Lengths: 5", .none),
    ])
    func `framing is read from Content-Length or Transfer-Encoding`(_ line: String, _ framing: BodyFraming) throws {
        #expect(try parsed(.field(line)).framing == framing)
    }

    @Test(arguments: [
        ("HTTP/1.1", "X: y", true), ("HTTP/1.1", "Connection: close", false), ("HTTP/1.1", "connection: CLOSE", false),
        ("HTTP/1.1", "Connection: keep-alive", true), ("HTTP/1.1", "Connection: keep-alive, close", false),
        ("HTTP/1.1", "Connection: close, keep-alive", false), ("HTTP/1.1", "Connection: Upgrade , close", false),
        ("HTTP/1.1", "Connection: upgrade", true), ("HTTP/1.1", "Connection: closed", true), ("HTTP/1.1", "Connection: ", true),
        ("HTTP/1.1", "Connection: keep-alive\r\nConnection: close", false), ("HTTP/1.1", "Connection: ,,close,", false),
        ("HTTP/1.0", "X: y", false), ("HTTP/1.0", "Connection: keep-alive", true), ("HTTP/1.0", "Connection: Keep-Alive", true),
        ("HTTP/1.0", "Connection: keep-alive, close", false), ("HTTP/1.0", "Keep-Alive: timeout=5", false),
    ])
    func `the connection is kept as version and Connection say`(_ version: String, _ line: String, _ keepsAlive: Bool) throws {
        let head = Head(Array("GET / \(version)\r\nHost: a\r\n\(line)\r\n\r\n".utf8))
        #expect(try parsed(head).keepsAlive == keepsAlive)
    }

    @Test(arguments: [
        ("HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 5", true), ("HTTP/1.1", "expect: 100-Continue\r\nContent-Length: 5", true),
        ("HTTP/1.1", "Expect: 100-continue\r\nTransfer-Encoding: chunked", true), ("HTTP/1.1", "Content-Length: 5", false),
        ("HTTP/1.1", "Expect: 100-continue", false), ("HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 0", false),
        ("HTTP/1.0", "Expect: 100-continue\r\nContent-Length: 5", false),
    ])
    func `100-continue is waited for only when a body is to come in HTTP 1 point 1`(
        _ version: String, _ lines: String, _ expects: Bool
    ) throws {
        let head = Head(Array("POST / \(version)\r\nHost: a\r\n\(lines)\r\n\r\n".utf8))
        #expect(try parsed(head).expectsContinue == expects)
    }

    @Test func `values are trimmed, may be empty, and keep what is inside`() throws {
        let head = try parsed(.field("A:\r\nB: \t \r\nC:  x  y\tz  \r\nD:,:;=\"\\"))
        let c = HTTPField.Name.known("C")
        #expect(head.fields[.known("A")] == "")
        #expect(head.fields[.known("B")] == "")
        #expect(head.fields[c] == "x  y\tz")
        #expect(head.fields[.known("D")] == ",:;=\"\\")
    }

    @Test func `bytes above ASCII pass in values`() throws {
        let head = try parsed(Head(Array("GET / HTTP/1.1\r\nHost: a\r\nX: café\r\nY: ".utf8) + [0xE9, 0xFF] + Array("\r\n\r\n".utf8)))
        #expect(head.fields[.known("X")] == "café")
        #expect(head.fields[.known("Y")] == "\u{FFFD}\u{FFFD}")
    }

    @Test func `a hundred fields pass`() throws {
        let lines = (1...99).map { "X\($0): \($0)" }.joined(separator: "\r\n")
        let head = try parsed(.field(lines))
        #expect(head.fields.count == 101 - 1)
        #expect(head.fields[.known("x99")] == "99")
    }
}
