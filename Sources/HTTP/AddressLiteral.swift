/// What stands between the brackets of a host (RFC 3986 §3.2.2): `::1`, `2001:db8::192.0.2.7`, `v1.fe80`. Zones (RFC 6874) are no part of
/// it: they mean something on the client's machine alone.
enum AddressLiteral {
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        return bytes[first].lowercased == UInt8(ascii: "v") ? isFutureAddress(bytes, range) : isIPv6Address(bytes, range)
    }

    /// Eight groups, the last two perhaps as an IPv4 address, or fewer and one `::` in place of those that are left out.
    private static func isIPv6Address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        var groupCount = 0
        var isShortened = false
        if isColon(bytes, index, range) {
            guard isColon(bytes, index + 1, range) else { return false }
            isShortened = true
            index += 2
        }
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, bytes[index].hexValue != nil { index += 1 }
            if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
                guard isIPv4Address(bytes, start..<range.upperBound) else { return false }
                groupCount += 2
                break
            }
            guard (1...4).contains(index - start) else { return false }
            groupCount += 1
            guard index < range.upperBound else { break }
            guard isColon(bytes, index, range), index + 1 < range.upperBound else { return false }
            index += 1
            if isColon(bytes, index, range) {
                guard !isShortened else { return false }
                isShortened = true
                index += 1
            }
        }
        return isShortened ? groupCount < 8 : groupCount == 8
    }

    /// Four numbers up to 255, without leading zeros.
    private static func isIPv4Address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        for place in 0..<4 {
            if place > 0 {
                guard index < range.upperBound, bytes[index] == UInt8(ascii: ".") else { return false }
                index += 1
            }
            let start = index
            var number = 0
            while index < range.upperBound, bytes[index].isDigit, index - start < 3 {
                number = number * 10 + Int(bytes[index] & 0xF)
                index += 1
            }
            guard index > start, number <= 255, index - start == 1 || bytes[start] != UInt8(ascii: "0") else { return false }
        }
        return index == range.upperBound
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

    private static func isColon(_ bytes: Span<UInt8>, _ index: Int, _ range: Range<Int>) -> Bool {
        index < range.upperBound && bytes[index] == UInt8(ascii: ":")
    }
}
