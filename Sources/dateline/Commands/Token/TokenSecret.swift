/// A new token: `dl_` and 43 characters that stand for 32 random bytes.
struct TokenSecret {
    let text: String

    init() {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        text = "dl_" + Self.base64URL(bytes)
    }

    /// RFC 4648 §5, without padding.
    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var (text, bits, bitCount): ([UInt8], UInt32, Int) = ([], 0, 0)
        for byte in bytes {
            (bits, bitCount) = (bits << 8 | UInt32(byte), bitCount + 8)
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> UInt32(bitCount) & 63)])
            }
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << UInt32(6 - bitCount) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
