extension RequestParser {
    /// What is wrong with a request line that has come whole, when nothing that follows could mend it: so that who speaks HTTP/0.9, or
    /// no HTTP at all, is told so without having to send an empty line. A line with a tab in it waits for that.
    ///
    /// It is looked for wherever the end of the head is not found, so that the outcome does not depend on how the bytes were split.
    /// - Parameter start: how far the end was looked for before: a line that ended there was judged then.
    static func lineFault(_ bytes: Span<UInt8>, newFrom start: Int, limits: HeadLimits) -> ParseError? {
        guard let lineStart = HeadScan.requestLineStart(bytes) else { return nil }
        let end = bytes.firstControl(from: lineStart, to: bytes.count) + 1
        guard end < bytes.count, end >= start, bytes[end - 1] == .carriageReturn, bytes[end] == .lineFeed else { return nil }
        var index = lineStart
        var unused: [UInt8] = []
        do throws(ParseError) {
            _ = try requestLine(bytes, index: &index, end: end + 1, limits: limits, to: &unused)
            return nil
        } catch {
            return error
        }
    }
}
