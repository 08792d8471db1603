/// The id of an unnamed source, for good: `src_` and a ULID. Whoever is behind it, it is the same in all statements that name it.
package struct SourceID: Sendable, Hashable {
    package let ulid: ULID

    package static let prefix = "src_"

    package init(_ ulid: ULID) {
        self.ulid = ulid
    }

    /// From exactly the text that `text` gives; nil for any other.
    package init?(_ text: String) {
        guard text.hasPrefix(SourceID.prefix), let ulid = ULID(text.utf8.span.extracting(droppingFirst: SourceID.prefix.utf8.count)) else {
            return nil
        }
        self.ulid = ulid
    }

    package var text: String { SourceID.prefix + ulid.text }
}
