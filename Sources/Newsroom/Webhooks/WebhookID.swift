package typealias WebhookID = RecordID<Webhook>

extension Webhook: Recorded {
    package static let idPrefix = "whk_"
}
