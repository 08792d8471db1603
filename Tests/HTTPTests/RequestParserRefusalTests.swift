@testable import HTTP
import HTTPTypes
import Testing

struct RequestParserRefusalTests {
    @Test(arguments: RefusedHeads.all)
    func `a head that breaks a rule is refused for that rule`(_ head: Head, _ error: ParseError) {
        guard case .refusal(let problem) = parse(head) else {
            Issue.record("It was not refused: \(description(of: parse(head)))")
            return
        }
        #expect(problem == Problem(error, limits: .init()))
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
        #expect(description(of: parse(target, limits: limits)) == refusal(.targetTooLong, limits))
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
