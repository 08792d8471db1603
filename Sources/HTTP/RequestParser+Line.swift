import HTTPTypes

struct RequestLine {
    let method: HTTPRequest.Method
    let target: RequestTarget
    let version: HTTPVersion
}

extension RequestParser {
    /// Reads `method SP target SP version CR LF` and leaves `index` behind it (RFC 9112 §3).
    static func requestLine(
        _ bytes: Span<UInt8>, index: inout Int, end: Int, limits: HeadLimits
    ) throws(ParseError) -> RequestLine {
        let methodStart = index
        index = bytes.firstOutside(.token, from: index, to: end)
        guard index < end else { throw .methodTooLong }
        guard index > methodStart, bytes[index] == .space else {
            throw bytes[index] == .carriageReturn ? .requestLineShape : .methodNotToken
        }
        guard index - methodStart <= HeadLimits.methodByteCountMax else { throw .methodTooLong }
        let method = try method(bytes, methodStart..<index)

        index += 1
        let targetStart = index
        index = bytes.firstSpace(from: index, to: end)
        guard index - targetStart <= limits.targetByteCountMax else { throw .targetTooLong }
        guard index < end, bytes[index] == .space, index > targetStart else { throw .requestLineShape }
        let targetEnd = index

        index += 1
        let version = try version(bytes, index: &index, end: end)
        let target = try RequestTarget.read(bytes, targetStart..<targetEnd, method: method)
        return RequestLine(method: method, target: target, version: version)
    }

    private static func method(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ParseError) -> HTTPRequest.Method {
        if range.count == 3, bytes[range.lowerBound] == UInt8(ascii: "G"), bytes[range.lowerBound + 1] == UInt8(ascii: "E"),
            bytes[range.lowerBound + 2] == UInt8(ascii: "T")
        {
            return .get
        }
        guard let text = bytes.text(range), let method = HTTPRequest.Method(text) else { throw .methodNotToken }
        return method
    }

    /// `HTTP/` DIGIT `.` DIGIT and the line end (RFC 9112 §2.3). A higher minor version is answered as 1.1 (RFC 9110 §2.5).
    private static func version(_ bytes: Span<UInt8>, index: inout Int, end: Int) throws(ParseError) -> HTTPVersion {
        let start = index
        guard start + 10 <= end, bytes[start] == UInt8(ascii: "H"), bytes[start + 1] == UInt8(ascii: "T"),
            bytes[start + 2] == UInt8(ascii: "T"), bytes[start + 3] == UInt8(ascii: "P"), bytes[start + 4] == UInt8(ascii: "/"),
            bytes[start + 5].isDigit, bytes[start + 6] == UInt8(ascii: "."), bytes[start + 7].isDigit,
            bytes[start + 8] == .carriageReturn
        else { throw .versionMalformed }
        index = start + 10
        guard bytes[start + 5] == UInt8(ascii: "1") else { throw .versionNotSupported }
        return bytes[start + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }
}
