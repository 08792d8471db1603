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
        // Eight characters are 40 bits. The first two are read with the six behind them.
        guard let first = Base32Word(text, at: 0)?.bits, let second = Base32Word(text, at: 8)?.bits,
            let third = Base32Word(text, at: 16)?.bits, let last = Base32Word(text, at: 18)?.bits
        else { return nil }
        bits = UInt128(first) &<< 90 | UInt128(second) &<< 50 | UInt128(third) &<< 10 | UInt128(last & 0x3FF)
    }

    package init?(_ text: String) {
        self.init(text.utf8.span)
    }

    package var milliseconds: Int64 { Int64(truncatingIfNeeded: bits &>> 80) }

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
        var span = characters.mutableSpan
        var bytes = span.mutableBytes
        write(to: &bytes, at: 0)
        return characters
    }

    /// Writes the 26 characters of the text.
    func write(to bytes: inout MutableRawSpan, at start: Int) {
        let first = Base32Word(bits: UInt64(truncatingIfNeeded: bits &>> 90) & 0xFF_FFFF_FFFF)
        let second = Base32Word(bits: UInt64(truncatingIfNeeded: bits &>> 50) & 0xFF_FFFF_FFFF)
        let third = Base32Word(bits: UInt64(truncatingIfNeeded: bits &>> 10) & 0xFF_FFFF_FFFF)
        let last = Base32Word(bits: UInt64(truncatingIfNeeded: bits) & 0xFF_FFFF_FFFF)
        bytes.storeBytes(of: first.characters, toByteOffset: start, as: UInt64.self)
        bytes.storeBytes(of: second.characters, toByteOffset: start + 8, as: UInt64.self)
        bytes.storeBytes(of: third.characters, toByteOffset: start + 16, as: UInt64.self)
        bytes.storeBytes(of: last.characters, toByteOffset: start + 18, as: UInt64.self)
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
