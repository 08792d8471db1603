import Glibc

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

    /// The sixteen bytes of an IPv6 address, in their order.
    package init?(version6 bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let words = (0..<2).map { word in bytes[word * 8..<word * 8 + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(high: words[0], low: words[1])
    }

    /// `192.0.2.7` in four decimal numbers, or an IPv6 address (RFC 4291 §2.2) without a zone; nil for any other text.
    package init?(_ text: String) {
        var version4 = in_addr()
        var version6 = in6_addr()
        if inet_pton(AF_INET, text, &version4) == 1 {
            self.init(version4: UInt32(bigEndian: version4.s_addr))
        } else if inet_pton(AF_INET6, text, &version6) == 1 {
            self.init(version6: withUnsafeBytes(of: version6) { Array($0) })
        } else {
            return nil
        }
    }

    /// The IPv4 address that it is or stands for, as its mapped form does; nil for an IPv6 address.
    package var version4: UInt32? {
        high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil
    }
}

extension WebURL {
    /// The address that stands in place of a host's name; nil where there is a name, or a number in another form.
    package var literalAddress: NetworkAddress? {
        guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
        let authority = text[start...].prefix { !"/?#".contains($0) }
        if authority.first == "[" { return NetworkAddress(String(authority.dropFirst().prefix { $0 != "]" })) }
        return NetworkAddress(String(authority.prefix { $0 != ":" }))
    }
}
