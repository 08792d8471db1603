import HTTPTypes

extension RequestTarget {
    /// Where in `RequestTarget.bytes` the path and the whole target end.
    typealias Ends = (path: Int, whole: Int)

    /// Reads the four forms of a request target (RFC 9112 §3.2), and appends its normal form to `out`, which is empty. `range` is not empty
    /// and holds no control character and no space.
    static func read(
        _ bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPRequest.Method, to out: inout [UInt8]
    ) throws(ParseError) -> Ends {
        // CONNECT asks a proxy for a tunnel and has a form of its own (RFC 9112 §3.2.3).
        if method == .connect {
            guard Authority.isValidWithPort(bytes, range) else { throw .targetForm }
            throw .connectNotImplemented
        }
        if bytes[range.lowerBound] == UInt8(ascii: "/") { return try origin(bytes, range, to: &out) }
        if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") {
            guard method == .options else { throw .asteriskWithoutOptions }
            return write(UInt8(ascii: "*"), to: &out)
        }
        return try absolute(bytes, range, method: method, to: &out)
    }

    /// `absolute-path [ "?" query ]`
    private static func origin(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) throws(ParseError) -> Ends {
        var index = range.lowerBound
        try PathReader.normalize(bytes, index: &index, end: range.upperBound, to: &out)
        return try append(query: index..<range.upperBound, of: bytes, to: &out)
    }

    /// `http://host[:port]path`, which a server MUST accept though clients send it to proxies only (RFC 9112 §3.2.2). The host in it
    /// stands above the Host field; neither matters here, where one server is one site.
    private static func absolute(
        _ bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPRequest.Method, to out: inout [UInt8]
    ) throws(ParseError) -> Ends {
        let hostStart = try authorityStart(bytes, range)
        var index = hostStart
        while index < range.upperBound, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "?"),
            bytes[index] != UInt8(ascii: "#")
        {
            index += 1
        }
        guard Authority.isValid(bytes, hostStart..<index) else { throw .targetAuthority }
        // RFC 9112 §3.2.4: OPTIONS of a URL with neither path nor query is meant for the server as a whole.
        if index == range.upperBound { return write(method == .options ? UInt8(ascii: "*") : UInt8(ascii: "/"), to: &out) }
        if bytes[index] == UInt8(ascii: "/") { return try origin(bytes, index..<range.upperBound, to: &out) }
        out.append(UInt8(ascii: "/"))
        return try append(query: index..<range.upperBound, of: bytes, to: &out)
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

    private static func write(_ only: UInt8, to out: inout [UInt8]) -> Ends {
        out.append(only)
        return (out.count, out.count)
    }

    /// Appends what follows the path: nothing, or `?` and the query (RFC 3986 §3.4). Its escapes are checked here and read by `QueryItems`.
    private static func append(query range: Range<Int>, of bytes: Span<UInt8>, to out: inout [UInt8]) throws(ParseError) -> Ends {
        let pathEnd = out.count
        guard !range.isEmpty else { return (pathEnd, pathEnd) }
        guard bytes[range.lowerBound] == UInt8(ascii: "?") else { throw .targetFragment }
        var index = range.lowerBound + 1
        var isEscaped = false
        while true {
            index = bytes.firstOutside(.query, from: index, to: range.upperBound)
            guard index < range.upperBound else { break }
            switch bytes[index] {
            case UInt8(ascii: "%"): isEscaped = true
            case UInt8(ascii: "#"): throw .targetFragment
            default: throw .targetCharacter
            }
            index += 1
        }
        if isEscaped { _ = try PercentDecoding.decode(bytes, range.dropFirst(), controls: .allButNUL) }
        out.append(copying: bytes.extracting(range))
        return (pathEnd, out.count)
    }
}
