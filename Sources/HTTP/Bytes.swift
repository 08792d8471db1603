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

    /// The index of the first byte in `start..<end` that is not in `set`, `end` when all are.
    @inline(__always)
    func firstOutside(_ set: ByteSet, from start: Int, to end: Int) -> Int {
        var index = start
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
        var (first, last) = (index, index)
        while last < end, self[last] != UInt8(ascii: ",") { last += 1 }
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
}
