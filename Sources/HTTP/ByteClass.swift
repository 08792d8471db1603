/// A set of ASCII characters as two words of bits: membership is a shift and a test, with no branch per character of the grammar.
struct ByteSet: Sendable {
    /// 0x00 to 0x3F, the lowest bit first.
    let low: UInt64
    /// 0x40 to 0x7F.
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte & 0x40 == 0 ? low : high
        return byte < 0x80 && (word &>> UInt64(byte & 0x3F)) & 1 == 1
    }

    // The words are worked out beforehand, since the compiler does not fold a loop over the characters; a test compares them.

    /// `tchar` (RFC 9110 §5.6.2), what methods and field names are made of: letters, digits and ``!#$%&'*+-.^_`|~``.
    static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }

    /// `pchar` without the percent sign (RFC 3986 §3.3), what a path segment may hold as it is: letters, digits and
    /// `-._~!$&'()*+,;=:@`.
    static var path: ByteSet { ByteSet(low: 0x2FFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }

    /// What a query may hold as it is (RFC 3986 §3.4): `path` and `/?`; and ``[]{}|^`\``, which browsers leave unescaped there against
    /// the RFC, but with one reading only.
    static var query: ByteSet { ByteSet(low: 0xAFFF_FFD2_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF) }

    /// `reg-name` without escapes (RFC 3986 §3.2.2): letters, digits and `-._~!$&'()*+;=`. The comma is in the grammar and not here, for
    /// two Host fields look like one with a comma after a careless proxy.
    static var host: ByteSet { ByteSet(low: 0x2BFF_6FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
}

extension UInt8 {
    static var tab: UInt8 { 0x09 }
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var space: UInt8 { 0x20 }

    @inline(__always)
    var isTokenCharacter: Bool { ByteSet.token.contains(self) }

    @inline(__always)
    var isPathCharacter: Bool { ByteSet.path.contains(self) }

    @inline(__always)
    var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }

    @inline(__always)
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") <= 25 }

    /// SP or HTAB, the white space that may stand around a field value (`OWS`).
    @inline(__always)
    var isBlank: Bool { self == .space || self == .tab }

    /// The value of a hexadecimal digit in either case, nil for anything else.
    @inline(__always)
    var hexValue: UInt8? {
        if isDigit { return self &- UInt8(ascii: "0") }
        let letter = (self | 0x20) &- UInt8(ascii: "a")
        return letter <= 5 ? letter &+ 10 : nil
    }

    @inline(__always)
    var lowercased: UInt8 { isLetter ? self | 0x20 : self }
}
