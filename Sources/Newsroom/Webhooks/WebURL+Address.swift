package import Addresses

extension WebURL {
    /// The address that stands in place of a host's name; nil where there is a name, or a number in another form.
    package var literalAddress: NetworkAddress? {
        guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
        let authority = text[start...].prefix { !"/?#".contains($0) }
        if authority.first == "[" { return NetworkAddress(String(authority.dropFirst().prefix { $0 != "]" })) }
        return NetworkAddress(String(authority.prefix { $0 != ":" }))
    }
}
