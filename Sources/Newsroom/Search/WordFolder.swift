/// Folds the letters of one word after the other.
struct WordFolder {
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// FNV-1a.
    @inline(__always)
    static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// The folded letter or digit of an ASCII byte; 0 for what parts words.
    @inline(__always)
    static func letter(_ byte: UInt8) -> UInt8 {
        let lower = byte | 0x20
        if lower &- UInt8(ascii: "a") < 26 { return lower }
        return byte &- UInt8(ascii: "0") < 10 ? byte : 0
    }

    private let keepsLetters: Bool
    /// Of the word that was taken last, or that is under way; empty where they are not kept.
    private(set) var letters: [UInt8] = []
    private var letterCount = 0
    private var hash = WordFolder.seed
    private var start = -1
    private var end = 0

    init(keepsLetters: Bool) {
        self.keepsLetters = keepsLetters
        if keepsLetters { letters.reserveCapacity(SearchWords.wordByteCountMax + 4) }
    }

    /// Adds the ASCII letters and digits that stand here in a row.
    mutating func addRun(of text: Span<UInt8>, from index: inout Int, to limit: Int) {
        if start < 0 { begin(at: index) }
        var (hash, count, place) = (hash, letterCount, index)
        while place < limit {
            let byte = text[place]
            let letter = byte < 0x80 ? WordFolder.letter(byte) : 0
            guard letter != 0 else { break }
            place &+= 1
            guard count < SearchWords.wordByteCountMax else { continue }
            count &+= 1
            hash = WordFolder.mix(hash, letter)
            if keepsLetters { letters.append(letter) }
        }
        (self.hash, letterCount, index, end) = (hash, count, place, place)
    }

    private mutating func add(_ letter: UInt8, from index: Int, to next: Int) {
        if start < 0 { begin(at: index) }
        end = next
        guard letterCount < SearchWords.wordByteCountMax else { return }
        append(letter)
    }

    private mutating func append(_ letter: UInt8) {
        letterCount += 1
        hash = WordFolder.mix(hash, letter)
        if keepsLetters { letters.append(letter) }
    }

    private mutating func begin(at index: Int) {
        start = index
        letters.removeAll(keepingCapacity: true)
        letterCount = 0
        hash = WordFolder.seed
    }

    /// The word that ends here; nil where none is under way.
    @inline(__always)
    mutating func take() -> SearchWords.Occurrence? {
        guard start >= 0 else { return nil }
        defer { start = -1 }
        return letterCount == 0 ? nil : SearchWords.Occurrence(start: start, end: end, hash: hash)
    }

    /// Whether a word under way ends before this scalar.
    func parts(before scalar: Unicode.Scalar) -> Bool {
        start >= 0 && (WordFolder.standsAlone(scalar) || WordFolder.folded(scalar) == .separator)
    }

    /// Adds what a scalar beyond ASCII is folded to. True where the word ends with it.
    mutating func add(_ scalar: Unicode.Scalar, from index: Int, to next: Int) -> Bool {
        switch WordFolder.folded(scalar) {
        case .separator: return false
        case .dropped:
            if start >= 0 { end = next }
            return false
        case .letters(let one, let other):
            add(one, from: index, to: next)
            if let other { add(other, from: index, to: next) }
            return false
        case .scalar:
            if start < 0 { begin(at: index) }
            end = next
            for scalar in scalar.properties.lowercaseMapping.unicodeScalars { append(WordFolder.withoutTonos(scalar)) }
            return WordFolder.standsAlone(scalar)
        }
    }

    /// Whole, so that a cut word is still a text.
    private mutating func append(_ scalar: Unicode.Scalar) {
        let encoded = UTF8.encode(scalar)
        guard let encoded, letterCount + encoded.count <= SearchWords.wordByteCountMax else { return }
        for byte in encoded { append(byte) }
    }

    private enum Folded: Equatable {
        case letters(UInt8, UInt8?)
        /// In lower case.
        case scalar
        case dropped, separator
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Folded {
        switch scalar.value {
        // Apostrophes: `Israel's` is found by `Israel`.
        case 0xB4, 0x2BC, 0x2018, 0x2019: return .separator
        case 0xAD, 0x300...0x36F, 0x200B...0x200D, 0xFEFF, 0xFE00...0xFE0F: return .dropped
        case 0xC0...0x24F, 0x1E00...0x1EFF:
            switch LatinFolding.fold(scalar) {
            case .letters(let one, let other): return .letters(one, other)
            case .dropped: return .dropped
            case .separator: break
            }
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark, .decimalNumber,
            .letterNumber, .otherNumber:
            return .scalar
        case .nonspacingMark, .enclosingMark: return .dropped
        default: return .separator
        }
    }

    /// Ideographs and kana.
    private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// Greek vowels without their accent, which capitals often lack.
    static func withoutTonos(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "ά": "α"
        case "έ": "ε"
        case "ή": "η"
        case "ί", "ϊ", "ΐ": "ι"
        case "ό": "ο"
        case "ύ", "ϋ", "ΰ": "υ"
        case "ώ": "ω"
        case "ς": "σ"
        default: scalar
        }
    }
}
