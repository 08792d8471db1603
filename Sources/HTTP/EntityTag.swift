/// What names one state of a representation (RFC 9110 §8.8.3): `"7"`, or weakly `W/"7"`.
package struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotes: visible characters other than the quote.
    package let opaque: String
    package let isWeak: Bool

    package init(_ opaque: String, isWeak: Bool = false) {
        let bytes = opaque.utf8.span
        for index in bytes.indices { precondition(Self.isMember(bytes[index]), "An entity tag holds visible characters, and no quote.") }
        self.opaque = opaque
        self.isWeak = isWeak
    }

    package var description: String {
        isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\""
    }

    /// Strong comparison (RFC 9110 §8.8.3.2), for If-Match: a weak tag equals nothing.
    package func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Weak comparison, for If-None-Match.
    package func matchesWeakly(_ other: EntityTag) -> Bool {
        opaque == other.opaque
    }

    /// `[ "W/" ] DQUOTE *etagc DQUOTE`; a backslash is a character like others.
    static func read(_ scanner: inout FieldScanner) -> EntityTag? {
        let isWeak = scanner.take("W/")
        guard scanner.take(UInt8(ascii: "\"")) else { return nil }
        let opaque = scanner.span(while: isMember) ?? ""
        guard scanner.take(UInt8(ascii: "\"")) else { return nil }
        return EntityTag(opaque, isWeak: isWeak)
    }

    private static func isMember(_ byte: UInt8) -> Bool {
        byte > .space && byte != UInt8(ascii: "\"") && byte != 0x7F
    }
}
