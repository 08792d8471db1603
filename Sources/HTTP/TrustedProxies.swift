package import Addresses
internal import HTTPTypes

/// The networks of the proxies whose word is believed on where a request comes from.
package struct TrustedProxies: Sendable, Equatable {
    package static let none = TrustedProxies([])

    private let networks: [AddressBlock]

    package init(_ networks: [AddressBlock]) {
        self.networks = networks
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
