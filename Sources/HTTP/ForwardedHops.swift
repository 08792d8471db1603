internal import Addresses

/// The addresses that a request has come through, as proxies have written them down: the client's first. Nil stands for one that is hidden,
/// unknown, or not to be read.
enum ForwardedHops {
    /// `Forwarded` (RFC 7239 §4): `for=192.0.2.60;proto=http, for="[2001:db8::17]:4711"`.
    static func standard(_ value: String) -> [NetworkAddress?] {
        parts(of: Array(value.utf8)[...], at: UInt8(ascii: ",")).map { element in
            let nodes = parts(of: element, at: UInt8(ascii: ";")).compactMap { pair -> ArraySlice<UInt8>? in
                let pair = trimmed(pair)
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), isFor(pair[..<equals]) else { return nil }
                return pair[(equals + 1)...]
            }
            // Each parameter occurs once (§4).
            return nodes.count == 1 ? unquoted(nodes[0]).flatMap { address(of: $0) } : nil
        }
    }

    /// `X-Forwarded-For`: addresses by comma, some of them with a port.
    static func usual(_ value: String) -> [NetworkAddress?] {
        value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { address(of: trimmed(Array($0)[...])) }
    }

    /// `192.0.2.60`, `192.0.2.60:80`, `[2001:db8::17]`, `[2001:db8::17]:4711`; and `2001:db8::17`, for the old field has no brackets.
    private static func address(of node: ArraySlice<UInt8>) -> NetworkAddress? {
        let node = Array(node)
        guard node.first == UInt8(ascii: "[") else {
            if let address = AddressText.address(node.span, 0..<node.count) { return address }
            let end = node.firstIndex(of: UInt8(ascii: ":")) ?? node.count
            guard isPort(node[end...]), let address = AddressText.version4(node.span, 0..<end) else { return nil }
            return NetworkAddress(version4: address)
        }
        guard let end = node.firstIndex(of: UInt8(ascii: "]")), isPort(node[(end + 1)...]) else { return nil }
        return AddressText.version6(node.span, 1..<end)
    }

    /// Nothing, or a colon and a port, which may be hidden: `_` and more (RFC 7239 §6).
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        let port = bytes.dropFirst()
        return first == UInt8(ascii: ":") && !port.isEmpty
            && (port.count <= 5 && port.allSatisfy(\.isDigit) || port.first == UInt8(ascii: "_"))
    }

    private static func isFor(_ name: ArraySlice<UInt8>) -> Bool {
        name.map(\.lowercased) == Array("for".utf8)
    }

    /// The pieces between separators, those inside of quotes left alone.
    private static func parts(of bytes: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in bytes.indices {
            if isEscaped {
                isEscaped = false
            } else if isQuoted, bytes[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else if bytes[index] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if bytes[index] == separator, !isQuoted {
                parts.append(bytes[start..<index])
                start = index + 1
            }
        }
        return parts + [bytes[start...]]
    }

    /// A token as it is, a quoted string without its quotes (RFC 9110 §5.6.4); nil where a quote is left open.
    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.first == UInt8(ascii: "\"") else { return bytes }
        guard bytes.count >= 2, bytes.last == UInt8(ascii: "\"") else { return nil }
        // No address has anything to escape.
        return bytes.dropFirst().dropLast()
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: \.isBlank)
        while bytes.last?.isBlank == true { bytes.removeLast() }
        return bytes
    }
}
