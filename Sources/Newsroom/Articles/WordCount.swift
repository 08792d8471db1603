/// Counts the words of a body: runs without white space that hold a letter or a digit.
///
/// Text in scripts that put no space between words counts as one word to a run. In HTML, tags are white space.
package enum WordCount {
    package static func words(in body: String, _ format: BodyFormat) -> Int {
        words(in: body.utf8.span, skipsTags: format == .html)
    }

    package static func words(in bytes: Span<UInt8>, skipsTags: Bool) -> Int {
        var count = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] <= 0x20 {
                index += 1
            } else if passRun(in: bytes, from: &index, skipsTags) {
                count += 1
            }
        }
        return count
    }

    /// Goes to the end of a run without white space, and past the one or the tag that ends it if that is more than a byte.
    /// Whether it was a word.
    private static func passRun(in bytes: Span<UInt8>, from position: inout Int, _ skipsTags: Bool) -> Bool {
        var isWord = false
        var index = position
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 { break }
            if byte >= 0xC2 || (skipsTags && byte == UInt8(ascii: "<")) {
                let length = byte >= 0xC2 ? spaceLength(bytes, at: index) : tagLength(bytes, at: index)
                if length > 0 {
                    index += length
                    break
                }
                let signLength = signLength(bytes, at: index)
                if signLength > 0 {
                    index += signLength
                    continue
                }
            }
            isWord = isWord || counts(byte)
            index &+= 1
            // What is a word already has only to be passed.
            while isWord, index &+ 8 <= bytes.count {
                let count = EightBytes(bytes.bytes, at: index).countBeforeBreak(orTag: skipsTags)
                index &+= count
                if count < 8 { break }
            }
        }
        position = index
        return isWord
    }

    /// Whether a byte makes its run a word: letters, digits, and whatever is not ASCII but for the signs of `signLength`.
    @inline(__always)
    private static func counts(_ byte: UInt8) -> Bool {
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        let isDigit = byte &- UInt8(ascii: "0") < 10
        return isLetter || isDigit || byte >= 0x80
    }

    /// Bytes of a tag that begins here, to the end of the text where nothing ends it.
    private static func tagLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
        for end in index..<bytes.count where bytes[end] == UInt8(ascii: ">") { return end + 1 - index }
        return bytes.count - index
    }

    /// Bytes of the punctuation mark or symbol beyond ASCII that begins here: U+00A1…U+00BF but for the letters ª, µ and º, the general
    /// punctuation U+2010…U+206F (dashes, quotation marks, bullets), and U+3001…U+3003; 0 for anything else.
    private static func signLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
        let rest = bytes.count - index
        if bytes[index] == 0xC2, rest >= 2 {
            let isLetter = bytes[index + 1] == 0xAA || bytes[index + 1] == 0xB5 || bytes[index + 1] == 0xBA
            return isLetter ? 0 : 2
        }
        guard rest >= 3 else { return 0 }
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE2, 0x80, _), (0xE2, 0x81, 0x80...0xAF), (0xE3, 0x80, 0x81...0x83): return 3
        default: return 0
        }
    }

    /// Bytes of the white space beyond ASCII that begins here (U+0085, U+00A0, U+2000…U+200A, U+2028, U+2029, U+202F, U+205F, U+3000);
    /// 0 for anything else.
    private static func spaceLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
        let rest = bytes.count - index
        if bytes[index] == 0xC2 {
            return rest >= 2 && (bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0) ? 2 : 0
        }
        guard rest >= 3 else { return 0 }
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): return 3
        default: return 0
        }
    }
}
