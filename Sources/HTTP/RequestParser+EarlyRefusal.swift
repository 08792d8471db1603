extension RequestParser {
    /// What is wrong with a request line that has come whole, when nothing that follows could mend it: so that who speaks HTTP/0.9, or
    /// no HTTP at all, is told so without having to send an empty line.
    ///
    /// It is looked for wherever the end of the head is not found, so that the outcome does not depend on how the bytes were split.
    /// - Parameter start: how far the end was looked for before: a line that ended there was judged then.
    static func lineFault(_ bytes: Span<UInt8>, newFrom start: Int, limits: HeadLimits) -> ParseError? {
        guard let lineStart = HeadScan.requestLineStart(bytes) else { return nil }
        var new = max(start, lineStart)
        while new < bytes.count, bytes[new] != .lineFeed { new = bytes.firstControl(from: new + 1, to: bytes.count) }
        guard new < bytes.count else { return nil }

        var index = bytes.firstControl(from: lineStart, to: bytes.count)
        while index < bytes.count, bytes[index] == .tab { index = bytes.firstControl(from: index + 1, to: bytes.count) }
        guard index + 1 < bytes.count, bytes[index] == .carriageReturn, bytes[index + 1] == .lineFeed else { return nil }
        let end = index + 2
        index = lineStart
        do throws(ParseError) {
            _ = try requestLine(bytes, index: &index, end: end, limits: limits)
            return nil
        } catch {
            return error
        }
    }
}
