import HTTPTypes

extension RequestTarget {
    /// Reads the four forms of a request target (RFC 9112 §3.2). `range` is not empty and holds no control character and no space.
    static func read(_ bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPRequest.Method) throws(ParseError) -> RequestTarget {
        // CONNECT asks a proxy for a tunnel and has a form of its own (RFC 9112 §3.2.3).
        if method == .connect {
            guard Authority.isValidWithPort(bytes, range) else { throw .targetForm }
            throw .connectNotImplemented
        }
        if bytes[range.lowerBound] == UInt8(ascii: "/") { return try origin(bytes, range) }
        if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") {
            guard method == .options else { throw .asteriskWithoutOptions }
            return RequestTarget(segments: [], isAsterisk: true)
        }
        return try absolute(bytes, range, method: method)
    }

    /// `absolute-path [ "?" query ]`
    private static func origin(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ParseError) -> RequestTarget {
        var index = range.lowerBound
        let segments = try PathReader.segments(bytes, index: &index, end: range.upperBound)
        return RequestTarget(segments: segments, query: try query(bytes, index..<range.upperBound))
    }

    /// `http://host[:port]path`, which a server MUST accept though clients send it to proxies only (RFC 9112 §3.2.2). The host in it
    /// stands above the Host field; neither matters here, where one server is one site.
    private static func absolute(
        _ bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPRequest.Method
    ) throws(ParseError) -> RequestTarget {
        let hostStart = try authorityStart(bytes, range)
        var index = hostStart
        while index < range.upperBound, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "?"),
            bytes[index] != UInt8(ascii: "#")
        {
            index += 1
        }
        guard Authority.isValid(bytes, hostStart..<index) else { throw .targetAuthority }
        // RFC 9112 §3.2.4: OPTIONS of a URL with neither path nor query is meant for the server as a whole.
        if index == range.upperBound { return RequestTarget(segments: [], isAsterisk: method == .options) }
        if bytes[index] == UInt8(ascii: "/") { return try origin(bytes, index..<range.upperBound) }
        return RequestTarget(segments: [], query: try query(bytes, index..<range.upperBound))
    }

    /// What follows `scheme "://"`.
    private static func authorityStart(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ParseError) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, bytes[index].isLetter || bytes[index].isDigit || ".+-".utf8.contains(bytes[index]) { index += 1 }
        guard index + 3 <= range.upperBound, index > range.lowerBound, bytes[index] == UInt8(ascii: ":"),
            bytes[index + 1] == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/")
        else { throw .targetForm }
        let scheme = range.lowerBound..<index
        guard bytes.equalsIgnoringCase("http", in: scheme) || bytes.equalsIgnoringCase("https", in: scheme) else { throw .targetScheme }
        return index + 3
    }

    /// What follows the path: nothing, or `?` and the query (RFC 3986 §3.4). Its escapes are checked here and read by `QueryItems`.
    private static func query(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ParseError) -> String? {
        guard !range.isEmpty else { return nil }
        guard bytes[range.lowerBound] == UInt8(ascii: "?") else { throw .targetFragment }
        let query = range.lowerBound + 1..<range.upperBound
        var index = query.lowerBound
        var isEscaped = false
        while true {
            index = bytes.firstOutside(.query, from: index, to: query.upperBound)
            guard index < query.upperBound else { break }
            switch bytes[index] {
            case UInt8(ascii: "%"): isEscaped = true
            case UInt8(ascii: "#"): throw .targetFragment
            default: throw .targetCharacter
            }
            index += 1
        }
        if isEscaped { _ = try PercentDecoding.decode(bytes, query, controls: .allButNUL) }
        return bytes.text(query)
    }
}
