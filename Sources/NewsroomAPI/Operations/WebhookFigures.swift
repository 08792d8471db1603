internal import Newsroom

/// How the webhooks are, counted.
struct WebhookFigures {
    var deliveringCount = 0
    /// Their last try was not taken, and another one is to come.
    var failingCount = 0
    var disabledCount = 0
    /// Milliseconds; 0 where none fails.
    var longestFailing = 0

    init(_ webhooks: [Webhook], at now: Instant) {
        for webhook in webhooks {
            if webhook.disabled != nil {
                disabledCount += 1
            } else if let since = webhook.position.failingSince {
                failingCount += 1
                longestFailing = max(longestFailing, Int(now.milliseconds - since.milliseconds))
            } else {
                deliveringCount += 1
            }
        }
    }
}
