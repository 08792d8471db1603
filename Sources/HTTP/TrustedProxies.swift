package import Addresses
internal import HTTPTypes

/// The networks of the proxies whose word is believed on where a request comes from.
package struct TrustedProxies: Sendable, Equatable {
    /// What a list of them looks like, for messages.
    package static let form = "networks by comma, such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32"

    package static let none = TrustedProxies(networks: [])

    private let networks: [AddressBlock]

    private init(networks: [AddressBlock]) {
        self.networks = networks
    }

    /// Reads networks by comma, each as `AddressBlock` has it; spaces do not count. Nil when one is none.
    package init?(_ text: String) {
        var networks: [AddressBlock] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let network = AddressBlock(part.filter { $0 != " " }) else { return nil }
            networks.append(network)
        }
        self.init(networks: networks)
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        networks.contains { $0.contains(address) }
    }

    /// Where a request comes from that a peer has sent: the peer itself, unless it is one of these. Then the fields `Forwarded`
    /// (RFC 7239 §5.2) or `X-Forwarded-For` are read from their end, each address as far as the one after it is one of these: what stands
    /// before the first stranger is that one's own word.
    ///
    /// What cannot be read ends the walk. Where both fields are there and do not agree, one of them is not the proxy's but its client's,
    /// and nobody knows which: then it is the peer.
    package func client(of fields: RequestFields, from peer: NetworkAddress) -> NetworkAddress {
        guard !networks.isEmpty, contains(peer) else { return peer }
        let standard = fields[.forwarded].map { farthest(ForwardedHops.standard($0), from: peer) }
        let usual = fields[.xForwardedFor].map { farthest(ForwardedHops.usual($0), from: peer) }
        if let standard, let usual { return standard == usual ? standard : peer }
        return standard ?? usual ?? peer
    }

    private func farthest(_ hops: [NetworkAddress?], from peer: NetworkAddress) -> NetworkAddress {
        var client = peer
        for case let hop? in hops.reversed().prefix(while: { $0 != nil }) {
            guard contains(client) else { break }
            client = hop
        }
        return client
    }
}

extension HTTPField.Name {
    static let forwarded = known("Forwarded")
    static let xForwardedFor = known("X-Forwarded-For")
}
