/// The id of a conflict: `con_`, the ULID of the event, a dot, and the property. It says what the conflict is about, so that none has to be
/// given out before somebody asks.
package struct ConflictID: Sendable, Hashable {
    package var about: ID<Event>
    package var property: String

    package static let prefix = "con_"

    /// - Parameter property: as `Claim.isProperty` has it.
    package init(about: ID<Event>, property: String) {
        self.about = about
        self.property = property
    }

    /// From exactly the text that `text` gives; nil for any other.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasPrefix(ConflictID.prefix), Claim.isProperty(String(parts[1])),
            let ulid = ULID(String(parts[0].dropFirst(ConflictID.prefix.count)))
        else { return nil }
        self.init(about: ID(ulid), property: String(parts[1]))
    }

    package var text: String { "\(ConflictID.prefix)\(about.ulid.text).\(property)" }
}
