/// Reads addresses as they are written: IPv4 as four numbers, IPv6 as RFC 4291 §2.2 has it. Zones (RFC 6874) are no part of it: they mean
/// something on the client's machine alone.
package enum AddressText {
    /// An address of either kind; nil for anything else.
    package static func address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> NetworkAddress? {
        if let version4 = version4(bytes, range) { return NetworkAddress(version4: version4) }
        return version6(bytes, range)
    }

    /// Four numbers up to 255, without leading zeros, which some take for octal.
    package static func version4(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
        var index = range.lowerBound
        var address: UInt32 = 0
        for place in 0..<4 {
            if place > 0 {
                guard index < range.upperBound, bytes[index] == UInt8(ascii: ".") else { return nil }
                index += 1
            }
            let start = index
            var number: UInt32 = 0
            while index < range.upperBound, bytes[index].isDigit, index - start < 3 {
                number = number * 10 + UInt32(bytes[index] & 0xF)
                index += 1
            }
            guard index > start, number <= 255, index - start == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
            address = address << 8 | number
        }
        return index == range.upperBound ? address : nil
    }

    /// Eight groups, the last two perhaps as an IPv4 address, or fewer and one `::` in place of those that are left out.
    package static func version6(_ bytes: Span<UInt8>, _ range: Range<Int>) -> NetworkAddress? {
        var groups = Groups()
        var index = range.lowerBound
        if isColon(bytes, index, range) {
            guard isColon(bytes, index + 1, range) else { return nil }
            groups.gap = 0
            index += 2
        }
        while index < range.upperBound {
            let start = index
            var value: UInt32 = 0
            while index < range.upperBound, let digit = bytes[index].hexValue {
                value = value << 4 | UInt32(digit)
                index += 1
            }
            if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
                guard let last = version4(bytes, start..<range.upperBound) else { return nil }
                guard groups.add(last >> 16), groups.add(last & 0xFFFF) else { return nil }
                break
            }
            guard (1...4).contains(index - start), groups.add(value) else { return nil }
            guard index < range.upperBound else { break }
            guard isColon(bytes, index, range), index + 1 < range.upperBound else { return nil }
            index += 1
            if isColon(bytes, index, range) {
                guard groups.gap == nil else { return nil }
                groups.gap = groups.count
                index += 1
            }
        }
        return groups.address
    }

    /// The groups that were read, and before which of them some were left out.
    private struct Groups {
        var gap: Int?
        private(set) var count = 0
        private var values = InlineArray<8, UInt64>(repeating: 0)

        /// False when there are too many.
        mutating func add(_ value: UInt32) -> Bool {
            guard count < 8 else { return false }
            values[count] = UInt64(value)
            count += 1
            return true
        }

        var address: NetworkAddress? {
            guard gap == nil ? count == 8 : count < 8 else { return nil }
            var words: (high: UInt64, low: UInt64) = (0, 0)
            for index in 0..<count {
                let place = index < gap ?? 8 ? index : index + 8 - count
                let shift = UInt64(48 - 16 * (place & 3))
                if place < 4 { words.high |= values[index] << shift } else { words.low |= values[index] << shift }
            }
            return NetworkAddress(high: words.high, low: words.low)
        }
    }

    private static func isColon(_ bytes: Span<UInt8>, _ index: Int, _ range: Range<Int>) -> Bool {
        index < range.upperBound && bytes[index] == UInt8(ascii: ":")
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }

    fileprivate var hexValue: UInt8? {
        if isDigit { return self &- UInt8(ascii: "0") }
        let letter = (self | 0x20) &- UInt8(ascii: "a")
        return letter <= 5 ? letter &+ 10 : nil
    }
}
