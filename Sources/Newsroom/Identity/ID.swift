/// The id of a resource of one kind, for good: the kind's prefix, an underscore, and a ULID: `art_01HT3Z6V0Q8X9GZ5J2M4N7P1RS`.
package struct ID<R: Resource>: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let ulid: ULID

    package init(_ ulid: ULID) {
        self.ulid = ulid
    }

    /// From exactly the text that `text` gives; nil for any other, the id of another kind included.
    package init?(_ text: String) {
        self.init(text.utf8.span)
    }

    package init?(_ text: Span<UInt8>) {
        let prefix = R.kind.idPrefixBytes
        guard text.count == ID.length, text[3] == UInt8(ascii: "_"),
            text[0] == prefix.0, text[1] == prefix.1, text[2] == prefix.2,
            let ulid = ULID(text.extracting(droppingFirst: 4))
        else { return nil }
        self.ulid = ulid
    }

    /// A new id.
    package static func make(at instant: Instant, randomness: inout some RandomSource) -> ID {
        ID(ULID(at: instant, randomness: &randomness))
    }

    /// Characters in the text.
    package static var length: Int { 4 + ULID.length }

    package var text: String {
        let bytes = bytes
        return String(ascii: bytes.span)
    }

    package var description: String { text }

    /// The bytes of the text, without making a string of it.
    package var bytes: InlineArray<30, UInt8> {
        let prefix = R.kind.idPrefixBytes
        var bytes = InlineArray<30, UInt8>(repeating: UInt8(ascii: "_"))
        bytes[0] = prefix.0
        bytes[1] = prefix.1
        bytes[2] = prefix.2
        var span = bytes.mutableSpan
        var raw = span.mutableBytes
        ulid.write(to: &raw, at: 4)
        return bytes
    }

    package static func < (one: ID, other: ID) -> Bool {
        one.ulid < other.ulid
    }
}

extension Kind {
    /// The three letters of `idPrefix`.
    var idPrefixBytes: (UInt8, UInt8, UInt8) {
        switch self {
        case .article: (UInt8(ascii: "a"), UInt8(ascii: "r"), UInt8(ascii: "t"))
        case .person: (UInt8(ascii: "p"), UInt8(ascii: "e"), UInt8(ascii: "r"))
        case .organization: (UInt8(ascii: "o"), UInt8(ascii: "r"), UInt8(ascii: "g"))
        case .event: (UInt8(ascii: "e"), UInt8(ascii: "v"), UInt8(ascii: "t"))
        case .statement: (UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "a"))
        }
    }

    /// The kind whose ids begin like this text; nil when none does.
    package init?(ofID text: String) {
        guard let kind = Kind.allCases.first(where: { text.hasPrefix($0.idPrefix + "_") }) else { return nil }
        self = kind
    }
}
