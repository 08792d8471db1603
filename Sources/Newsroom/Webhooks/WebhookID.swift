/// The id of a webhook: `whk_` and a ULID.
package struct WebhookID: Sendable, Hashable {
    package let ulid: ULID

    package static let prefix = "whk_"

    package init(_ ulid: ULID) {
        self.ulid = ulid
    }

    /// From exactly the text that `text` gives; nil for any other.
    package init?(_ text: String) {
        guard text.hasPrefix(WebhookID.prefix), let ulid = ULID(String(text.dropFirst(WebhookID.prefix.count))) else { return nil }
        self.ulid = ulid
    }

    package var text: String { WebhookID.prefix + ulid.text }
}
