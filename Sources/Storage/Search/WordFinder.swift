import Newsroom

/// Finds the first of some words in a text without making words of all of it: only what begins with their letters is folded.
struct WordFinder {
    enum Place {
        /// Some words before it.
        case here(Int)
        case nowhere
        /// In a text with many letters beyond ASCII it has not been found so far.
        case unknown
    }

    private let hashes: Set<UInt64>
    /// Of each byte whether a word may begin with it that is folded to one of these.
    private let beginnings: [Bool]

    /// How many words before the place are taken along, and how far back at most they are looked for.
    private static let leadingWordCount = 5
    private static let leadingByteCountMax = 80
    /// How many letters beyond ASCII are looked into.
    private static let foldedCountMax = 64

    /// - Parameter words: folded.
    init(_ words: [[UInt8]], _ hashes: Set<UInt64>) {
        self.hashes = hashes
        // Beyond ASCII anything may be folded to anything.
        var beginnings = (0...255).map { $0 >= 0xC2 }
        for case let first? in words.map(\.first) {
            beginnings[Int(first)] = true
            if first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") { beginnings[Int(first) - 0x20] = true }
        }
        self.beginnings = beginnings
    }

    func place(in text: Span<UInt8>, byteCountMax: Int) -> Place {
        let end = min(text.count, byteCountMax)
        var foldedCount = 0
        var isInWord = false
        for index in 0..<end {
            let byte = text[index]
            if !isInWord || byte >= 0x80, beginnings[Int(byte)] {
                if byte >= 0x80 { foldedCount += 1 }
                guard foldedCount <= WordFinder.foldedCountMax else { return .unknown }
                if isWord(text, at: index) { return .here(WordFinder.start(of: text, before: index)) }
            }
            isInWord = WordFinder.isLetter(byte)
        }
        return .nowhere
    }

    /// Whether it is a letter or digit of ASCII.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }

    private func isWord(_ text: Span<UInt8>, at index: Int) -> Bool {
        var isFound = false
        SearchWords.scan(text.extracting(index..<text.count), keepsLetters: false) { occurrence, _ in
            isFound = occurrence.start == 0 && hashes.contains(occurrence.hash)
            return false
        }
        return isFound
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
