/// Bytes looked through eight at a time, and made into text.
extension Span where Element == UInt8 {
    /// The eight bytes from `index` on, the first in the lowest place. Bounds are checked; unsafe is only that any eight bytes are taken
    /// for an integer, which is what is wanted.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The index of the first control character (below 0x20, or 0x7F) in `start..<end`, `end` when there is none.
    func firstControl(from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index &+ 8 <= end {
            let word = word(at: index)
            let deletes = word ^ (ones &* 0x7F)
            let hits = ((word &- ones &* 0x20) & ~word | (deletes &- ones) & ~deletes) & (ones &* 0x80)
            // A borrow can mark a later byte wrongly, never the first that is marked.
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end, self[index] >= 0x20, self[index] != 0x7F { index &+= 1 }
        return index
    }

    /// The index of the first space or control character but DEL (0x20 or below) in `start..<end`, `end` when there is none.
    func firstSpace(from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index &+ 8 <= end {
            let word = word(at: index)
            let hits = (word &- ones &* 0x21) & ~word & (ones &* 0x80)
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end, self[index] > 0x20 { index &+= 1 }
        return index
    }

    /// The index of the first byte in `start..<end` that is `byte`, `end` when none is.
    package func first(_ byte: UInt8, from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index &+ 8 <= end {
            let difference = word(at: index) ^ (ones &* UInt64(byte))
            let hits = (difference &- ones) & ~difference & (ones &* 0x80)
            // A borrow can mark a later byte wrongly, never the first that is marked.
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end, self[index] != byte { index &+= 1 }
        return index
    }

    /// The index of the first byte in `start..<end` that is no letter, no digit, no hyphen and no underscore, as far as whole words of
    /// eight bytes reach: all of these may stand in names and paths as they are.
    ///
    /// - Parameter takesSlashes: whether a slash is passed over as well.
    @inline(__always)
    func firstUnplain(from start: Int, to end: Int, takesSlashes: Bool = false) -> Int {
        // A slash is just below the digits.
        let least: UInt64 = takesSlashes ? 0x51 : 0x50
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index &+ 8 <= end {
            let word = word(at: index)
            // Seven bits each, so that no sum reaches the next byte; its highest bit tells whether a byte is as great as what was left out.
            let bits = word & (ones &* 0x7F)
            let lower = bits | ones &* 0x20
            let letters = (lower &+ ones &* 0x1F) & ~(lower &+ ones &* 0x05)
            let digits = (bits &+ ones &* least) & ~(bits &+ ones &* 0x46)
            let others = ((bits ^ ones &* 0x2D) &+ ones &* 0x7F) & ((bits ^ ones &* 0x5F) &+ ones &* 0x7F)
            let hits = ~((letters | digits | ~others) & ~word) & (ones &* 0x80)
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        return index
    }

    /// The index of the first byte in `start..<end` that is not in `set`, which holds letters, digits, hyphen and underscore; `end` when
    /// all are.
    @inline(__always)
    func firstOutside(_ set: ByteSet, from start: Int, to end: Int) -> Int {
        var index = firstUnplain(from: start, to: end)
        while index < end, set.contains(self[index]) { index &+= 1 }
        return index
    }

    /// The text of these bytes, nil when they are not UTF-8.
    func text(_ range: Range<Int>) -> String? {
        guard let text = try? UTF8Span(validating: extracting(range)) else { return nil }
        return String(copying: text)
    }

    /// The next element of a comma-separated list, empty ones too, without the white space around it (RFC 9110 §5.6.1); nil after the
    /// last. `index` begins at the start of the list. Only for lists whose elements hold no quoted text.
    func nextListElement(from index: inout Int, to end: Int) -> Range<Int>? {
        guard index <= end else { return nil }
        var first = index
        var last = self.first(UInt8(ascii: ","), from: index, to: end)
        index = last + 1
        while first < last, self[first].isBlank { first += 1 }
        while first < last, self[last - 1].isBlank { last -= 1 }
        return first..<last
    }

    /// Whether these bytes are `text`, which is given in lower case, whatever their own case.
    func equalsIgnoringCase(_ text: String, in range: Range<Int>) -> Bool {
        let (own, expected) = (extracting(range), text.utf8.span)
        guard own.count == expected.count else { return false }
        for index in own.indices where own[index].lowercased != expected[index] { return false }
        return true
    }

    /// The same where `range` holds a token and `text` letters, digits, hyphens and underscores alone, as the names of fields do: eight at
    /// a time, since no other character of tokens becomes one of these by the bit that parts small letters from capitals.
    func isName(_ text: String, in range: Range<Int>) -> Bool {
        let expected = text.utf8.span
        guard range.count == expected.count else { return false }
        var index = 0
        while index &+ 8 <= expected.count {
            let bits = word(at: range.lowerBound &+ index) ^ expected.word(at: index)
            guard bits & ~0x2020_2020_2020_2020 == 0 else { return false }
            index &+= 8
        }
        while index < expected.count {
            guard (self[range.lowerBound &+ index] ^ expected[index]) & ~0x20 == 0 else { return false }
            index &+= 1
        }
        return true
    }
}
