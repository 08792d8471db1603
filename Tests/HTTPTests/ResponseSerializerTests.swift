import HTTP
import HTTPTypes
import Testing

struct ResponseSerializerTests {
    /// What every answer says to browsers.
    private let protection =
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n"
    private let opening = ResponseSerializer.opening(at: HTTPDate(secondsSince1970: 784_111_777))

    private func text(
        _ response: Response, version: HTTPVersion = .http11, isHead: Bool = false, closes: Bool = false
    ) -> String {
        var out = Array(">".utf8)
        let context = ResponseContext(version: version, isHead: isHead, closes: closes, requestID: "r-1", opening: opening)
        ResponseSerializer.append(headOf: response, to: &out, for: context)
        out += ResponseSerializer.body(of: response, for: context)
        return String(decoding: out, as: UTF8.self)
    }

    @Test func `an answer is appended with its date and its length`() {
        let response = Response(status: .ok, fields: [.contentType: "text/plain", .eTag: "\"7\""], body: .bytes(Array("hello".utf8)))
        #expect(
            text(response) == """
                >HTTP/1.1 200 OK\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                X-Content-Type-Options: nosniff\r
                Referrer-Policy: no-referrer\r
                Cross-Origin-Resource-Policy: same-origin\r
                X-Request-ID: r-1\r
                Content-Type: text/plain\r
                ETag: "7"\r
                Content-Length: 5\r
                \r
                hello
                """)
    }

    @Test func `the answer to HEAD is that to GET without the body`() {
        let response = Response(status: .ok, fields: [.contentType: "text/plain"], body: .bytes(Array("hello".utf8)))
        #expect(text(response, isHead: true) + "hello" == text(response))
    }

    @Test func `an answer without a body has the length 0`() {
        #expect(
            text(Response(status: .notFound))
                == ">HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\(protection)X-Request-ID: r-1\r\nContent-Length: 0\r\n\r\n"
        )
    }

    @Test(arguments: [HTTPResponse.Status.noContent, .notModified, .earlyHints])
    func `204, 304 and 1xx have neither body nor length`(_ status: HTTPResponse.Status) {
        let response = Response(status: status, fields: [.eTag: "\"7\""], body: .bytes(Array("hello".utf8)))
        #expect(
            text(response)
                == ">HTTP/1.1 \(status)\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\(protection)X-Request-ID: r-1\r\nETag: \"7\"\r\n\r\n")
    }

    @Test(arguments: [
        (HTTPVersion.http11, false, ""), (.http11, true, "Connection: close\r\n"), (.http10, false, "Connection: keep-alive\r\n"),
        (.http10, true, "Connection: close\r\n"),
    ])
    func `Connection says what the client cannot know`(_ version: HTTPVersion, _ closes: Bool, _ line: String) {
        let expected =
            ">HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\(protection)X-Request-ID: r-1\r\n\(line)Content-Length: 0\r\n\r\n"
        #expect(text(Response(status: .ok), version: version, closes: closes) == expected)
    }

    @Test func `a streamed body is chunked in HTTP 1 point 1 and ended by closing in 1 point 0`() {
        let response = Response(status: .ok, body: .stream { _ in })
        let start = ">HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\(protection)X-Request-ID: r-1\r\n"
        #expect(text(response) == start + "Transfer-Encoding: chunked\r\n\r\n")
        #expect(text(response, isHead: true) == text(response))
        #expect(text(response, version: .http10) == start + "Connection: close\r\n\r\n")
    }

    @Test func `framing is told apart by status, body and version`() {
        let stream = ResponseBody.stream { _ in }
        #expect(ResponseSerializer.framing(of: Response(status: .noContent, body: stream), for: .http11) == .none)
        #expect(ResponseSerializer.framing(of: Response(status: .ok, body: stream), for: .http11) == .chunked)
        #expect(ResponseSerializer.framing(of: Response(status: .ok, body: stream), for: .http10) == .close)
        #expect(ResponseSerializer.framing(of: Response(status: .ok, body: .bytes([1, 2])), for: .http11) == .length(2))
        #expect(ResponseSerializer.framing(of: Response(status: .ok), for: .http11) == .length(0))
    }

    @Test func `fields that are the serializer's own are not sent twice`() {
        let fields: HTTPFields = [
            .date: "today", .contentLength: "99", .transferEncoding: "gzip", .connection: "upgrade", .xRequestID: "other", .vary: "Accept",
        ]
        let expected = """
            >HTTP/1.1 200 OK\r
            Date: Sun, 06 Nov 1994 08:49:37 GMT\r
            X-Content-Type-Options: nosniff\r
            Referrer-Policy: no-referrer\r
            Cross-Origin-Resource-Policy: same-origin\r
            X-Request-ID: r-1\r
            Vary: Accept\r
            Content-Length: 0\r
            \r\n
            """
        #expect(text(Response(status: .ok, fields: fields)) == expected)
        #expect(text(Response(status: .ok, fields: fields).prepared()) == expected)
    }

    @Test func `an answer that is prepared is sent as it would be made`() {
        let fields: HTTPFields = [.contentType: "text/plain", .vary: "Accept"]
        for response in [
            Response(status: .ok, fields: fields, body: .bytes(Array("hello".utf8))), Response(status: .notModified, fields: fields),
            Response(status: .notFound), Response(status: .ok, fields: fields, body: .stream { _ in }),
        ] {
            for version in [HTTPVersion.http10, .http11] {
                for (isHead, closes) in [(false, false), (true, false), (false, true)] {
                    let made = text(response, version: version, isHead: isHead, closes: closes)
                    #expect(text(response.prepared(), version: version, isHead: isHead, closes: closes) == made)
                }
            }
        }
    }

    @Test func `fields that depend on who asks are sent beside those of the answer`() {
        var response = Response(status: .ok, fields: [.vary: "Accept"], body: .bytes([1]))
        response.additional = PreparedFields([.vary: "Origin", .accessControlAllowOrigin: "https://desk.example"])
        for response in [response, response.prepared()] {
            let lines = text(response).split(separator: "\r\n")
            #expect(lines.filter { $0.hasPrefix("Vary: ") } == ["Vary: Origin", "Vary: Accept"])
            #expect(lines.contains("Access-Control-Allow-Origin: https://desk.example"))
        }
    }

    @Test func `what is changed after it was prepared is sent as it is then`() {
        var response = Response(status: .ok, fields: [.vary: "Accept"], body: .bytes([1])).prepared()
        response.fields[.vary] = "Accept, Origin"
        #expect(text(response).contains("Vary: Accept, Origin\r\n"))
        response = response.prepared()
        response.body = .bytes([1, 2])
        #expect(text(response).contains("Content-Length: 2\r\n"))
    }

    @Test func `a value cannot break its line`() {
        let response = Response(status: .ok, fields: [.location: "/a\r\nSet-Cookie: b\r\n\r\n<script>"])
        #expect(text(response).split(separator: "\r\n").contains("Location: /a  Set-Cookie: b    <script>"))
    }

    @Test func `any status has its reason, which may be empty`() {
        #expect(text(Response(status: .created)).hasPrefix(">HTTP/1.1 201 Created\r\n"))
        #expect(text(Response(status: .notModified)).hasPrefix(">HTTP/1.1 304 Not Modified\r\n"))
        #expect(text(Response(status: .requestHeaderFieldsTooLarge)).hasPrefix(">HTTP/1.1 431 Request Header Fields Too Large\r\n"))
        #expect(
            text(Response(status: .init(code: 507, reasonPhrase: "Insufficient Storage"))).hasPrefix(
                ">HTTP/1.1 507 Insufficient Storage\r\n"))
        #expect(text(Response(status: 299)).hasPrefix(">HTTP/1.1 299 \r\n"))
    }

    @Test(arguments: [(0, "0"), (9, "9"), (10, "10"), (3_000, "3000"), (123_456, "123456")])
    func `the length is decimal`(_ count: Int, _ digits: String) {
        let response = Response(status: .ok, body: .bytes([UInt8](repeating: UInt8(ascii: "a"), count: count)))
        #expect(text(response, isHead: true).contains("\r\nContent-Length: \(digits)\r\n"))
    }

    @Test func `bytes beyond ASCII are sent as they are`() {
        #expect(text(Response(status: .ok, fields: [.known("X"): "café"])).contains("X: café\r\n"))
    }

    @Test func `100 Continue is a head alone`() {
        #expect(String(decoding: ResponseSerializer.continueHead, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
    }
}
