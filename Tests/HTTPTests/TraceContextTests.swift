import HTTP
import HTTPTypes
import Testing

/// https://www.w3.org/TR/trace-context-1/
struct TraceContextTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let parent = "b7ad6b7169203331"

    private static func read(_ value: String) -> TraceContext? {
        TraceContext(Array(value.utf8).span, span: 0xABC)
    }

    @Test(arguments: [
        "00-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-00", "00-\(trace)-\(parent)-ff", "cc-\(trace)-\(parent)-01",
        "cc-\(trace)-\(parent)-01-what-the-future-brings",
    ])
    func `a valid traceparent is taken over`(_ value: String) throws {
        let context = try #require(Self.read(value))
        #expect(context.traceID == Self.trace && context.parentID == Self.parent && context.spanID == "0000000000000abc")
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(parent)", "00-\(trace)-\(parent)-1", "00-\(trace)-\(parent)-01-more", "00-\(trace)-\(parent)-01-",
        "cc-\(trace)-\(parent)-01.more", "ff-\(trace)-\(parent)-01", "0-\(trace)-\(parent)-01", "00_\(trace)-\(parent)-01",
        "00-\(trace.uppercased())-\(parent)-01", "00-00000000000000000000000000000000-\(parent)-01", "00-\(trace)-0000000000000000-01",
        "00-\(trace)-\(parent)-0g", "0G-\(trace)-\(parent)-01", "00-\(trace.dropLast())-\(parent)0-01", "00-\(trace)-\(parent)-0A",
    ])
    func `a malformed one is ignored`(_ value: String) {
        #expect(Self.read(value) == nil)
    }

    @Test func `several are none`() throws {
        let value = "00-\(Self.trace)-\(Self.parent)-01"
        for count in 0...2 {
            var fields = HTTPFields()
            for _ in 0..<count { fields.append(HTTPField(name: .traceparent, value: value)) }
            let head = RequestHead(method: .get, target: .asterisk, fields: RequestFields(fields))
            #expect((head.trace(span: 1) != nil) == (count == 1))
        }
    }

    @Test(arguments: [("01", "01"), ("00", "00"), ("ff", "01"), ("02", "00")])
    func `the answer names the trace, this server's part, and of the flags the one that is known`(_ flags: String, _ answered: String)
        throws
    {
        let opening = ResponseSerializer.opening(at: HTTPDate(secondsSince1970: 0))
        let trace = try #require(Self.read("00-\(Self.trace)-\(Self.parent)-\(flags)"))
        var out: [UInt8] = []
        let context = ResponseContext(requestID: "r-1", opening: opening, trace: trace)
        ResponseSerializer.append(headOf: Response(status: .ok), to: &out, for: context)
        let line = "\r\nX-Request-ID: r-1\r\ntraceresponse: 00-\(Self.trace)-0000000000000abc-\(answered)\r\n"
        #expect(String(decoding: out, as: UTF8.self).contains(line))
    }
}
