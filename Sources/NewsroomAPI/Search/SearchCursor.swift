internal import HTTP
internal import Newsroom

/// A place in what was found, as text: bound to the search that it was made for. Its bytes, before base64url: form (1), fingerprint of the
/// search (8), score (8), key (8), checksum (4); integers with the lowest byte first. It is no signature: a forged cursor shows nothing
/// that the search itself does not show.
enum SearchCursor {
    private static let form: UInt8 = 2
    private static let byteCount = 29

    static func text(of position: SearchPosition, in query: SearchQuery) -> String {
        var bytes = [form]
        append(fingerprint(of: query), to: &bytes)
        append(position.score.bitPattern, to: &bytes)
        append(UInt64(bitPattern: position.key), to: &bytes)
        append(Fingerprint(of: bytes).bits, to: &bytes)
        return Base64URL.text(of: Array(bytes.prefix(byteCount)))
    }

    /// - Throws: 400 `invalid_cursor`.
    static func position(of text: String, in query: SearchQuery) throws(Problem) -> SearchPosition {
        guard let bytes = Base64URL.bytes(of: text), bytes.count == byteCount, bytes[0] == form else { throw malformed }
        let checksum = Fingerprint(of: Array(bytes[..<25])).bits & 0xFFFF_FFFF
        guard integer(bytes[25...]) == checksum else { throw malformed }
        guard integer(bytes[1..<9]) == fingerprint(of: query) else {
            throw problem("The cursor belongs to another search: to other words, another sort, or other filters.")
        }
        let score = Double(bitPattern: integer(bytes[9..<17]))
        guard score.isFinite else { throw malformed }
        return SearchPosition(score: score, key: Int64(bitPattern: integer(bytes[17..<25])))
    }

    private static var malformed: Problem { problem("The cursor is not one that was given out here.") }

    private static func problem(_ detail: String) -> Problem {
        Problem(.invalidCursor, detail: detail, hint: "Follow `next` as it is, or begin again without a cursor.")
    }

    /// What a search is, whatever the page, its facets and its limit.
    private static func fingerprint(of query: SearchQuery) -> UInt64 {
        var parts = [query.expression.text, query.order.rawValue] + query.kinds.map(\.rawValue).sorted()
        parts += query.filters.map { "\($0.member.rawValue)=\($0.values)" }.sorted()
        parts += ["\(query.from?.milliseconds ?? .min)", "\(query.to?.milliseconds ?? .max)"]
        var bytes: [UInt8] = []
        for part in parts {
            bytes.append(contentsOf: part.utf8)
            bytes.append(0xFE)
        }
        return Fingerprint(of: bytes).bits
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
