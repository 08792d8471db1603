/// Looks for the end of a request head, without reading it.
///
/// It is judged at the empty line, or before it at the first byte that no head may hold, or at the limit. So the outcome depends on the
/// bytes alone and never on how they were split, and each byte is looked at once however they come. The first line alone is judged by
/// itself, when it is whole (`RequestParser.lineFault`).
enum HeadScan {
    enum Outcome: Equatable {
        case incomplete
        /// The request line begins at `start`, and the empty line ends before `end`.
        case whole(start: Int, end: Int)
        /// The limit was reached; the request line begins at `start`.
        case tooLarge(start: Int)
        case refused(ParseError)
    }

    static func run(_ bytes: Span<UInt8>, byteCountMax: Int, searched: inout Int) -> Outcome {
        guard let start = requestLineStart(bytes) else { return .refused(.tooManyEmptyLines) }
        let end = min(bytes.count, start + byteCountMax)
        var index = max(searched, start)
        while true {
            index = bytes.firstControl(from: index, to: end)
            guard index < end else { break }
            switch bytes[index] {
            case .tab:
                index += 1
            case .carriageReturn:
                guard index + 1 < end else {
                    searched = index
                    return end == start + byteCountMax ? .tooLarge(start: start) : .incomplete
                }
                guard bytes[index + 1] == .lineFeed else { return .refused(.bareCarriageReturn) }
                if index > start, bytes[index - 1] == .lineFeed { return .whole(start: start, end: index + 2) }
                index += 2
            case .lineFeed:
                return .refused(.bareLineFeed)
            default:
                return .refused(.controlCharacter)
            }
        }
        searched = index
        return end == start + byteCountMax ? .tooLarge(start: start) : .incomplete
    }

    /// Where the request line begins, after the empty lines that are tolerated in front of it (RFC 9112 §2.2); nil when there are more.
    static func requestLineStart(_ bytes: Span<UInt8>) -> Int? {
        var start = 0
        while start + 1 < bytes.count, bytes[start] == .carriageReturn, bytes[start + 1] == .lineFeed {
            start += 2
            if start > 2 * HeadLimits.emptyLineCountMax { return nil }
        }
        return start
    }
}
