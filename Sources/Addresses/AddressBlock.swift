/// Addresses that begin alike (RFC 4632 §3.1, RFC 4291 §2.3): `10.0.0.0/8`, `fc00::/7`.
package struct AddressBlock: Sendable, Equatable {
    private let first: NetworkAddress
    /// How many of the 128 bits are alike.
    private let length: Int

    /// An address, or one with the number of its bits that count; the others must be zero, for whoever writes them means something else.
    /// Nil for any other text.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = NetworkAddress(String(parts[0])) else { return nil }
        // `::ffff:10.0.0.0/104` is counted as it is written.
        let isVersion4 = !parts[0].contains(":")
        let lengthMax = isVersion4 ? 32 : 128
        var length = lengthMax
        if parts.count == 2 {
            // As a number is written, so that `+8` and `08` are none.
            guard let given = Int(parts[1]), String(given) == parts[1], (0...lengthMax).contains(given) else { return nil }
            length = given
        }
        self.init(first: address, length: isVersion4 ? length + 96 : length)
        guard AddressBlock.masked(address, length: self.length) == address else { return nil }
    }

    /// What a list of them looks like, for messages.
    package static let listForm =
        "addresses by comma, each with the number of the bits that count where they are not all, and no other bit set: 10.1.0.0/16, ::1"

    /// Blocks by comma, with spaces around them or none. Nil where one is none.
    package static func list(_ text: String) -> [AddressBlock]? {
        var blocks: [AddressBlock] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let block = AddressBlock(part.split(separator: " ").joined(separator: " ")) else { return nil }
            blocks.append(block)
        }
        return blocks
    }

    private init(first: NetworkAddress, length: Int) {
        self.first = first
        self.length = length
    }

    package func contains(_ address: NetworkAddress) -> Bool { AddressBlock.masked(address, length: length) == first }

    private static func masked(_ address: NetworkAddress, length: Int) -> NetworkAddress {
        NetworkAddress(high: address.high & mask(length), low: address.low & mask(length - 64))
    }

    /// The highest bits of a word.
    private static func mask(_ count: Int) -> UInt64 {
        count <= 0 ? 0 : count >= 64 ? .max : ~(UInt64.max >> UInt64(count))
    }
}
