/// What the fields of a request say about the request itself: its host, where its body ends, and what comes after.
struct FieldFacts {
    private var hostCount = 0
    private var contentLength: Int?
    private var codings = TransferCodings()
    private var closes = false
    private var asksToKeepAlive = false
    private(set) var expectsContinue = false
    /// What is wrong with the fields beside the framing.
    private(set) var fault: ParseError?

    /// Takes note of a field line.
    mutating func add(_ bytes: Span<UInt8>, name: Range<Int>, value: Range<Int>) throws(ParseError) {
        switch name.count {
        case 4 where bytes.equalsIgnoringCase("host", in: name): try addHost(bytes, value)
        case 6 where bytes.equalsIgnoringCase("expect", in: name): addExpect(bytes, value)
        case 10 where bytes.equalsIgnoringCase("connection", in: name): addConnection(bytes, value)
        case 14 where bytes.equalsIgnoringCase("content-length", in: name): try addContentLength(bytes, value)
        case 17 where bytes.equalsIgnoringCase("transfer-encoding", in: name): codings.add(bytes, value)
        default: break
        }
    }

    private mutating func addHost(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(ParseError) {
        hostCount += 1
        // An empty one is invalid in http, whose authority has a host (RFC 9110 §4.2.1).
        guard hostCount == 1 else { throw .hostRepeated }
        guard Authority.isValid(bytes, value) else { throw .hostMalformed }
    }

    private mutating func addContentLength(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(ParseError) {
        guard contentLength == nil else { throw .contentLengthRepeated }
        guard !value.isEmpty else { throw .contentLengthMalformed }
        var length = 0
        var overflows = false
        for index in value {
            guard bytes[index].isDigit else { throw .contentLengthMalformed }
            let (tenfold, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(bytes[index] & 0xF))
            length = sum
            overflows = overflows || overflow || carry
        }
        guard !overflows else { throw .contentLengthTooLarge }
        contentLength = length
    }

    private mutating func addConnection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        var index = value.lowerBound
        while let option = bytes.nextListElement(from: &index, to: value.upperBound) {
            if bytes.equalsIgnoringCase("close", in: option) { closes = true }
            if bytes.equalsIgnoringCase("keep-alive", in: option) { asksToKeepAlive = true }
        }
    }

    private mutating func addExpect(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        var index = value.lowerBound
        while let expectation = bytes.nextListElement(from: &index, to: value.upperBound) {
            guard !expectation.isEmpty else { continue }
            if !bytes.equalsIgnoringCase("100-continue", in: expectation) { fault = .expectationUnknown }
            // Whatever it is that the client expects, it may wait with the body until then.
            expectsContinue = true
        }
    }

    /// How the end of the body is found (RFC 9112 §6.3), or why it cannot be.
    func framing(_ version: HTTPVersion) throws(ParseError) -> BodyFraming {
        guard hostCount == 1 || version == .http10 else { throw .hostMissing }
        guard codings.isPresent else {
            guard let contentLength, contentLength > 0 else { return .none }
            return .length(contentLength)
        }
        guard version == .http11 else { throw .transferEncodingInHTTP10 }
        guard contentLength == nil else { throw .contentLengthWithTransferEncoding }
        try codings.check()
        return .chunked
    }

    /// RFC 9112 §9.3: `close` wins; then HTTP/1.1 keeps the connection, HTTP/1.0 only when asked to.
    func keepsAlive(_ version: HTTPVersion) -> Bool {
        !closes && (version == .http11 || asksToKeepAlive)
    }
}

/// The codings that Transfer-Encoding lists, over all its lines (RFC 9112 §6.1).
private struct TransferCodings {
    private(set) var isPresent = false
    private var isMalformed = false
    private var chunkedCount = 0
    private var unknownCount = 0
    private var endsWithChunked = false

    mutating func add(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        isPresent = true
        var index = value.lowerBound
        while let coding = bytes.nextListElement(from: &index, to: value.upperBound) {
            endsWithChunked = bytes.equalsIgnoringCase("chunked", in: coding)
            if endsWithChunked {
                chunkedCount += 1
            } else if isToken(bytes, coding) {
                unknownCount += 1
            } else {
                isMalformed = true
            }
        }
    }

    func check() throws(ParseError) {
        guard !isMalformed else { throw .transferEncodingMalformed }
        guard endsWithChunked, chunkedCount == 1 else { throw .chunkedNotLast }
        guard unknownCount == 0 else { throw .transferCodingUnknown }
    }

    private func isToken(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where !bytes[index].isTokenCharacter { return false }
        return !range.isEmpty
    }
}
