internal import Newsroom

/// A place in a list as text that a client carries to the next page, and need not understand.
///
/// It is bound to the list that it was made for (kind, sort, filters, in whatever order they were given, what is looked for, and the
/// instant that it is read as of) and to nothing else: `limit`, `fields` and `count` may change from page to page. Its bytes, before
/// base64url: form (1), fingerprint of the list (8), tie-breaker (8), kind of the sort key (1), sort key (0, 8 or as many as its text has),
/// checksum (4); integers with the lowest byte first. The checksum finds what was cut off or mistyped. It is no signature: a forged cursor
/// shows nothing that the list itself does not show.
enum Cursor {
    /// Why a text is no cursor for a list.
    enum Failure: Error, Equatable {
        case malformed
        /// It was made for another kind, sort, or set of filters.
        case foreign
    }

    private static let form: UInt8 = 1
    private static let headByteCount = 18
    private static let checksumByteCount = 4

    private enum KeyKind: UInt8 {
        case null, text, integer
    }

    static func text<R>(of position: Position, in query: ListQuery<R>) -> String {
        var bytes = [form]
        append(fingerprint(of: query).bits, to: &bytes)
        append(UInt64(bitPattern: position.tieBreaker), to: &bytes)
        switch position.sortKey {
        case .null:
            bytes.append(KeyKind.null.rawValue)
        case .text(let text):
            bytes.append(KeyKind.text.rawValue)
            bytes.append(contentsOf: text.utf8)
        case .integer(let value):
            bytes.append(KeyKind.integer.rawValue)
            append(UInt64(bitPattern: value), to: &bytes)
        }
        append(checksum(of: bytes), to: &bytes)
        return Base64URL.text(of: bytes)
    }

    static func position<R>(of text: String, in query: ListQuery<R>) throws(Failure) -> Position {
        guard let bytes = Base64URL.bytes(of: text), bytes.count >= headByteCount + checksumByteCount, bytes[0] == form else {
            throw .malformed
        }
        let content = bytes[..<(bytes.count - checksumByteCount)]
        guard integer(bytes[content.endIndex...]) == UInt64(checksum(of: Array(content))) else { throw .malformed }
        guard integer(content[1..<9]) == fingerprint(of: query).bits else { throw .foreign }
        guard let sortKey = sortKey(kind: content[17], bytes: content[headByteCount...], of: query.sort.member.keyType) else {
            throw .malformed
        }
        return Position(sortKey: sortKey, tieBreaker: Int64(bitPattern: integer(content[9..<17])))
    }

    private static func sortKey(kind: UInt8, bytes: ArraySlice<UInt8>, of keyType: SortKeyType) -> Position.SortKey? {
        switch KeyKind(rawValue: kind) {
        case .null:
            return bytes.isEmpty ? .null : nil
        case .integer:
            guard bytes.count == 8, keyType == .integer else { return nil }
            return .integer(Int64(bitPattern: integer(bytes)))
        case .text:
            guard keyType == .text, let text = String(validating: bytes, as: UTF8.self) else { return nil }
            return .text(text)
        case nil:
            return nil
        }
    }

    /// What a list is, whatever the page: its kind, its sort and its filters, the same for every order of the parameters.
    private static func fingerprint<R>(of query: ListQuery<R>) -> Fingerprint {
        var bytes: [UInt8] = []
        for part in [R.kind.rawValue, query.sort.member.rawValue, query.sort.isDescending ? "desc" : "asc"] {
            append(part, to: &bytes)
        }
        if let instant = query.asOf { append("@\(instant.milliseconds)", to: &bytes) }
        if let search = query.search { append("?\(search.text)", to: &bytes) }
        let filters = query.filters.map { filter in
            var bytes: [UInt8] = []
            append(filter.member.rawValue, to: &bytes)
            append(filter.comparison.rawValue, to: &bytes)
            for value in filter.values { append(text(of: value), to: &bytes) }
            return bytes
        }
        for filter in filters.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            bytes.append(0xFF)
            bytes.append(contentsOf: filter)
        }
        return Fingerprint(of: bytes)
    }

    private static func text(of value: FilterValue) -> String {
        switch value {
        case .text(let text): "t\(text)"
        case .integer(let value): "n\(value)"
        case .instant(let instant): "m\(instant.milliseconds)"
        case .id(let id): "i\(id)"
        case .slug(let slug): "s\(slug.text)"
        case .externalID(let id): "e\(id.description)"
        case .window(let edtf): "w\(edtf.text)"
        // Filters that clients give are none of these yet.
        case .office(let question): "o\(question)"
        }
    }

    /// Ended by a byte that occurs in no UTF-8 text, so that parts cannot run into each other.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0xFE)
    }

    private static func append(_ value: some FixedWidthInteger & UnsignedInteger, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func checksum(of bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: Fingerprint(of: bytes).bits)
    }
}
