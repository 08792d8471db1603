import Newsroom

/// Marks what was found in texts, as HTML in which all but the marks is escaped. It folds as the index does, so it marks what was found.
struct Highlighter {
    /// Words alone, by hash.
    private let words: Set<UInt64>
    /// They, and the first word of each phrase.
    private let starts: Set<UInt64>
    /// A bit for each of these: most words of a text have another.
    private let bits: UInt64
    private let finder: WordFinder
    /// Words that stand one after the other.
    private let phrases: [[UInt64]]

    struct Snippet {
        var html: String
        var hasHits: Bool
    }

    /// Of a long text the beginning is looked through.
    private static let textByteCountMax = 64 * 1024
    private static let snippetWordCount = 28
    /// How many words of a snippet come before the first hit.
    private static let leadingWordCount = 5

    /// - Parameter sequences: of folded words.
    init(_ wordSequences: [[[UInt8]]]) {
        let sequences = wordSequences.map { $0.map { SearchWords.hash($0) } }
        words = Set(sequences.filter { $0.count == 1 }.map { $0[0] })
        phrases = sequences.filter { $0.count > 1 }
        starts = words.union(phrases.compactMap(\.first))
        bits = starts.reduce(0) { $0 | 1 << ($1 & 63) }
        finder = WordFinder(wordSequences.compactMap(\.first), starts)
    }

    func highlight(_ text: String) -> String {
        let bytes = text.utf8.span
        let found = SearchWords.occurrences(in: bytes)
        let marks = marks(among: found)
        var html: [UInt8] = []
        write(bytes, from: 0, to: bytes.count, found, marks, isHTML: false, into: &html)
        return String(decoding: html, as: UTF8.self)
    }

    /// The part of a text with the most of what was found; its beginning where there is none. Nil for no words.
    func snippet(_ text: Span<UInt8>, isHTML: Bool) -> Snippet? {
        // Tags may be anywhere before a place in the midst of HTML, so that is read from its start.
        guard !isHTML else { return snippet(text, from: 0, isHTML: true, isHit: true) }
        switch finder.place(in: text, byteCountMax: Highlighter.textByteCountMax) {
        case .here(let start):
            let found = snippet(text, from: start, isHTML: false, isHit: true)
            return found?.hasHits == true ? found : snippet(text, from: 0, isHTML: false, isHit: true)
        case .nowhere: return snippet(text, from: 0, isHTML: false, isHit: false)
        case .unknown: return snippet(text, from: 0, isHTML: false, isHit: true)
        }
    }

    /// - Parameter start: where a word begins.
    /// - Parameter isHit: whether something may be found behind it.
    private func snippet(_ text: Span<UInt8>, from start: Int, isHTML: Bool, isHit: Bool) -> Snippet? {
        let text = text.extracting(start..<text.count)
        let found = occurrences(in: text, isHTML: isHTML, countMax: isHit ? .max : Highlighter.snippetWordCount + 1)
        guard !found.isEmpty else { return nil }
        let marks = marks(among: found)
        let first = best(marks, found)
        let last = min(found.count, first + Highlighter.snippetWordCount)
        var html: [UInt8] = []
        html.reserveCapacity(512)
        let isFromStart = first == 0
        let isToEnd = last == found.count && found[last - 1].end + Highlighter.tailByteCountMax > text.count
        if start > 0 || !isFromStart { html += Highlighter.ellipsis }
        let end = isToEnd ? text.count : found[last - 1].end
        write(
            text, from: isFromStart ? 0 : found[first].start, to: end, Array(found[first..<last]),
            Array(marks[first..<last]), isHTML: isHTML, into: &html)
        if !isToEnd { html += Highlighter.ellipsis }
        return Snippet(html: String(decoding: html, as: UTF8.self), hasHits: marks.contains(true))
    }

    /// What may stand behind the last word of a text: punctuation, and a tag that closes.
    private static let tailByteCountMax = 40

    /// The words of a text, as far as a snippet looks: some way behind the first that was found, for a place where more of it is.
    private func occurrences(in text: Span<UInt8>, isHTML: Bool, countMax: Int) -> [SearchWords.Occurrence] {
        let ahead = phrases.isEmpty && words.count == 1 ? Highlighter.snippetWordCount : Highlighter.lookedAheadCount
        var found: [SearchWords.Occurrence] = []
        found.reserveCapacity(min(text.count / 6, ahead + Highlighter.snippetWordCount))
        var end = countMax
        SearchWords.scan(text, isHTML: isHTML, byteCountMax: Highlighter.textByteCountMax, keepsLetters: false) { occurrence, _ in
            found.append(occurrence)
            if end == .max, bits & (1 << (occurrence.hash & 63)) != 0, starts.contains(occurrence.hash) { end = found.count + ahead }
            return found.count < end
        }
        return found
    }

    private static let lookedAheadCount = 150

