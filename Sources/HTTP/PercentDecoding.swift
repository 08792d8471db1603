/// Percent escapes, read once (RFC 3986 §2.1, §2.4).
enum PercentDecoding {
    /// Which control characters an escape may stand for.
    enum Controls {
        case none, allButNUL
    }

    /// The text of `range` with its escapes resolved.
    static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>, controls: Controls) throws(ParseError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "%") else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < range.upperBound, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue else {
                throw .targetEscape
            }
            let byte = high << 4 | low
            guard !isForbidden(byte, controls) else { throw .targetControlCharacter }
            decoded.append(byte)
            index += 3
        }
        guard let text = decoded.span.text(decoded.indices) else { throw .targetNotUTF8 }
        return text
    }

    private static func isForbidden(_ byte: UInt8, _ controls: Controls) -> Bool {
        switch controls {
        case .none: byte < 0x20 || byte == 0x7F
        case .allButNUL: byte == 0
        }
    }

    /// Appends a slash and a segment with all but path characters escaped: the reverse, and the normal form of a segment.
    static func append(slashAndSegment text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "/"))
        for byte in text.utf8 {
            if byte.isPathCharacter {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(hexDigit(byte >> 4))
                out.append(hexDigit(byte & 0xF))
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
