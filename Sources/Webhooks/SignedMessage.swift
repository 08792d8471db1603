internal import Crypto
package import Newsroom

/// A message with what its receiver checks it by (Standard Webhooks 1.0.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`).
package struct SignedMessage: Sendable, Equatable {
    /// The same for each try of one message, so that a receiver can tell that it has it.
    package let id: String
    /// When it is sent, in seconds since 1970: a receiver refuses what is old, and so what somebody recorded and sends again.
    package let timestamp: Int64
    /// A JSON text.
    package let body: [UInt8]
    /// `v1,` and the HMAC-SHA-256 (RFC 2104) of `ID.TIMESTAMP.BODY` in base64.
    package let signature: String

    package init(id: String, sentAt now: Instant, body: [UInt8], secret: WebhookSecret) {
        self.id = id
        self.body = body
        timestamp = now.milliseconds / 1_000
        var code = HMAC<SHA256>(key: SymmetricKey(data: secret.bytes))
        code.update(data: Array("\(id).\(timestamp).".utf8))
        code.update(data: body)
        signature = "v1," + Base64.text(of: Array(code.finalize()))
    }

    /// The fields that it is sent with.
    package var fields: [(name: String, value: String)] {
        [
            ("Content-Type", "application/json"), ("webhook-id", id), ("webhook-timestamp", "\(timestamp)"),
            ("webhook-signature", signature),
        ]
    }
}
