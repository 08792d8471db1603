/// Hosts with an optional port, as in `Host` and in absolute targets (RFC 3986 §3.2, RFC 9110 §7.2).
enum Authority {
    /// Whether `range` is a host that is not empty and an optional port. User information is no part of it (RFC 9110 §4.2.4).
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let hostEnd = hostEnd(bytes, range) else { return false }
        return hostEnd == range.upperBound || isPort(bytes, hostEnd..<range.upperBound)
    }

    /// Whether `range` is a host with a port: the authority form of a target (RFC 9112 §3.2.3).
    static func isValidWithPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let hostEnd = hostEnd(bytes, range) else { return false }
        return range.upperBound - hostEnd > 1 && isPort(bytes, hostEnd..<range.upperBound)
    }

    private static func hostEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        return bytes[range.lowerBound] == UInt8(ascii: "[") ? literalEnd(bytes, range) : nameEnd(bytes, range)
    }

    /// The end of a `reg-name` or IPv4 address; nil when it is empty.
    private static func nameEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = bytes.firstOutside(.host, from: range.lowerBound, to: range.upperBound)
        while index + 2 < range.upperBound, bytes[index] == UInt8(ascii: "%"), bytes[index + 1].hexValue != nil,
            bytes[index + 2].hexValue != nil
        {
            index = bytes.firstOutside(.host, from: index + 3, to: range.upperBound)
        }
        return index > range.lowerBound ? index : nil
    }

    /// The end of an address in brackets.
    private static func literalEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound + 1
        while index < range.upperBound, bytes[index] != UInt8(ascii: "]") { index += 1 }
        guard index < range.upperBound, AddressLiteral.isValid(bytes, range.lowerBound + 1..<index) else { return nil }
        return index + 1
    }

    /// `":" *DIGIT`, at most 65535.
    private static func isPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard bytes[range.lowerBound] == UInt8(ascii: ":") else { return false }
        var port = 0
        for index in range.dropFirst() {
            guard bytes[index].isDigit else { return false }
            port = port * 10 + Int(bytes[index] & 0xF)
            guard port <= 65_535 else { return false }
        }
        return true
    }
}
