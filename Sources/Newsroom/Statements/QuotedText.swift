/// A text as quotations are looked for in it: by what a reader sees, so that a body that was set with curly quotation marks, another dash
/// or another line break is still the same text. HTML counts without its tags.
///
/// Characters are compared, not bytes: é is é, however it is composed, and no match begins or ends within one. They are compared by their
/// hashes of 64 bits, which are the same for what is canonically equivalent.
package struct QuotedText: Sendable {
    private let characters: [Int]
    /// Where each of them begins and ends in the text, in Unicode scalars.
    private let places: [(start: Int, end: Int)]

    package init(_ text: String, _ format: BodyFormat = .text) {
        var reader = QuotedTextReader(skipsMarkup: format == .html)
        for character in text { reader.read(character) }
        reader.end()
        (characters, places) = (reader.characters, reader.places)
    }

    /// A stretch of the text in Unicode scalars, as a TextPositionSelector of the W3C counts them.
    package struct Stretch: Sendable, Equatable {
        package let start: Int
        package let end: Int
    }

    package enum AnchorState: String, Sendable, CaseIterable {
        /// The words are there, and what stands around them is what it was.
        case anchored
        /// The words are there, and something around them has changed.
        case moved
        /// The words are gone.
        case orphaned
    }

    /// Where an anchor is: of several places with the same words the one whose surroundings fit best, of equals the first.
    package func place(of anchor: QuoteAnchor) -> (state: AnchorState, stretch: Stretch?) {
        let exact = QuotedText(anchor.exact).trimmed
        let (prefix, suffix) = (QuotedText(anchor.prefix ?? "").characters, QuotedText(anchor.suffix ?? "").characters)
        var best: (start: Int, score: Int)?
        for start in starts(of: exact) {
            let score = agreement(before: start, with: prefix) + agreement(behind: start + exact.count, with: suffix)
            if score > best?.score ?? -1 { best = (start, score) }
        }
        guard let best else { return (.orphaned, nil) }
        let stretch = Stretch(start: places[best.start].start, end: places[best.start + exact.count - 1].end)
        return (best.score == prefix.count + suffix.count ? .anchored : .moved, stretch)
    }

    /// Whether some words are there as they stand, quotation marks around them left aside.
    package func holds(_ words: String) -> Bool {
        var wanted = QuotedText(words).trimmed
        while wanted.count > 1, let first = wanted.first, first == wanted.last, QuotedText.marks.contains(first) {
            wanted = Array(wanted.dropFirst().dropLast())
        }
        return !starts(of: wanted).isEmpty
    }

    private static let marks = [Character("\"").hashValue, Character("'").hashValue]

    private var trimmed: [Int] {
        var trimmed = characters[...]
        if trimmed.first == QuotedTextReader.space { trimmed.removeFirst() }
        if trimmed.last == QuotedTextReader.space { trimmed.removeLast() }
        return Array(trimmed)
    }

    /// No more than `startCountMax` of them. In one pass, whatever the texts (Knuth, Morris and Pratt): a hostile one must not cost its
    /// length times that of the other.
    private func starts(of wanted: [Int]) -> [Int] {
        guard !wanted.isEmpty, wanted.count <= characters.count else { return [] }
        var borders = Array(repeating: 0, count: wanted.count)
        var matched = 0
        for index in 1..<max(wanted.count, 1) {
            while matched > 0, wanted[index] != wanted[matched] { matched = borders[matched - 1] }
            if wanted[index] == wanted[matched] { matched += 1 }
            borders[index] = matched
        }
        var starts: [Int] = []
        matched = 0
        for (index, character) in characters.enumerated() {
            while matched > 0, character != wanted[matched] { matched = borders[matched - 1] }
            if character == wanted[matched] { matched += 1 }
            guard matched == wanted.count else { continue }
            starts.append(index + 1 - wanted.count)
            if starts.count == QuotedText.startCountMax { break }
            matched = borders[matched - 1]
        }
        return starts
    }

    private static let startCountMax = 1_000

    /// How many characters before a place are the last ones of a prefix.
    private func agreement(before start: Int, with prefix: [Int]) -> Int {
        zip(characters[..<start].reversed(), prefix.reversed()).prefix { $0 == $1 }.count
    }

    private func agreement(behind end: Int, with suffix: [Int]) -> Int {
        zip(characters[end...], suffix).prefix { $0 == $1 }.count
    }
}

/// Reads a text character by character into what is compared.
private struct QuotedTextReader {
    static let space = Character(" ").hashValue

    private(set) var characters: [Int] = []
    private(set) var places: [(start: Int, end: Int)] = []
    private var position = 0
    private var isInTag = false
    private var entity: (text: String, start: Int)?
    private let skipsMarkup: Bool

    init(skipsMarkup: Bool) {
        self.skipsMarkup = skipsMarkup
    }

    mutating func read(_ character: Character) {
        let start = position
        position += character.unicodeScalars.count
        guard skipsMarkup else { return append(character, start, position) }
        if isInTag {
            if character == ">" { isInTag = false }
            return
        }
        if let begun = entity {
            if character == ";" {
                entity = nil
                append(QuotedTextReader.entities[begun.text] ?? QuotedTextReader.numbered(begun.text) ?? "\u{FFFD}", begun.start, position)
            } else if begun.text.utf8.count < 10, character.isASCII, character.isLetter || character.isNumber || character == "#" {
                entity?.text.append(character)
            } else {
                // An ampersand that stands for itself.
                end()
                position = start
                read(character)
            }
            return
        }
        switch character {
        case "<": isInTag = true
        case "&": entity = ("", start)
        default: append(character, start, position)
        }
    }

    /// What looked like an entity and was none stands for itself.
    mutating func end() {
        guard let begun = entity else { return }
        entity = nil
        append("&", begun.start, begun.start + 1)
        for (offset, plain) in begun.text.enumerated() { append(plain, begun.start + 1 + offset, begun.start + 2 + offset) }
    }

    private mutating func append(_ character: Character, _ start: Int, _ end: Int) {
        guard let folded = QuotedTextReader.folded(character)?.hashValue else { return }
        // White space of any length is one space.
        if folded == QuotedTextReader.space, characters.last == QuotedTextReader.space { return }
        characters.append(folded)
        places.append((start, end))
    }

    /// Nil for what is not seen.
    private static func folded(_ character: Character) -> Character? {
        switch character {
        case "\u{AD}", "\u{200B}", "\u{FEFF}": nil
        case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{2032}", "`", "\u{B4}": "'"
        case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{AB}", "\u{BB}", "\u{2033}": "\""
        case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}": "-"
        default: character.isWhitespace ? " " : character
        }
    }

    private static let entities: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "lsquo": "'", "rsquo": "'", "ldquo": "\"", "rdquo": "\"",
        "ndash": "-", "mdash": "-", "hellip": "\u{2026}", "shy": "\u{AD}", "eacute": "\u{E9}",
    ]

    /// `#8217` and `#x2019`.
    private static func numbered(_ text: String) -> Character? {
        guard text.hasPrefix("#") else { return nil }
        let isHexadecimal = text.hasPrefix("#x") || text.hasPrefix("#X")
        guard let number = UInt32(text.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10) else { return nil }
        return Unicode.Scalar(number).map { Character($0) }
    }
}