    private static let ellipsis = Array("…".utf8)

    /// Of each word whether it was found.
    private func marks(among found: [SearchWords.Occurrence]) -> [Bool] {
        var marks = found.map { bits & (1 << ($0.hash & 63)) != 0 && words.contains($0.hash) }
        for phrase in phrases where phrase.count <= found.count {
            for start in 0...(found.count - phrase.count) where found[start].hash == phrase[0] {
                guard phrase.indices.allSatisfy({ found[start + $0].hash == phrase[$0] }) else { continue }
                for index in phrase.indices { marks[start + index] = true }
            }
        }
        return marks
    }

    /// Where the stretch with the most different hits begins.
    private func best(_ marks: [Bool], _ found: [SearchWords.Occurrence]) -> Int {
        var best = (start: 0, value: 0)
        var lookedAt = 0
        for index in marks.indices where marks[index] {
            let start = max(0, index - Highlighter.leadingWordCount)
            let end = min(marks.count, start + Highlighter.snippetWordCount)
            var seen: [UInt64] = []
            var value = 0
            for place in index..<end where marks[place] {
                let isNew = !seen.contains(found[place].hash)
                if isNew { seen.append(found[place].hash) }
                value += isNew ? 8 : 1
            }
            if value > best.value { best = (start, value) }
            lookedAt += 1
            guard lookedAt < 200 else { break }
        }
        return best.start
    }

    /// Writes a stretch of a text, with white space drawn together and tags left out.
    private func write(
        _ text: Span<UInt8>, from start: Int, to end: Int, _ found: [SearchWords.Occurrence], _ marks: [Bool], isHTML: Bool,
        into html: inout [UInt8]
    ) {
        var index = start
        var place = 0
        while place < found.count {
            guard marks[place] else {
                place += 1
                continue
            }
            // Neighbours are marked in one.
            var last = place
            while last + 1 < found.count, marks[last + 1] { last += 1 }
            append(text, from: index, to: found[place].start, isHTML, into: &html)
            html += Array("<em>".utf8)
            append(text, from: found[place].start, to: found[last].end, isHTML, into: &html)
            html += Array("</em>".utf8)
            index = found[last].end
            place = last + 1
        }
        append(text, from: index, to: end, isHTML, into: &html)
        while html.last == 0x20 { html.removeLast() }
    }

    private func append(_ text: Span<UInt8>, from start: Int, to end: Int, _ isHTML: Bool, into html: inout [UInt8]) {
        var index = start
        while index < end {
            let run = Highlighter.plainEnd(text, from: index, to: end)
            if run > index {
                text.extracting(index..<run).withUnsafeBufferPointer { html.append(contentsOf: $0) }
                index = run
                guard index < end else { return }
            }
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "<") where isHTML:
                while index < text.count, text[index - 1] != UInt8(ascii: ">") { index += 1 }
                if html.last != 0x20 { html.append(0x20) }
            case UInt8(ascii: "&") where isHTML:
                // A reference of the text's own stays one; any other sign of that kind is escaped.
                let reference = Highlighter.referenceLength(text, at: index - 1, end)
                if reference > 0 {
                    for place in index - 1..<index - 1 + reference { html.append(text[place]) }
                    index += reference - 1
                } else {
                    html += Array("&amp;".utf8)
                }
            case UInt8(ascii: "<"): html += Array("&lt;".utf8)
            case UInt8(ascii: ">"): html += Array("&gt;".utf8)
            case UInt8(ascii: "&"): html += Array("&amp;".utf8)
            case UInt8(ascii: "\""): html += Array("&quot;".utf8)
            case UInt8(ascii: "'"): html += Array("&#39;".utf8)
            case 0...0x20, 0x7F: if html.last != 0x20, !html.isEmpty { html.append(0x20) }
            default: html.append(byte)
            }
        }
    }

    /// Where what stands for itself ends: letters and the like, with single blanks between them.
    private static func plainEnd(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end {
            let byte = text[index]
            if byte > 0x3E ? byte == 0x7F : !isPlain(byte, behind: index > start ? text[index - 1] : 0x20) { break }
            index += 1
        }
        return index
    }

    /// Of the first signs of ASCII.
    private static func isPlain(_ byte: UInt8, behind last: UInt8) -> Bool {
        switch byte {
        case 0x20: last > 0x20
        case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: true
        }
    }

    /// Bytes of the character reference that begins here; 0 where none does.
    private static func referenceLength(_ text: Span<UInt8>, at index: Int, _ end: Int) -> Int {
        var place = index + 1
        while place < end, place - index < 12 {
            switch text[place] {
            case UInt8(ascii: ";"): return place > index + 1 ? place + 1 - index : 0
            case UInt8(ascii: "#") where place == index + 1: break
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            default: return 0
            }
            place += 1
        }
        return 0
    }
}
