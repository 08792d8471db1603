internal import Documents
internal import JSON
internal import Newsroom

/// What is to be delivered, before it is signed.
struct WebhookMessage: Sendable {
    let id: String
    /// The number of the entry; nil: it is a test.
    let sequence: Int64?
    let body: [UInt8]

    /// One entry of the change feed, as the feed shows it. Its id is that of the webhook with the entry's number, for good.
    static func change(_ change: Change, of work: WebhookWork) -> WebhookMessage {
        var writer = JSONWriter(reserving: 256)
        change.write(to: &writer, for: work.webhook.draft.audience.viewer)
        return WebhookMessage(
            id: "\(work.webhook.id.text)-\(change.sequence)", sequence: change.sequence, body: writer.finish())
    }

    /// `{"test": true, "webhook", "sent_at"}`.
    static func test(of work: WebhookWork, id: String, at now: Instant) -> WebhookMessage {
        let value: JSONValue = ["test": true, "webhook": .string(work.webhook.id.text), "sent_at": .string(now.rfc3339)]
        return WebhookMessage(id: id, sequence: nil, body: JSONWriter.text(of: value))
    }
}
