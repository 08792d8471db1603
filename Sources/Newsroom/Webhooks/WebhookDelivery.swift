/// One try to deliver one entry, as the log of deliveries has it.
package struct WebhookDelivery: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case taken, refused, failed
        /// Refused once too often: the next entry comes now.
        case givenUp = "given_up"
    }

    /// What kept a request from being answered.
    package enum Trouble: String, Sendable, CaseIterable {
        /// The address is none that the server may send to.
        case addressRefused = "address_refused"
        case nameNotFound = "name_not_found"
        case connectionFailed = "connection_failed"
        /// The receiver's certificate is not good, or no secure connection came about.
        case insecure = "tls_failed"
        case timeout
        case connectionLost = "connection_lost"
        case other = "failed"
    }

    /// The id that the receiver sees, the same for each try.
    package var messageID: String
    /// The number of the entry in the log; nil: it was a test.
    package var sequence: Int64?
    /// 1, 2, 3 …
    package var attempt: Int
    package var attemptedAt: Instant
    /// In milliseconds.
    package var duration: Int64
    package var outcome: Outcome
    /// Of the receiver's answer; nil: there was none.
    package var status: Int?
    /// The beginning of its body, as text.
    package var response: String?
    package var trouble: Trouble?

    /// How many bytes of an answer are kept.
    package static let responseByteCountMax = 1_024
    /// How many tries of one webhook are kept, and for how long: 30 days, in milliseconds.
    package static let keptCountMax = 500
    package static let keptMilliseconds: Int64 = 30 * 86_400_000

    package init(
        messageID: String, sequence: Int64?, attempt: Int, attemptedAt: Instant, duration: Int64, outcome: Outcome, status: Int? = nil,
        response: String? = nil, trouble: Trouble? = nil
    ) {
        self.messageID = messageID
        self.sequence = sequence
        self.attempt = attempt
        self.attemptedAt = attemptedAt
        self.duration = duration
        self.outcome = outcome
        self.status = status
        self.response = response
        self.trouble = trouble
    }
}

/// One page of the log of deliveries, the newest first.
package struct WebhookDeliveryPage: Sendable, Equatable {
    package var deliveries: [WebhookDelivery]
    /// Before which number the next page begins; nil: there is none.
    package var next: Int64?

    package init(deliveries: [WebhookDelivery], next: Int64?) {
        self.deliveries = deliveries
        self.next = next
    }
}
