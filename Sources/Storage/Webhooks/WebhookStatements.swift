import SQLite

// What webhooks and their deliveries are written by.
extension SQL {
    static let insertWebhook = SQL(
        """
        INSERT INTO webhook (
            id, version, url, description, kinds, operations, audience, secret, actor, created_at_ms, updated_at_ms, seq, attempt_count,
            change_count
        )
        VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, 0, 1)
        """)

    static let updateWebhook = SQL(
        """
        UPDATE webhook
        SET version = $1, url = $2, description = $3, kinds = $4, operations = $5, audience = $6, updated_at_ms = $7
        WHERE key = $8
        """)

    static let placeWebhook = SQL(
        """
        UPDATE webhook
        SET seq = $1, attempt_count = $2, failing_since_ms = $3, next_attempt_at_ms = $4, last_taken_at_ms = $5, disabled_reason = $6,
            disabled_at_ms = $7, change_count = change_count + $8
        WHERE key = $9
        """)

    static let askForWebhookTest = SQL(
        """
        UPDATE webhook
        SET test_id = $1, change_count = change_count + 1
        WHERE key = $2
        """)

    static let endWebhookTest = SQL(
        """
        UPDATE webhook
        SET test_id = NULL
        WHERE key = $1
        """)

    static let deleteWebhook = SQL("DELETE FROM webhook WHERE key = $1")

    static let insertDelivery = SQL(
        """
        INSERT INTO webhook_delivery (
            webhook_key, number, message_id, seq, attempt, attempted_at_ms, duration_ms, outcome, status, response, trouble
        )
        VALUES (
            $1, coalesce((SELECT max(number) FROM webhook_delivery WHERE webhook_key = $1), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10
        )
        """)

    static let forgetDeliveries = SQL(
        """
        DELETE FROM webhook_delivery
        WHERE webhook_key = $1 AND number <= (SELECT max(number) FROM webhook_delivery WHERE webhook_key = $1) - $2
        """)

    /// Of the oldest 64: more come by than that grow old.
    static let forgetOldDeliveries = SQL(
        """
        DELETE FROM webhook_delivery
        WHERE webhook_key = $1 AND number < (SELECT min(number) FROM webhook_delivery WHERE webhook_key = $1) + 64
            AND attempted_at_ms < $2
        """)
}
