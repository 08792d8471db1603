/// An address of the internet: 128 bits, an IPv4 one in its mapped form (RFC 4291 §2.5.5.2).
package struct NetworkAddress: Sendable, Hashable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// - Parameter address: the first number in the highest byte.
    package init(version4 address: UInt32) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(address))
    }

    /// The sixteen bytes of an IPv6 address, in their order; nil of any other count.
    package init?(version6 bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let words = (0..<2).map { word in bytes[word * 8..<word * 8 + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(high: words[0], low: words[1])
    }

    /// An address of either kind as it is written, without a port, brackets or a zone; nil for any other text.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let address = AddressText.address(bytes.span, 0..<bytes.count) else { return nil }
        self = address
    }

    /// The IPv4 address that it is or stands for, as its mapped form does; nil for an IPv6 address.
    package var version4: UInt32? {
        high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil
    }

    /// What one client may be taken to command: an IPv4 address by itself, and of IPv6 the network of 64 bits that a subscriber gets.
    package var network: NetworkAddress { version4 == nil ? NetworkAddress(high: high, low: 0) : self }
}

extension NetworkAddress: CustomStringConvertible {
    /// Four numbers, or what RFC 5952 §4 makes of an IPv6 address: small letters, and `::` for the longest run of zeros.
    package var description: String {
        guard version4 == nil else { return Self.parts(of: low << 32, bitCount: 8).map { String($0) }.joined(separator: ".") }
        let groups = Self.parts(of: high, bitCount: 16) + Self.parts(of: low, bitCount: 16)
        let texts = groups.map { String($0, radix: 16) }
        guard let run = Self.longestRunOfZeros(in: groups) else { return texts.joined(separator: ":") }
        return "\(texts[..<run.lowerBound].joined(separator: ":"))::\(texts[run.upperBound...].joined(separator: ":"))"
    }

    /// The first four parts of so many bits each.
    private static func parts(of word: UInt64, bitCount: UInt64) -> [UInt64] {
        (UInt64(1)...4).map { place -> UInt64 in
            let shifted = word >> (64 - bitCount * place)
            return shifted & ((1 << bitCount) - 1)
        }
    }

    /// The first of the longest, of two groups at least.
    private static func longestRunOfZeros(in groups: [UInt64]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for end in 1...groups.count where end == groups.count || groups[end] != 0 || groups[start] != 0 {
            if groups[start] == 0, end - start > longest.count { longest = start..<end }
            start = end
        }
        return longest.count > 1 ? longest : nil
    }
}
