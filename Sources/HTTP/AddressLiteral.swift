internal import Addresses

/// What stands between the brackets of a host (RFC 3986 §3.2.2): `::1`, `2001:db8::192.0.2.7`, `v1.fe80`.
enum AddressLiteral {
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        guard bytes[first].lowercased == UInt8(ascii: "v") else { return AddressText.version6(bytes, range) != nil }
        return isFutureAddress(bytes, range)
    }

    /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
    private static func isFutureAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let version = range.lowerBound + 1
        var index = version
        while index < range.upperBound, bytes[index].hexValue != nil { index += 1 }
        guard index > version, index + 1 < range.upperBound, bytes[index] == UInt8(ascii: ".") else { return false }
        for index in index + 1..<range.upperBound where !ByteSet.host.contains(bytes[index]) && bytes[index] != UInt8(ascii: ":") {
            return false
        }
        return true
    }
}
