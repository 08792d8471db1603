@testable import HTTP
import HTTPTypes
import Testing

struct RequestParserRefusalTests {
    @Test(arguments: RefusedHeads.all)
    func `a head that breaks a rule is refused for that rule`(_ head: Head, _ error: ParseError) {
        let problem = Problem(error, limits: .init())
        switch parse(head) {
        case .refusal(let refusal):
            #expect(refusal == problem)
            #expect(!error.leavesFraming || head.bytes.count > HeadLimits().headByteCountMax)
        case .faulty(let request, let fault, let byteCount):
            #expect(fault == problem)
            #expect(error.leavesFraming)
            #expect(byteCount == head.bytes.count)
            #expect(request.framing == .none)
        case .incomplete, .request:
            Issue.record("It was not refused: \(description(of: parse(head)))")
        }
    }

    @Test(
        arguments: [
            ("POST /%zz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", BodyFraming.length(5)),
            ("POST /a#b HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: a\r\n\r\n", .chunked),
            ("POST /a HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 7\r\n\r\n", .length(7)),
        ] as [(Head, BodyFraming)])
    func `where a request ends is known although its target or expectation is wrong`(_ head: Head, _ framing: BodyFraming) {
        guard case .faulty(let request, _, _) = parse(head) else {
            Issue.record("It is \(description(of: parse(head)))")
            return
        }
        #expect(request.method == .post)
        #expect(request.framing == framing)
        #expect(request.keepsAlive)
    }

    @Test func `what makes the framing uncertain counts more than a wrong target`() {
        let head: Head = "POST /%zz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n"
        #expect(description(of: parse(head)) == refusal(.contentLengthRepeated, .init()))
    }

    @Test(
        arguments: [
            ("HEAD / HTTP/1.1\r\nHost : a\r\n\r\n", .head), ("HEAD ", .head), ("\r\nHEAD / HTTP/1.1\nHost: a", .head),
            ("DELETE / HTTP/3.0\r\n\r\n", .delete), ("HEAD", nil), ("HE@D / HTTP/1.1\r\n\r\n", nil), (" HEAD / HTTP/1.1", nil), ("", nil),
            ("\r\n", nil),
        ] as [(Head, HTTPRequest.Method?)])
    func `the method of a refused head is known when it could be read`(_ head: Head, _ method: HTTPRequest.Method?) {
        #expect(RequestParser.methodOfRefused(head.bytes.span) == method)
    }

    @Test(
        arguments: [
            ("", true), ("\r", true), ("\r\n", true), ("\r\n\r\nHEA", true), ("HEAD", true), ("HEAD ", false), ("\rH", false),
            ("\n", false),
            ("H@", false), (Head([UInt8](repeating: 0x41, count: 32)), true), (Head([UInt8](repeating: 0x41, count: 33)), false),
            ("\r\n\r\n\r\n\r\n\r\n", false),
        ] as [(Head, Bool)])
    func `the method of a head may come until another byte stands in its place`(_ head: Head, _ mayCome: Bool) {
        #expect(RequestParser.methodMayCome(head.bytes.span) == mayCome)
    }

    @Test(
        arguments: [
            ("GET /\r\n", .requestLineShape), ("\r\nhello world\r\n", .requestLineShape), ("hello\r\n", .requestLineShape),
            ("GET / HTTP/1.1 \r\nHost: a", .versionMalformed), ("GET / HTTP/2.0\r\n", .versionNotSupported),
            ("CONNECT a:80 HTTP/1.1\r\n", .connectNotImplemented),
            // What is wrong with the line counts more than what is wrong after it.
            ("GET / HTTP/2.0\r\nX: \u{0}", .versionNotSupported), ("GET / HTTP/2.0\r\nX: y\n", .versionNotSupported),
            ("GET / HTTP/2.0\r\nX: \u{0}\r\n\r\n", .versionNotSupported), ("GET  / HTTP/1.1\r\n\n", .requestLineShape),
        ] as [(Head, ParseError)])
    func `a first line that no head can begin with is refused at once`(_ head: Head, _ error: ParseError) {
        #expect(description(of: parse(head)) == refusal(error, .init()))
        #expect(description(of: parseByteByByte(head.bytes)) == refusal(error, .init()))
    }

