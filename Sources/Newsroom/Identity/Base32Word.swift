/// Eight characters of Crockford's base 32, which are 40 bits, worked on all at once: ids are read and written for every request and every
/// reference.
struct Base32Word {
    /// The lowest 40, the first character's highest.
    let bits: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highest: UInt64 = 0x8080_8080_8080_8080

    init(bits: UInt64) {
        self.bits = bits
    }

    /// Reads eight capitals and digits; nil where one of them stands for nothing.
    init?(_ text: Span<UInt8>, at start: Int) {
        let word = UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
        guard word & Self.highest == 0 else { return nil }
        let letters = Self.atLeast(UInt8(ascii: "A"), word)
        let digits = Self.atLeast(UInt8(ascii: "0"), word) & ~Self.atLeast(UInt8(ascii: "9") + 1, word)
        let lookAlikes =
            Self.equal(UInt8(ascii: "I"), word) | Self.equal(UInt8(ascii: "L"), word) | Self.equal(UInt8(ascii: "O"), word)
            | Self.equal(UInt8(ascii: "U"), word)
        guard (digits | letters) & ~lookAlikes & ~Self.atLeast(UInt8(ascii: "Z") + 1, word) == Self.highest else { return nil }
        // Of what a letter is above its value, seven are between digits and letters, and one for each letter that is left out before it.
        let above =
            (letters &>> 7) &* 7 &+ (Self.atLeast(UInt8(ascii: "J"), word) &>> 7) &+ (Self.atLeast(UInt8(ascii: "M"), word) &>> 7)
            &+ (Self.atLeast(UInt8(ascii: "P"), word) &>> 7) &+ (Self.atLeast(UInt8(ascii: "V"), word) &>> 7)
        // The first character in the highest byte; then two of them in each lane of 16 bits, four in 32, eight in 64.
        var lanes = (word &- Self.ones &* 0x30 &- above).byteSwapped
        lanes = lanes & 0x00FF_00FF_00FF_00FF | (lanes & 0xFF00_FF00_FF00_FF00) &>> 3
        lanes = lanes & 0x0000_FFFF_0000_FFFF | (lanes & 0xFFFF_0000_FFFF_0000) &>> 6
        bits = lanes & 0xFFFF_FFFF | (lanes &>> 32) &<< 20
    }

    /// The eight characters as they stand in memory, the first in the lowest byte.
    var characters: UInt64 {
        var lanes = (bits &>> 20) &<< 32 | bits & 0xF_FFFF
        lanes = (lanes &<< 6) & 0x03FF_0000_03FF_0000 | lanes & 0x0000_03FF_0000_03FF
        lanes = (lanes &<< 3) & 0x1F00_1F00_1F00_1F00 | lanes & 0x001F_001F_001F_001F
        let values = lanes.byteSwapped
        let above =
            (Self.atLeast(10, values) &>> 7) &* 7 &+ (Self.atLeast(18, values) &>> 7) &+ (Self.atLeast(20, values) &>> 7)
            &+ (Self.atLeast(22, values) &>> 7) &+ (Self.atLeast(27, values) &>> 7)
        return (values &+ Self.ones &* 0x30 &+ above).littleEndian
    }

    /// The highest bit of each byte that is as great, of bytes below 0x80.
    @inline(__always)
    private static func atLeast(_ least: UInt8, _ word: UInt64) -> UInt64 {
        (word &+ ones &* UInt64(0x80 - least)) & highest
    }

    /// The highest bit of each byte that is the same, of bytes below 0x80.
    @inline(__always)
    private static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 {
        ~((word ^ ones &* UInt64(byte)) &+ ones &* 0x7F) & highest
    }
}
