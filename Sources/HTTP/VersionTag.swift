/// The strong entity tag of one state of a resource, `"7-9f86d081884c7d65"`: its version and a hash of what is shown of it.
///
/// Two words, which become text where they are sent or compared: as a `String` it was a tenth of what a read costs.
package struct VersionTag: Sendable, Hashable {
    /// Not negative.
    package let version: Int
    package let hash: UInt64

    package init(version: Int, hash: UInt64) {
        precondition(version >= 0, "A version is a count.")
        self.version = version
        self.hash = hash
    }

    package var entityTag: EntityTag {
        var text: [UInt8] = []
        append(to: &text)
        return EntityTag(String(decoding: text, as: UTF8.self))
    }

    /// Appends what stands between the quotes: the version, a hyphen, and sixteen hexadecimal digits.
    func append(to out: inout [UInt8]) {
        var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
        // Put together in one piece, from the end of the version on to its first digit.
        var start = 19
        var rest = version
        repeat {
            start &-= 1
            text[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        var span = text.mutableSpan
        var bytes = span.mutableBytes
        bytes.storeBytes(of: VersionTag.digits(of: hash >> 32), toByteOffset: 20, as: UInt64.self)
        bytes.storeBytes(of: VersionTag.digits(of: hash & 0xFFFF_FFFF), toByteOffset: 28, as: UInt64.self)
        out.append(copying: text.span.extracting(start..<36))
    }

    /// The eight hexadecimal digits of 32 bits as they stand in memory, the first in the lowest byte; all at once.
    private static func digits(of bits: UInt64) -> UInt64 {
        var lanes = bits.byteSwapped &>> 32
        lanes = (lanes | lanes &<< 16) & 0x0000_FFFF_0000_FFFF
        lanes = (lanes | lanes &<< 8) & 0x00FF_00FF_00FF_00FF
        let values = (lanes &>> 4) & 0x000F_000F_000F_000F | (lanes & 0x000F_000F_000F_000F) &<< 8
        let areLetters = ((values &+ 0x0606_0606_0606_0606) &>> 4) & 0x0101_0101_0101_0101
        // From the digits' place to the small letters' are 39 more.
        return (values &+ 0x3030_3030_3030_3030 &+ areLetters &* 39).littleEndian
    }
}
