extension UInt8 {
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    var isLowercaseLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }
    var isUppercaseLetter: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }
    var isLetter: Bool { (self | 0x20).isLowercaseLetter }

    /// The same letter in lower case; any other byte as it is.
    var lowercased: UInt8 { isUppercaseLetter ? self | 0x20 : self }
    /// The same letter in upper case; any other byte as it is.
    var uppercased: UInt8 { isLowercaseLetter ? self & ~0x20 : self }
}

/// Reads a number of exactly so many digits and moves on; nil, and no move, where they are not there.
func readDigits(_ count: Int, from text: Span<UInt8>, at position: inout Int) -> Int? {
    guard position + count <= text.count else { return nil }
    var value = 0
    for index in position..<position + count {
        let byte = text[index]
        guard byte.isDigit else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += count
    return value
}

/// Reads one of some bytes and moves on; nil, and no move, where another stands.
func readByte(_ wanted: (UInt8) -> Bool, from text: Span<UInt8>, at position: inout Int) -> UInt8? {
    guard position < text.count, wanted(text[position]) else { return nil }
    defer { position += 1 }
    return text[position]
}

/// Appends a number with so many digits, zeros before it.
func appendDigits(_ value: Int, _ count: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<max(count, 1) { divisor *= 10 }
    while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
        divisor /= 10
    }
}

extension String {
    /// From bytes that are ASCII by the way they were made; what is not becomes empty.
    init(ascii bytes: Span<UInt8>) {
        if let text = try? UTF8Span(validating: bytes) {
            self.init(copying: text)
        } else {
            self.init()
        }
    }
}
