internal import HTTPTypes

/// The networks of the proxies whose word is believed on where a request comes from.
package struct TrustedProxies: Sendable, Equatable {
    /// What a list of them looks like, for messages.
    package static let form = "networks by comma, such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32"

    package static let none = TrustedProxies(networks: [])

    private let networks: [Network]

    private init(networks: [Network]) {
        self.networks = networks
    }

    /// Reads networks by comma (RFC 4632 §3.1, RFC 4291 §2.3); an address without a length is a network of its own. Nil when one is none.
    package init?(_ text: String) {
        var networks: [Network] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let network = Network(part.utf8.filter { $0 != .space }) else { return nil }
            networks.append(network)
        }
        self.init(networks: networks)
    }

    package func contains(_ address: ClientAddress) -> Bool {
        networks.contains { $0.contains(address) }
    }

    /// Where a request comes from that a peer has sent: the peer itself, unless it is one of these. Then the fields `Forwarded`
    /// (RFC 7239 §5.2) or `X-Forwarded-For` are read from their end, each address as far as the one after it is one of these: what stands
    /// before the first stranger is that one's own word.
    ///
    /// What cannot be read ends the walk. Where both fields are there and do not agree, one of them is not the proxy's but its client's,
    /// and nobody knows which: then it is the peer.
    package func client(of fields: RequestFields, from peer: ClientAddress) -> ClientAddress {
        guard !networks.isEmpty, contains(peer) else { return peer }
        let standard = fields[.forwarded].map { farthest(ForwardedHops.standard($0), from: peer) }
        let usual = fields[.xForwardedFor].map { farthest(ForwardedHops.usual($0), from: peer) }
        if let standard, let usual { return standard == usual ? standard : peer }
        return standard ?? usual ?? peer
    }

    private func farthest(_ hops: [ClientAddress?], from peer: ClientAddress) -> ClientAddress {
        var client = peer
        for case let hop? in hops.reversed().prefix(while: { $0 != nil }) {
            guard contains(client) else { break }
            client = hop
        }
        return client
    }

    private struct Network: Sendable, Equatable {
        let address: ClientAddress
        let mask: ClientAddress

        init?(_ bytes: [UInt8]) {
            let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
            guard let address = AddressText.address(bytes.span, 0..<slash) else { return nil }
            let lengthMax = address.isVersion4 && !bytes[..<slash].contains(UInt8(ascii: ":")) ? 32 : 128
            var length = lengthMax
            if slash < bytes.count {
                let digits = bytes[(slash + 1)...]
                guard (1...3).contains(digits.count), digits.allSatisfy(\.isDigit), digits.count == 1 || digits.first != UInt8(ascii: "0"),
                    let number = Int(String(decoding: digits, as: UTF8.self)), number <= lengthMax
                else { return nil }
                length = number
            }
            // IPv4 addresses are compared in their mapped form.
            let bits = length + 128 - lengthMax
            mask = ClientAddress(high: Self.ones(bits), low: Self.ones(bits - 64))
            self.address = ClientAddress(high: address.high & mask.high, low: address.low & mask.low)
        }

        func contains(_ other: ClientAddress) -> Bool {
            other.high & mask.high == address.high && other.low & mask.low == address.low
        }

        /// So many ones, from the highest bit on.
        private static func ones(_ count: Int) -> UInt64 {
            count <= 0 ? 0 : ~0 << UInt64(max(0, 64 - count))
        }
    }
}

extension HTTPField.Name {
    static let forwarded = known("Forwarded")
    static let xForwardedFor = known("X-Forwarded-For")
}
