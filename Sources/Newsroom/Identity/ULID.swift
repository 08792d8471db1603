/// A unique number whose text sorts by its time: 48 bits of milliseconds since 1970, then 80 random bits.
///
/// As text 26 characters of Crockford's base 32, upper case, the first one `0`…`7` (https://github.com/ulid/spec).
package struct ULID: Sendable, Hashable, Comparable {
    package let bits: UInt128

    /// Characters in the text.
    package static let length = 26

    package init(bits: UInt128) {
        self.bits = bits
    }

    /// A new one. Times before 1970 or beyond 48 bits are counted as the nearest that there is.
    package init(at instant: Instant, randomness: inout some RandomSource) {
        let time = UInt128(UInt64(clamping: min(max(instant.milliseconds, 0), 0xFFFF_FFFF_FFFF)))
        let high = UInt128(randomness.next() & 0xFFFF)
        bits = time << 80 | high << 64 | UInt128(randomness.next())
    }

    /// From exactly 26 characters as they are written: no lower case, no look-alikes (`I`, `L`, `O`, `U`).
    package init?(_ text: Span<UInt8>) {
        guard text.count == ULID.length, text[0] <= UInt8(ascii: "7") else { return nil }
        var bits: UInt128 = 0
        for index in text.indices {
            let value = ULID.value(of: text[index])
            guard value < 32 else { return nil }
            bits = bits << 5 | UInt128(value)
        }
        self.bits = bits
    }

    package init?(_ text: String) {
        self.init(text.utf8.span)
    }

    package var milliseconds: Int64 { Int64(truncatingIfNeeded: bits >> 80) }

    /// The next greater one: how ids of one millisecond are kept in order.
    package var next: ULID { ULID(bits: bits &+ 1) }

    package static func < (one: ULID, other: ULID) -> Bool {
        one.bits < other.bits
    }

    package var text: String {
        let characters = characters
        return String(ascii: characters.span)
    }

    /// The 26 characters of the text.
    package var characters: InlineArray<26, UInt8> {
        var characters = InlineArray<26, UInt8>(repeating: UInt8(ascii: "0"))
        // Twelve characters are 60 bits, which one register holds.
        var rest = UInt64(truncatingIfNeeded: bits)
        for place in 0..<12 {
            characters[25 - place] = ULID.character(UInt8(truncatingIfNeeded: rest) & 31)
            rest >>= 5
        }
        rest = UInt64(truncatingIfNeeded: bits >> 60)
        for place in 0..<12 {
            characters[13 - place] = ULID.character(UInt8(truncatingIfNeeded: rest) & 31)
            rest >>= 5
        }
        rest = UInt64(truncatingIfNeeded: bits >> 120)
        characters[1] = ULID.character(UInt8(truncatingIfNeeded: rest) & 31)
        characters[0] = ULID.character(UInt8(truncatingIfNeeded: rest >> 5))
        return characters
    }

    /// The character for a value 0…31: digits, then the letters without I, L, O and U.
    @inline(__always)
    private static func character(_ value: UInt8) -> UInt8 {
        guard value > 9 else { return UInt8(ascii: "0") &+ value }
        let left: UInt8 = (value > 17 ? 1 : 0) &+ (value > 19 ? 1 : 0) &+ (value > 21 ? 1 : 0) &+ (value > 26 ? 1 : 0)
        return UInt8(ascii: "A") &+ value &- 10 &+ left
    }

    /// What a character stands for; 255 where it stands for nothing.
    private static func value(of character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "H"): character - UInt8(ascii: "A") + 10
        case UInt8(ascii: "J")...UInt8(ascii: "K"): character - UInt8(ascii: "J") + 18
        case UInt8(ascii: "M")...UInt8(ascii: "N"): character - UInt8(ascii: "M") + 20
        case UInt8(ascii: "P")...UInt8(ascii: "T"): character - UInt8(ascii: "P") + 22
        case UInt8(ascii: "V")...UInt8(ascii: "Z"): character - UInt8(ascii: "V") + 27
        default: 255
        }
    }
}

/// Makes ULIDs in ascending order, whatever the clock does.
package struct ULIDGenerator<Source: RandomSource>: Sendable {
    private var randomness: Source
    private var last: ULID?

    package init(randomness: Source) {
        self.randomness = randomness
    }

    /// One that is greater than all that were made before: within a millisecond, or after the clock was set back, the last one plus one.
    package mutating func next(at instant: Instant) -> ULID {
        var made = ULID(at: instant, randomness: &randomness)
        if let last, made <= last || made.milliseconds == last.milliseconds { made = last.next }
        last = made
        return made
    }
}
