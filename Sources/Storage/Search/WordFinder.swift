import Newsroom

/// Finds the first of some words in a text without making words of all of it: eight bytes at a time are compared with the words' first two
/// letters, and only what begins so is folded.
struct WordFinder {
    enum Place {
        /// Some words before it.
        case here(Int)
        case nowhere
        /// In a text with many letters beyond ASCII it has not been found so far.
        case unknown
    }

    /// The first letters of a word, each in all eight bytes; the mask is empty for what is not compared.
    private struct Beginning {
        let first: UInt64
        let second: UInt64
        let secondMask: UInt64
    }

    private let hashes: Set<UInt64>
    /// Most searches are for one word.
    private let beginning: Beginning?
    private let otherBeginnings: [Beginning]

    /// How many words before the place are taken along, and how far back at most they are looked for.
    private static let leadingWordCount = 5
    private static let leadingByteCountMax = 80
    /// How many letters beyond ASCII are looked into.
    private static let foldedCountMax = 128

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits = ones << 7
    /// What makes a capital letter a small one.
    private static let lowering = ones << 5

    /// - Parameter words: folded.
    init(_ words: [[UInt8]], _ hashes: Set<UInt64>) {
        self.hashes = hashes
        // A word beyond ASCII is found by its high bits.
        let beginnings = words.filter { ($0.first ?? 0x80) < 0x80 }.map { word in
            let second = word.count > 1 && word[1] < 0x80 ? word[1] : nil
            return Beginning(
                first: UInt64(word[0] | 0x20) * WordFinder.ones, second: UInt64((second ?? 0) | 0x20) * WordFinder.ones,
                secondMask: second == nil ? 0 : .max)
        }
        beginning = beginnings.first
        otherBeginnings = Array(beginnings.dropFirst())
    }

    func place(in text: Span<UInt8>, byteCountMax: Int) -> Place {
        let end = min(text.count, byteCountMax)
        let bytes = text.bytes
        var foldedCount = 0
        var index = 0
        while index < end {
            var candidates = index + 9 <= end ? candidates(bytes, at: index) : WordFinder.highBits
            while candidates != 0 {
                let place = index + candidates.trailingZeroBitCount / 8
                candidates &= candidates - 1
                guard place < end else { break }
                if text[place] >= 0x80 {
                    // No letter begins with a continuing byte.
                    guard text[place] >= 0xC2 else { continue }
                    foldedCount += 1
                }
                guard foldedCount <= WordFinder.foldedCountMax else { return .unknown }
                if isWord(text, at: place) { return .here(WordFinder.start(of: text, before: place)) }
            }
            index += 8
        }
        return .nowhere
    }

    /// The high bit of each of eight bytes with which one of the words may begin: rather too many than too few
    /// (graphics.stanford.edu/~seander/bithacks.html, "ZeroInWord").
    @inline(__always)
    private func candidates(_ bytes: RawSpan, at index: Int) -> UInt64 {
        let first = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let second = bytes.unsafeLoadUnaligned(fromByteOffset: index + 1, as: UInt64.self)
        // What may be folded to anything.
        var found = (first | second) & WordFinder.highBits
        let (low, next) = (first | WordFinder.lowering, second | WordFinder.lowering)
        if let beginning { found |= WordFinder.candidates(low, next, beginning) }
        if !otherBeginnings.isEmpty { for other in otherBeginnings { found |= WordFinder.candidates(low, next, other) } }
        return found
    }

    @inline(__always)
    private static func candidates(_ first: UInt64, _ second: UInt64, _ beginning: Beginning) -> UInt64 {
        let difference = first ^ beginning.first | (second ^ beginning.second) & beginning.secondMask
        return (difference &- ones) & ~difference & highBits
    }

    private func isWord(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard index == 0 || !WordFinder.isLetter(text[index - 1]) || text[index] >= 0x80 else { return false }
        var isFound = false
        SearchWords.scan(text.extracting(index..<text.count), keepsLetters: false) { occurrence, _ in
            isFound = occurrence.start == 0 && hashes.contains(occurrence.hash)
            return false
        }
        return isFound
    }

    /// Whether it is a letter or digit of ASCII.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }

    /// Where a word begins, some words before a place.
    private static func start(of text: Span<UInt8>, before place: Int) -> Int {
        var start = place
        var wordCount = 0
        var index = place
        while index > 0, place - index < leadingByteCountMax {
            index -= 1
            guard text[index] <= 0x20, text[index + 1] > 0x20 else { continue }
            start = index + 1
            wordCount += 1
            // The place's own is the first.
            if wordCount > leadingWordCount { return start }
        }
        return index == 0 ? 0 : start
    }
}
