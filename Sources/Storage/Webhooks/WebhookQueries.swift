import Newsroom
import SQLite

/// A webhook's row.
struct StoredWebhook: Sendable {
    let key: Int64
    var work: WebhookWork
    let changeCount: Int64

    /// Whether there is anything to be sent to it.
    var isAtWork: Bool { work.webhook.disabled == nil || work.test != nil }
}

extension Query<StoredWebhook> {
    private static let columns = """
        SELECT key, id, version, url, description, kinds, operations, audience, secret, created_at_ms, updated_at_ms, disabled_reason,
            disabled_at_ms, seq, attempt_count, failing_since_ms, next_attempt_at_ms, last_taken_at_ms, test_id, change_count
        FROM webhook
        """

    static let webhookByID = Query(SQL(assembled: columns + "\nWHERE id = $1"), decode: StoredWebhook.init(row:))
    static let allWebhooks = Query(SQL(assembled: columns + "\nORDER BY key"), decode: StoredWebhook.init(row:))
}

extension StoredWebhook {
    fileprivate init(row: borrowing Row) throws(SQLiteError) {
        guard let id = WebhookID(row.text(1)) else { throw .undecodable("webhook.id") }
        guard let secret = WebhookSecret(bytes: row.blob(8)) else { throw .undecodable("webhook.secret") }
        var disabled: WebhookDisabling?
        if let at = row.instantOrNil(12) { disabled = WebhookDisabling(try row.word(11, "webhook.disabled_reason"), at: at) }
        let draft = Webhook.Draft(
            url: try row.valueOrNil(3, "webhook.url") { WebURL($0) }, description: row.textOrNil(4),
            kinds: try row.valueOrNil(5, "webhook.kinds") { StoredWebhook.words(in: $0) },
            operations: try row.valueOrNil(6, "webhook.operations") { StoredWebhook.words(in: $0) },
            audience: try row.word(7, "webhook.audience"))
        let position = WebhookPosition(
            sequence: row.integer(13), attemptCount: Int(row.integer(14)), failingSince: row.instantOrNil(15),
            nextAttemptAt: row.instantOrNil(16), lastTakenAt: row.instantOrNil(17))
        let webhook = Webhook(
            id: id, version: Int(row.integer(2)), draft: draft, position: position, disabled: disabled, createdAt: row.instant(9),
            updatedAt: row.instant(10))
        self.init(
            key: row.integer(0), work: WebhookWork(webhook: webhook, secret: secret, test: row.textOrNil(18)),
            changeCount: row.integer(19))
    }

    /// What stands by comma in a column; nil where a word is unknown.
    private static func words<Word: RawRepresentable<String>>(in text: String) -> [Word]? {
        let words = text.split(separator: ",").map { Word(rawValue: String($0)) }
        return words.contains { $0 == nil } ? nil : words.compactMap(\.self)
    }
}

/// A try, and its number among all of its webhook's.
struct StoredDelivery: Sendable {
    let number: Int64
    let delivery: WebhookDelivery
}

extension Query<StoredDelivery> {
    static let deliveries = Query(
        """
        SELECT number, message_id, seq, attempt, attempted_at_ms, duration_ms, outcome, status, response, trouble
        FROM webhook_delivery
        WHERE webhook_key = $1 AND number < $2
        ORDER BY number DESC
        LIMIT $3
        """
    ) { row throws(SQLiteError) in
        StoredDelivery(
            number: row.integer(0),
            delivery: WebhookDelivery(
                messageID: row.text(1), sequence: row.integerOrNil(2), attempt: Int(row.integer(3)), attemptedAt: row.instant(4),
                duration: row.integer(5), outcome: try row.word(6, "webhook_delivery.outcome"), status: row.integerOrNil(7).map { Int($0) },
                response: row.textOrNil(8),
                trouble: try row.valueOrNil(9, "webhook_delivery.trouble") { WebhookDelivery.Trouble(rawValue: $0) }))
    }
}
