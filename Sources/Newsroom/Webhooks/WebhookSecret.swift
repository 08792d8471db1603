/// What the deliveries of one webhook are signed with: 32 random bytes. It is shown once, to whoever makes the webhook, and is kept as it
/// is, since a signature cannot be made with less.
package struct WebhookSecret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let bytes: [UInt8]

    package static let byteCount = 32

    /// Nil for anything but 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == WebhookSecret.byteCount else { return nil }
        self.bytes = bytes
    }

    /// A new one, of the system's random bits.
    package init() {
        var random = SystemRandomNumberGenerator()
        bytes = (0..<WebhookSecret.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// As it is shown (Standard Webhooks, "Symmetric signatures"): `whsec_` and the bytes in base64.
    package var text: String { "whsec_" + Base64.text(of: bytes) }

    /// So that none is printed or logged by mistake.
    package var description: String { "whsec_…" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
