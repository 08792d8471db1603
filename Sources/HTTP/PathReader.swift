/// Splits a path into its decoded segments.
enum PathReader {
    /// Reads the path that begins at `index` with `/`, and leaves `index` at what follows it: `?`, `#` or `end`.
    static func segments(_ bytes: Span<UInt8>, index: inout Int, end: Int) throws(ParseError) -> [String] {
        var segments: [String] = []
        segments.reserveCapacity(4)
        var isLast = false
        while !isLast {
            let start = index + 1
            let (segmentEnd, isEscaped) = try segmentEnd(bytes, from: start, to: end)
            index = segmentEnd
            isLast = index == end || bytes[index] != UInt8(ascii: "/")
            if !isEscaped, start == index || bytes[start] != UInt8(ascii: ".") {
                segments.append(try plain(bytes, start..<index))
            } else {
                append(try PercentDecoding.decode(bytes, start..<index, controls: .none), to: &segments, isLast: isLast)
            }
        }
        // The root has no segments; else an empty last one tells of a slash at the end.
        if segments.count == 1, segments[0].isEmpty { segments.removeAll() }
        return segments
    }

    /// Where the segment that begins at `start` ends, and whether it holds an escape.
    private static func segmentEnd(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(ParseError) -> (Int, isEscaped: Bool) {
        var index = start
        var isEscaped = false
        while true {
            index = bytes.firstOutside(.path, from: index, to: end)
            guard index < end else { return (end, isEscaped) }
            switch bytes[index] {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return (index, isEscaped)
            case UInt8(ascii: "%"): isEscaped = true
            default: throw .targetCharacter
            }
            index += 1
        }
    }

    /// The bytes are path characters, and so ASCII.
    private static func plain(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ParseError) -> String {
        guard let text = bytes.text(range) else { throw .targetNotUTF8 }
        return text
    }

    /// Appends a segment, or resolves it when it is a dot segment (RFC 3986 §5.2.4). An escaped dot is a dot, since `.` is unreserved
    /// (§6.2.2.2), so this is done with the decoded text; what was escaped twice is decoded once and stays data.
    private static func append(_ segment: String, to segments: inout [String], isLast: Bool) {
        switch segment {
        case ".":
            if isLast { segments.append("") }
        case "..":
            _ = segments.popLast()
            if isLast { segments.append("") }
        default:
            segments.append(segment)
        }
    }
}
