/// Takes a chunked body apart, however its bytes are split (RFC 9112 §7.1).
///
/// Extensions are checked and ignored, trailers are checked and dropped. Both are bounded, so that nobody can make the server read much to
/// receive little.
package struct ChunkedDecoder: Sendable {
    /// The bounds on what is not content, in bytes.
    package struct Limits: Sendable {
        /// How many bytes of extensions there may be beyond those of content: 400 `malformed_body`.
        package var extensionByteCountMax: Int
        /// All trailer fields together: 431 `head_too_large`.
        package var trailerByteCountMax: Int

        package init(extensionByteCountMax: Int = 4_096, trailerByteCountMax: Int = 8_192) {
            self.extensionByteCountMax = extensionByteCountMax
            self.trailerByteCountMax = trailerByteCountMax
        }
    }

    private enum State: Sendable {
        /// In the digits of a size, of which there were so many.
        case size(digitCount: Int)
        case chunkExtension(ExtensionState)
        /// After the CR of a size line.
        case sizeLineFeed
        /// In the content of a chunk, of which so many bytes are to come.
        case data(Int)
        case dataCarriageReturn, dataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, lastLineFeed
        case end
    }

    private enum ExtensionState: Sendable {
        case beforeSemicolon, beforeName, name, afterName, beforeValue, value, quoted, escaped, afterValue
    }

    private let limits: Limits
    private var state = State.size(digitCount: 0)
    private var chunkByteCount = 0
    /// Bytes of extensions so far that no byte of content stands for.
    private var extensionByteCount = 0
    private var trailerByteCount = 0

    package init(limits: Limits = .init()) {
        self.limits = limits
    }

    /// Takes what it can of `bytes` and appends the content to `content`.
    ///
    /// - Returns: how many bytes were taken, which is all of them unless the body ended before; and whether it has ended.
    /// - Throws: 400 `malformed_body` for broken chunks, 431 `head_too_large` for trailers that are too long.
    package mutating func decode(
        _ bytes: Span<UInt8>, into content: inout [UInt8]
    ) throws(Problem) -> (consumed: Int, isAtEnd: Bool) {
        var index = 0
        while index < bytes.count {
            switch state {
            case .end:
                return (index, true)
            case .data(let rest):
                let count = min(rest, bytes.count - index)
                content.append(copying: bytes.extracting(index..<index + count))
                index += count
                state = count == rest ? .dataCarriageReturn : .data(rest - count)
            default:
                try step(bytes[index])
                index += 1
            }
        }
        if case .end = state { return (index, true) }
        return (index, false)
    }

    /// One byte of the framing.
    private mutating func step(_ byte: UInt8) throws(Problem) {
        switch state {
        case .size(let digitCount): try size(byte, digitCount: digitCount)
        case .chunkExtension(let extensionState): try chunkExtension(byte, extensionState)
        case .sizeLineFeed:
            try expect(byte, .lineFeed)
            state = chunkByteCount > 0 ? .data(chunkByteCount) : .trailerStart
        case .dataCarriageReturn:
            // The CR LF after the content is the only check that sender and recipient counted the same.
            try expect(byte, .carriageReturn)
            state = .dataLineFeed
        case .dataLineFeed:
            try expect(byte, .lineFeed)
            extensionByteCount = max(0, extensionByteCount - chunkByteCount)
            state = .size(digitCount: 0)
        case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed, .lastLineFeed: try trailer(byte)
        case .data, .end: break
        }
    }

    private mutating func size(_ byte: UInt8, digitCount: Int) throws(Problem) {
        if let digit = byte.hexValue {
            // Fifteen digits cannot overflow, and no body is that large; leading zeros count, so that they are bounded too.
            guard digitCount < 15 else { throw Self.broken("A chunk size has too many digits.") }
            chunkByteCount = (digitCount == 0 ? 0 : chunkByteCount) << 4 | Int(digit)
            state = .size(digitCount: digitCount + 1)
            return
        }
        guard digitCount > 0 else { throw Self.broken("A chunk does not begin with its size.") }
        switch byte {
        case .carriageReturn: state = .sizeLineFeed
        case UInt8(ascii: ";"): try countExtension(.beforeName)
        case .space, .tab: try countExtension(.beforeSemicolon)
        default: throw Self.broken("A chunk size is not hexadecimal.")
        }
    }

    private mutating func countExtension(_ next: ExtensionState) throws(Problem) {
        extensionByteCount += 1
        guard extensionByteCount <= limits.extensionByteCountMax else { throw Self.broken("The chunk extensions are too long.") }
        state = .chunkExtension(next)
    }

    /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )` (RFC 9112 §7.1.1).
    private mutating func chunkExtension(_ byte: UInt8, _ current: ExtensionState) throws(Problem) {
        if byte == .carriageReturn {
            switch current {
            case .name, .value, .afterValue:
                state = .sizeLineFeed
                return
            default: throw Self.broken("A chunk extension ends too early.")
            }
        }
        guard let next = Self.following(byte, current) else { throw Self.broken("A chunk extension is malformed.") }
        try countExtension(next)
    }

    private static func following(_ byte: UInt8, _ current: ExtensionState) -> ExtensionState? {
        switch current {
        case .beforeSemicolon:
            return byte.isBlank ? .beforeSemicolon : byte == UInt8(ascii: ";") ? .beforeName : nil
        case .beforeName:
            return byte.isBlank ? .beforeName : byte.isTokenCharacter ? .name : nil
        case .name:
            if byte.isTokenCharacter { return .name }
            return byte == UInt8(ascii: ";") ? .beforeName : byte == UInt8(ascii: "=") ? .beforeValue : byte.isBlank ? .afterName : nil
        case .afterName:
            return byte.isBlank ? .afterName : byte == UInt8(ascii: ";") ? .beforeName : byte == UInt8(ascii: "=") ? .beforeValue : nil
        case .beforeValue:
            if byte.isBlank { return .beforeValue }
            return byte == UInt8(ascii: "\"") ? .quoted : byte.isTokenCharacter ? .value : nil
        case .value:
            if byte.isTokenCharacter { return .value }
            return byte == UInt8(ascii: ";") ? .beforeName : byte.isBlank ? .beforeSemicolon : nil
        case .quoted:
            if byte == UInt8(ascii: "\"") { return .afterValue }
            return byte == UInt8(ascii: "\\") ? .escaped : isText(byte) ? .quoted : nil
        case .escaped:
            return isText(byte) ? .quoted : nil
        case .afterValue:
            return byte == UInt8(ascii: ";") ? .beforeName : byte.isBlank ? .beforeSemicolon : nil
        }
    }

    /// Trailer fields, which are like header fields (RFC 9112 §7.1.2), up to an empty line.
    private mutating func trailer(_ byte: UInt8) throws(Problem) {
        trailerByteCount += 1
        guard trailerByteCount <= limits.trailerByteCountMax else {
            throw Problem(.headTooLarge, detail: "The trailer fields are too long.")
        }
        switch state {
        case .trailerStart where byte == .carriageReturn: state = .lastLineFeed
        case .trailerStart where byte.isTokenCharacter: state = .trailerName
        case .trailerName where byte.isTokenCharacter: break
        case .trailerName where byte == UInt8(ascii: ":"): state = .trailerValue
        case .trailerValue where byte == .carriageReturn: state = .trailerLineFeed
        case .trailerValue where Self.isText(byte): break
        case .trailerLineFeed where byte == .lineFeed: state = .trailerStart
        case .lastLineFeed where byte == .lineFeed: state = .end
        default: throw Self.broken("A trailer field is malformed.")
        }
    }

    private func expect(_ byte: UInt8, _ expected: UInt8) throws(Problem) {
        guard byte == expected else { throw Self.broken("A chunk does not end where its size says.") }
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= .space && byte != 0x7F || byte == .tab
    }

    private static func broken(_ detail: String) -> Problem {
        .malformedBody(detail)
    }
}
