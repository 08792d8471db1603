package import HTTPTypes

struct RequestLine {
    let method: HTTPRequest.Method
    let targetEnds: RequestTarget.Ends
    let version: HTTPVersion
    /// What is wrong with the target, which is then none that was asked for.
    let fault: ParseError?
}

extension RequestParser {
    /// Reads `method SP target SP version CR LF` and leaves `index` behind it (RFC 9112 §3). The target's normal form is appended to `out`.
    static func requestLine(
        _ bytes: Span<UInt8>, index: inout Int, end: Int, limits: HeadLimits, to out: inout [UInt8]
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
        let targetRange = targetStart..<index
        let isTooLong = targetRange.count > limits.targetByteCountMax
        guard index < end, bytes[index] == .space, !targetRange.isEmpty else { throw isTooLong ? .targetTooLong : .requestLineShape }

        index += 1
        // Where the line goes on beyond the bytes, its version is not known to be wrong.
        if isTooLong, end - index < versionByteCount, bytes.first(.lineFeed, from: index, to: end) == end { throw .targetTooLong }
        let version = try version(bytes, index: &index, end: end)
        do throws(ParseError) {
            if isTooLong { throw .targetTooLong }
            let ends = try RequestTarget.read(bytes, targetRange, method: method, to: &out)
            return RequestLine(method: method, targetEnds: ends, version: version, fault: nil)
        } catch {
            guard error.leavesFraming else { throw error }
            out = [UInt8(ascii: "/")]
            return RequestLine(method: method, targetEnds: (1, 1), version: version, fault: error)
        }
    }

    /// The method of a head that is refused, or was not waited for; nil when not even that could be read.
    package static func methodOfRefused(_ bytes: Span<UInt8>) -> HTTPRequest.Method? {
        guard let start = HeadScan.requestLineStart(bytes) else { return nil }
        let end = bytes.firstOutside(.token, from: start, to: bytes.count)
        guard end < bytes.count, bytes[end] == .space, (1...HeadLimits.methodByteCountMax).contains(end - start) else { return nil }
        return try? method(bytes, start..<end)
    }

    /// Whether more bytes could still show the method of a head of which these have come.
    package static func methodMayCome(_ bytes: Span<UInt8>) -> Bool {
        guard let start = HeadScan.requestLineStart(bytes) else { return false }
        let end = bytes.firstOutside(.token, from: start, to: bytes.count)
        if end == bytes.count { return end - start <= HeadLimits.methodByteCountMax }
        // A CR alone may be half of an empty line.
        return end == start && bytes[end] == .carriageReturn && end + 1 == bytes.count
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

    /// With the line's end.
    private static let versionByteCount = 10

    /// `HTTP/` DIGIT `.` DIGIT and the line end (RFC 9112 §2.3). A higher minor version is answered as 1.1 (RFC 9110 §2.5).
    private static func version(_ bytes: Span<UInt8>, index: inout Int, end: Int) throws(ParseError) -> HTTPVersion {
        let start = index
        guard start + versionByteCount <= end, bytes[start] == UInt8(ascii: "H"), bytes[start + 1] == UInt8(ascii: "T"),
            bytes[start + 2] == UInt8(ascii: "T"), bytes[start + 3] == UInt8(ascii: "P"), bytes[start + 4] == UInt8(ascii: "/"),
            bytes[start + 5].isDigit, bytes[start + 6] == UInt8(ascii: "."), bytes[start + 7].isDigit,
            bytes[start + 8] == .carriageReturn
        else { throw .versionMalformed }
        index = start + versionByteCount
        guard bytes[start + 5] == UInt8(ascii: "1") else { throw .versionNotSupported }
        return bytes[start + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }
}
