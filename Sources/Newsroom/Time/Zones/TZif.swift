/// Reads compiled time zones: TZif, versions 1 to 4 (RFC 9636).
///
/// Every length is compared with what is there before it is used, so that a damaged file is refused and nothing else.
enum TZif {
    /// The rules in a file; nil for what is none, is cut short, contradicts itself, or counts leap seconds, as instants here do not.
    static func rules(_ bytes: [UInt8]) -> ZoneRules? {
        let span = bytes.span
        guard let first = Header(span, at: 0) else { return nil }
        let fingerprint = Int64(bitPattern: Fingerprint(of: bytes).bits | 2)
        guard first.version >= UInt8(ascii: "2") else {
            guard first.end(timeWidth: 4) <= span.count, let table = Table(span, first, timeWidth: 4) else { return nil }
            return ZoneRules(firstOffset: table.firstOffset, changes: table.changes, fingerprint: fingerprint)
        }
        // Of a later version the first block is for readers of version 1 alone.
        let second = first.end(timeWidth: 4)
        guard second <= span.count, let header = Header(span, at: second), header.version == first.version,
            header.end(timeWidth: 8) <= span.count, let table = Table(span, header, timeWidth: 8),
            let footer = footer(span, at: header.end(timeWidth: 8))
        else { return nil }
        var rule: ZoneRule?
        if !footer.isEmpty {
            guard let read = ZoneRule(span.extracting(footer)) else { return nil }
            rule = read
        }
        return ZoneRules(firstOffset: table.firstOffset, changes: table.changes, rule: rule, fingerprint: fingerprint)
    }

    /// Where the text of the rule is, between two line feeds.
    private static func footer(_ bytes: Span<UInt8>, at start: Int) -> Range<Int>? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "\n") else { return nil }
        for index in start + 1..<bytes.count where bytes[index] == UInt8(ascii: "\n") { return start + 1..<index }
        return nil
    }

    private struct Header {
        static let byteCount = 44

        let version: UInt8
        /// Of the block behind it.
        let start: Int
        let universalCount: Int
        let standardCount: Int
        let leapCount: Int
        let changeCount: Int
        let typeCount: Int
        let nameByteCount: Int

        init?(_ bytes: Span<UInt8>, at position: Int) {
            guard position >= 0, bytes.count - position >= Header.byteCount else { return nil }
            for (index, byte) in "TZif".utf8.enumerated() where bytes[position + index] != byte { return nil }
            version = bytes[position + 4]
            guard version == 0 || (UInt8(ascii: "2")...UInt8(ascii: "4")).contains(version) else { return nil }
            func count(_ number: Int) -> Int { TZif.integer(bytes, at: position + 20 + 4 * number, width: 4) & 0xFFFF_FFFF }
            (universalCount, standardCount, leapCount) = (count(0), count(1), count(2))
            (changeCount, typeCount, nameByteCount) = (count(3), count(4), count(5))
            start = position + Header.byteCount
            // A first block that is for nobody may be empty.
            guard typeCount >= 1 || version != 0 else { return nil }
        }

        /// Where the block ends. The counts have 32 bits each, so that nothing overflows.
        func end(timeWidth: Int) -> Int {
            start + changeCount * (timeWidth + 1) + typeCount * 6 + nameByteCount + leapCount * (timeWidth + 4) + standardCount
                + universalCount
        }
    }

    private struct Table {
        let firstOffset: Int
        let changes: [ZoneChange]

        /// - Precondition: the block ends within the bytes.
        init?(_ bytes: Span<UInt8>, _ header: Header, timeWidth: Int) {
            guard header.leapCount == 0, (1...256).contains(header.typeCount) else { return nil }
            let indexes = header.start + header.changeCount * timeWidth
            let types = indexes + header.changeCount
            var offsets: [Int] = []
            for number in 0..<header.typeCount {
                let offset = TZif.integer(bytes, at: types + 6 * number, width: 4)
                guard abs(offset) <= ZoneRules.offsetMax, bytes[types + 6 * number + 4] <= 1 else { return nil }
                offsets.append(offset)
            }
            var changes: [ZoneChange] = []
            changes.reserveCapacity(header.changeCount)
            for number in 0..<header.changeCount {
                let at = TZif.integer(bytes, at: header.start + timeWidth * number, width: timeWidth)
                let type = Int(bytes[indexes + number])
                guard type < offsets.count, abs(at) <= TZif.secondMax, changes.last.map({ $0.at < at }) ?? true else { return nil }
                changes.append(ZoneChange(at: at, offset: offsets[type]))
            }
            firstOffset = offsets[0]
            self.changes = changes
        }
    }

    /// Beyond what any file has (the first may lie before the beginning of the universe), and far from where sums overflow.
    private static let secondMax = 1 << 60

    /// A number with its sign, the most significant byte first.
    private static func integer(_ bytes: Span<UInt8>, at position: Int, width: Int) -> Int {
        var value = UInt64(0)
        for index in position..<position + width { value = value << 8 | UInt64(bytes[index]) }
        return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
    }
}
