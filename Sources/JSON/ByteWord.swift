/// Eight bytes at a time, the first in memory in the lowest place: how text is looked through quickly without
/// vector instructions.
///
/// A test answers a mask with the high bit of each byte that passes. Borrows may set the bit of a later byte
/// wrongly, never that of the first which passes, so only `firstIndex(of:)` is to be asked.
struct ByteWord {
    private let bits: UInt64

    @inline(__always)
    init(loadedFrom place: UnsafePointer<UInt8>) {
        bits = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
    }

    /// The eight bytes from a place of a span on. The span must hold them: nobody looks.
    @inline(__always)
    init(loadedFrom bytes: RawSpan, at offset: Int) {
        bits = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    func store(to place: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(place).storeBytes(of: bits.littleEndian, as: UInt64.self)
    }

    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// The high bits of the bytes that a JSON string cannot hold as they are (`"`, `\` and all below 0x20), and
    /// of some above 0x7F.
    ///
    /// Turning the bit 0x02 makes the quote 0x20, a neighbour of the controls, which stay among themselves: one
    /// subtraction finds both.
    @inline(__always)
    private var candidates: UInt64 {
        let controlsAndQuotes = (bits ^ (Self.ones &* 0x02)) &- Self.ones &* 0x21
        let backslashes = (bits ^ (Self.ones &* 0x5C)) &- Self.ones
        return controlsAndQuotes | backslashes
    }

    /// What a JSON string cannot hold as it is: `"`, `\` and all below 0x20.
    @inline(__always)
    var escapable: UInt64 { candidates & ~bits & Self.highs }

    /// The same, and all above 0x7F.
    @inline(__always)
    var escapableOrNonASCII: UInt64 { (candidates | bits) & Self.highs }

    @inline(__always)
    static func firstIndex(of mask: UInt64) -> Int { mask.trailingZeroBitCount >> 3 }
}
