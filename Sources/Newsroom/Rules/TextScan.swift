/// What one pass over a text's bytes finds.
struct TextScan {
    /// A control character that no text may hold: of C0 all but line feed, carriage return and tab; DEL; C1.
    private(set) var hasControl = false
    /// A line feed, carriage return, tab or line or paragraph separator anywhere, or a space at an end.
    private(set) var needsShapingAsLine = false

    init(_ bytes: Span<UInt8>) {
        guard bytes.count > 0 else { return }
        needsShapingAsLine = bytes[0] == UInt8(ascii: " ") || bytes[bytes.count - 1] == UInt8(ascii: " ")
        var index = 0
        while index < bytes.count {
            if index &+ 8 <= bytes.count, EightBytes(bytes.bytes, at: index).arePlain {
                index &+= 8
                continue
            }
            let end = min(index &+ 8, bytes.count)
            while index < end {
                let byte = bytes[index]
                if byte < 0x20 || byte >= 0x7F { see(byte, after: index > 0 ? bytes[index - 1] : 0, index > 1 ? bytes[index - 2] : 0) }
                index &+= 1
            }
        }
    }

    private mutating func see(_ byte: UInt8, after previous: UInt8, _ beforePrevious: UInt8) {
        switch byte {
        case 0x09, 0x0A, 0x0D: needsShapingAsLine = true
        case 0x00..<0x20, 0x7F: hasControl = true
        // U+0080…U+009F
        case 0x80...0x9F where previous == 0xC2: hasControl = true
        // U+2028 and U+2029
        case 0xA8...0xA9 where previous == 0x80 && beforePrevious == 0xE2: needsShapingAsLine = true
        default: break
        }
    }

    /// The text as one line: white space that holds a break or a tab becomes one space, and none is left at the ends.
    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var pending = 0
        var breaks = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r", "\u{2028}", "\u{2029}":
                breaks = true
                pending += 1
            case " ": pending += 1
            default:
                if !line.isEmpty { line.append(contentsOf: repeatElement(" ", count: breaks ? 1 : pending)) }
                pending = 0
                breaks = false
                line.append(scalar)
            }
        }
        return String(line)
    }

    /// Whether there is nothing to see in it: white space of any script, and what has no width.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.value <= 0x20 }
            return scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
