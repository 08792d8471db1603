/// Bytes as text, six bits a character (RFC 4648).
package enum Base64 {
    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let digits = common + Array("+/".utf8)
    private static let digitsOfURLs = common + Array("-_".utf8)

    /// base64 with padding (§4).
    package static func text(of bytes: [UInt8]) -> String {
        let text = text(of: bytes, by: digits)
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }

    /// base64url without padding (§5), which needs no escaping in a URL.
    package static func textForURL(of bytes: [UInt8]) -> String { text(of: bytes, by: digitsOfURLs) }

    private static func text(of bytes: [UInt8], by digits: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(digits[Int(bits >> UInt32(bitCount) & 63)])
            }
        }
        if bitCount > 0 { text.append(digits[Int(bits << UInt32(6 - bitCount) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
