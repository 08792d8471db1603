/// Where a connection comes from: the 16 bytes of an IPv6 address, an IPv4 one in its mapped form (RFC 4291 §2.5.5.2).
package struct ClientAddress: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Of an IPv4 address, its first number in the highest byte.
    package init(version4 address: UInt32) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(address))
    }

    /// What one client may be taken to command: an IPv4 address by itself, and of IPv6 the network of 64 bits that a subscriber gets.
    package var network: ClientAddress {
        let isVersion4 = high == 0 && low >> 32 == 0xFFFF
        return isVersion4 ? self : ClientAddress(high: high, low: 0)
    }
}
