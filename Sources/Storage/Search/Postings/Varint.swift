import SQLite

/// Unsigned integers of seven bits a byte, the lowest first; the high bit says that more follow.
enum Varint {
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The integer that begins at `index`, which is moved behind it.
    ///
    /// - Throws: `damagedPostings` where the bytes end in it, or it is no integer of 63 bits.
    @inline(__always)
    static func read(_ bytes: Span<UInt8>, at index: inout Int) throws(SQLiteError) -> Int64 {
        guard index < bytes.count else { throw .damagedPostings }
        let first = bytes[index]
        index &+= 1
        if first < 0x80 { return Int64(first) }
        return try readRest(bytes, at: &index, Int64(first & 0x7F))
    }

    private static func readRest(_ bytes: Span<UInt8>, at index: inout Int, _ first: Int64) throws(SQLiteError) -> Int64 {
        var value = first
        var shift: Int64 = 7
        while index < bytes.count, shift < 63 {
            let byte = bytes[index]
            index &+= 1
            value |= Int64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift &+= 7
        }
        throw .damagedPostings
    }
}

extension SQLiteError {
    /// A block of the search index whose bytes are not postings.
    static let damagedPostings = SQLiteError(code: .corrupt, message: "damaged postings", context: "search_block")
}
