/// THE rule of how a text becomes the words that are searched: the index, what is looked for, and what is highlighted all go by it.
///
/// A word is a run of letters and digits, folded: lower case, Latin letters without their diacritics (`Ł` is `l`, `ß` is `ss`), marks on
/// any letter dropped. Ideographs and kana, between which nothing parts words, are words of their own each. An apostrophe parts words.
package enum SearchWords {
    /// Raised when the rule changes: an index of another form is made anew.
    package static let form: Int64 = 1

    /// What is longer is cut: no word that means something is, but a text may be one long run.
    package static let wordByteCountMax = 60

    /// A word of a text: where it is in the text's bytes, and a hash of its folded letters that tells words apart.
    package struct Occurrence: Sendable {
        package let start: Int
        package let end: Int
        package let hash: UInt64
    }

    /// The folded words of a text, in order.
    package static func words(in text: String, isHTML: Bool = false) -> [String] {
        var words: [String] = []
        scan(text.utf8.span, isHTML: isHTML) { _, word in
            words.append(String(decoding: word, as: UTF8.self))
            return true
        }
        return words
    }

    /// Where the words of a text are, as far as `byteCountMax`.
    package static func occurrences(in text: Span<UInt8>, isHTML: Bool = false, byteCountMax: Int = .max) -> [Occurrence] {
        var found: [Occurrence] = []
        found.reserveCapacity(min(text.count, byteCountMax) / 6)
        scan(text, isHTML: isHTML, byteCountMax: byteCountMax, keepsLetters: false) { occurrence, _ in
            found.append(occurrence)
            return true
        }
        return found
    }

    /// The folded letters of a word that was met in a text.
    package static func letters(of occurrence: Occurrence, in text: Span<UInt8>) -> [UInt8] {
        var letters: [UInt8] = []
        scan(text.extracting(occurrence.start..<occurrence.end)) { _, word in
            letters = word
            return false
        }
        return letters
    }

    /// The hash of a folded word.
    package static func hash(_ word: some Sequence<UInt8>) -> UInt64 {
        word.reduce(WordFolder.seed) { WordFolder.mix($0, $1) }
    }

    /// Calls `body` with each word and its folded letters until it answers false. In HTML, tags and character references part words.
    ///
    /// - Parameter keepsLetters: whether `body` gets the letters; else it gets none, which is quicker.
    package static func scan(
        _ text: Span<UInt8>, isHTML: Bool = false, byteCountMax: Int = .max, keepsLetters: Bool = true,
        _ body: (Occurrence, [UInt8]) -> Bool
    ) {
        var folder = WordFolder(keepsLetters: keepsLetters)
        var index = 0
        let end = min(text.count, byteCountMax)
        while index < end {
            let byte = text[index]
            let length: Int
            if byte < 0x80 {
                if WordFolder.letter(byte) != 0 {
                    folder.addRun(of: text, from: &index, to: end)
                    continue
                }
                length = isHTML ? markupLength(text, at: index) : 1
                if let occurrence = folder.take() {
                    guard body(occurrence, folder.letters) else { return }
                }
            } else {
                let (scalar, count) = scalar(in: text, at: index)
                length = count
                if folder.parts(before: scalar), let occurrence = folder.take() {
                    guard body(occurrence, folder.letters) else { return }
                }
                if folder.add(scalar, from: index, to: index + count), let occurrence = folder.take() {
                    guard body(occurrence, folder.letters) else { return }
                }
            }
            index += length
        }
        if let occurrence = folder.take() { _ = body(occurrence, folder.letters) }
    }

    /// Bytes of the tag or character reference that begins here; 1 where none does.
    private static func markupLength(_ text: Span<UInt8>, at index: Int) -> Int {
        switch text[index] {
        case UInt8(ascii: "<"):
            for end in index..<text.count where text[end] == UInt8(ascii: ">") { return end + 1 - index }
            return text.count - index
        case UInt8(ascii: "&"):
            var end = index + 1
            while end < text.count, end - index < 12,
                text[end] == UInt8(ascii: "#") || (text[end] < 0x80 && WordFolder.letter(text[end]) != 0)
            {
                end += 1
            }
            return end < text.count && text[end] == UInt8(ascii: ";") ? end + 1 - index : 1
        default: return 1
        }
    }

    /// The scalar that begins here, and its bytes; U+FFFD of one byte for what is not UTF-8.
    static func scalar(in text: Span<UInt8>, at index: Int) -> (Unicode.Scalar, Int) {
        let first = text[index]
        let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
        guard count > 1, index + count <= text.count else { return ("\u{FFFD}", 1) }
        var value = UInt32(first) & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
        for place in 1..<count {
            let byte = text[index + place]
            guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return Unicode.Scalar(value).map { ($0, count) } ?? ("\u{FFFD}", 1)
    }
}
