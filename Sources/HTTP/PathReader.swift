/// Brings a path into normal form.
enum PathReader {
    /// Reads the path that begins at `index` with `/`, appends its normal form, and leaves `index` at what follows it: `?`, `#` or `end`.
    ///
    /// Most paths are in normal form already and are copied as they are.
    static func normalize(_ bytes: Span<UInt8>, index: inout Int, end: Int, to out: inout [UInt8]) throws(ParseError) {
        let start = index
        // The usual path has nothing to think about.
        index = bytes.firstUnplain(from: start, to: end, takesSlashes: true)
        while index < end, bytes[index].isPathCharacter || bytes[index] == UInt8(ascii: "/"), bytes[index] != UInt8(ascii: ".") {
            index += 1
        }
        if index == end || bytes[index] == UInt8(ascii: "?") { return out.append(copying: bytes.extracting(start..<index)) }
        index = start
        var isNormal = true
        repeat {
            // After a slash: a dot may be the first of a dot segment.
            if index + 1 < end, bytes[index + 1] == UInt8(ascii: ".") { isNormal = false }
            index = bytes.firstOutside(.path, from: index + 1, to: end)
            while index < end, bytes[index] == UInt8(ascii: "%") {
                isNormal = false
                index = bytes.firstOutside(.path, from: index + 1, to: end)
            }
        } while index < end && bytes[index] == UInt8(ascii: "/")
        guard index == end || bytes[index] == UInt8(ascii: "?") || bytes[index] == UInt8(ascii: "#") else { throw .targetCharacter }
        if isNormal { return out.append(copying: bytes.extracting(start..<index)) }
        for segment in try segments(bytes, start..<index) { PercentDecoding.append(slashAndSegment: segment, to: &out) }
        if out.isEmpty { out.append(UInt8(ascii: "/")) }
    }

    /// The segments of a path, decoded once, and without dot segments.
    private static func segments(_ bytes: Span<UInt8>, _ path: Range<Int>) throws(ParseError) -> [String] {
        var segments: [String] = []
        var start = path.lowerBound + 1
        while start <= path.upperBound {
            var end = start
            while end < path.upperBound, bytes[end] != UInt8(ascii: "/") { end += 1 }
            let segment = try PercentDecoding.decode(bytes, start..<end, controls: .none)
            append(segment, to: &segments, isLast: end == path.upperBound)
            start = end + 1
        }
        // The root has no segments; else an empty last one tells of a slash at the end.
        if segments.count == 1, segments[0].isEmpty { segments.removeAll() }
        return segments
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
