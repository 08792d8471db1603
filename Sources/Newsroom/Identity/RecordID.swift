/// What has an id of its own without being a resource.
package protocol Recorded {
    /// What its ids begin with: three letters and an underscore.
    static var idPrefix: String { get }
}

/// The id of something that is no resource, for good: its kind's prefix and a ULID, as in `rev_01HT3Z6V0Q8X9GZ5J2M4N7P1RS`.
package struct RecordID<R: Recorded>: Sendable, Hashable {
    package let ulid: ULID

    package static var prefix: String { R.idPrefix }

    package init(_ ulid: ULID) {
        self.ulid = ulid
    }

    /// From exactly the text that `text` gives; nil for any other, the id of another kind included.
    package init?(_ text: String) {
        guard text.hasPrefix(R.idPrefix), let ulid = ULID(text.utf8.span.extracting(droppingFirst: R.idPrefix.utf8.count)) else {
            return nil
        }
        self.ulid = ulid
    }

    package var text: String { R.idPrefix + ulid.text }
}
