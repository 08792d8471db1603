package import Addresses

/// To which addresses the server may send by itself: those that are of the whole internet, and those that the settings allow.
///
/// What is not global by the registries of special addresses (IANA, RFC 6890) may be the inside of somebody's house: whoever can name a URL
/// could otherwise make the server knock there. An IPv6 address that leads to an IPv4 one is judged by that.
package struct DestinationRule: Sendable, Equatable {
    /// Beside those of the whole internet.
    private let allowed: [AddressBlock]

    package init(allowed: [AddressBlock] = []) {
        self.allowed = allowed
    }

    package func allows(_ address: NetworkAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if DestinationRule.special.contains(where: { $0.contains(address) }) { return false }
        guard let inner = DestinationRule.embedded(in: address) else { return true }
        return allows(NetworkAddress(version4: inner))
    }

    /// The IPv4 address that a gateway would make of an IPv6 one: NAT64 (RFC 6052 §2.1), 6to4 (RFC 3056 §2).
    private static func embedded(in address: NetworkAddress) -> UInt32? {
        if address.high == 0x0064_FF9B_0000_0000, address.low >> 32 == 0 { return UInt32(truncatingIfNeeded: address.low) }
        if address.high >> 48 == 0x2002 { return UInt32(truncatingIfNeeded: address.high >> 16) }
        return nil
    }

    private static let special: [AddressBlock] = [
        // This host, private networks, carriers' own, loopback, link-local.
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        // Protocols, documentation, the former relays of 6to4, measurements.
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        // Multicast, reserved, broadcast.
        "224.0.0.0/4", "240.0.0.0/4",
        // Unspecified, loopback, what stood for IPv4 once; then translators within a network, discard, protocols and Teredo, documentation.
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
        // Unique local, link-local, site-local, multicast.
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { AddressBlock($0) }
}
