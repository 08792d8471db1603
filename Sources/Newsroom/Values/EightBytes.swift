/// Eight bytes of a text at once, the first of them in the lowest place: how long texts are looked through quickly.
struct EightBytes {
    private let bits: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Those from a place on, which must be there. Bounds are checked; unsafe is only that any eight bytes are taken for an integer.
    @inline(__always)
    init(_ bytes: RawSpan, at offset: Int) {
        bits = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Whether all of them are ASCII and none is a control character.
    @inline(__always)
    var arePlain: Bool {
        (bits | (bits &- Self.ones &* 0x20) | (bits &+ Self.ones)) & Self.highs == 0
    }

    /// How many there are before the first that is white space, a control character or not ASCII, or `<` where that ends a run.
    @inline(__always)
    func countBeforeBreak(orTag: Bool) -> Int {
        var mask = bits | (bits &- Self.ones &* 0x21)
        if orTag { mask |= (bits ^ Self.ones &* UInt64(UInt8(ascii: "<"))) &- Self.ones }
        return (mask & Self.highs).trailingZeroBitCount >> 3
    }
}