    /// Where the head's own limit cuts the line, whatever is left of the version there.
    @Test(arguments: 16_360...16_384) func `a target that is too long is so at every length`(_ byteCount: Int) {
        let head = Head(Array(("GET /" + String(repeating: "a", count: byteCount - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n").utf8))
        guard case .faulty(_, let problem, _) = parse(head) else {
            #expect(description(of: parse(head)) == refusal(.targetTooLong, .init()))
            return
        }
        #expect(problem == Problem(.targetTooLong, limits: .init()))
    }

    @Test(arguments: [1_010, 1_015, 1_100, 2_000])
    func `a line that is cut by a head's limit is too large and not wrong`(_ byteCount: Int) {
        var limits = HeadLimits()
        limits.headByteCountMax = 1_024
        let head = Head(Array(("GET /" + String(repeating: "a", count: byteCount - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n").utf8))
        #expect(description(of: parse(head, limits: limits)) == refusal(.headTooLarge, limits))
    }

    @Test func `every refusal has bytes that lead to it`() {
        let shown = Set(RefusedHeads.all.map(\.1))
        #expect(ParseError.allCases.filter { !shown.contains($0) } == [])
    }

    @Test(arguments: RefusedHeads.all)
    func `a head that is refused at once is refused byte by byte for the same reason`(_ head: Head, _ error: ParseError) {
        #expect(description(of: parseByteByByte(head.bytes)) == description(of: parse(head)))
    }

    @Test func `each kind of refusal has its status`() {
        let statuses = Dictionary(grouping: ParseError.allCases) { $0.summary.code.status.code }.mapValues(Set.init)
        #expect(statuses[413] == [.contentLengthTooLarge])
        #expect(statuses[414] == [.targetTooLong])
        #expect(statuses[417] == [.expectationUnknown])
        #expect(statuses[431] == [.headTooLarge, .tooManyFields])
        #expect(statuses[501] == [.methodTooLong, .connectNotImplemented, .transferCodingUnknown])
        #expect(statuses[505] == [.versionNotSupported])
        #expect(Set(statuses.keys) == [400, 413, 414, 417, 431, 501, 505])
    }

    @Test func `a head at its limits passes, and one byte or one field more does not`() throws {
        let limits = HeadLimits(headByteCountMax: 60, targetByteCountMax: 10, fieldCountMax: 2)
        let fits: Head = "GET /123456789 HTTP/1.1\r\nHost: a\r\nX: 23456789012345678\r\n\r\n"
        try #require(fits.bytes.count == 58)
        _ = try parsed(fits, limits: limits)

        let longer: Head = "GET /123456789 HTTP/1.1\r\nHost: a\r\nX: 23456789012345678123\r\n\r\n"
        #expect(description(of: parse(longer, limits: limits)) == refusal(.headTooLarge, limits))
        let target: Head = "GET /1234567890 HTTP/1.1\r\nHost: a\r\n\r\n"
        guard case .faulty(_, let problem, _) = parse(target, limits: limits) else { throw NotParsed() }
        #expect(problem == Problem(.targetTooLong, limits: limits))
        let fields: Head = "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n"
        #expect(description(of: parse(fields, limits: limits)) == refusal(.tooManyFields, limits))
    }

    @Test func `a head of exactly the limit passes`() throws {
        let head: Head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        _ = try parsed(head, limits: HeadLimits(headByteCountMax: head.bytes.count))
        let shorter = HeadLimits(headByteCountMax: head.bytes.count - 1)
        #expect(description(of: parse(head, limits: shorter)) == refusal(.headTooLarge, shorter))
        #expect(description(of: parseByteByByte(head.bytes, limits: shorter)) == refusal(.headTooLarge, shorter))
    }

    @Test func `a refusal says in its hint which limit was passed`() {
        #expect(Problem(.targetTooLong, limits: HeadLimits(targetByteCountMax: 99)).hint?.contains("99") == true)
        #expect(Problem(.headTooLarge, limits: HeadLimits(headByteCountMax: 98)).hint?.contains("98") == true)
        #expect(Problem(.tooManyFields, limits: HeadLimits(fieldCountMax: 97)).hint?.contains("97") == true)
    }

    private func refusal(_ error: ParseError, _ limits: HeadLimits) -> String {
        description(of: .refusal(Problem(error, limits: limits)))
    }
}
