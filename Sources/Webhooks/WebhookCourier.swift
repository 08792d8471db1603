internal import Newsroom

/// Delivers to one webhook, one message after the other, until there is nothing more to do for it or it is cancelled.
///
/// What a try came to is stored before the next one begins, so that whatever ends the program, the next start repeats one message at the
/// most.
struct WebhookCourier: Sendable {
    let id: WebhookID
    let newsroom: any NewsroomStore
    let transport: any WebhookTransport
    let rules: WebhookRules
    /// Rung when the log has grown.
    let grown: Bell
    let now: @Sendable () -> Instant

    /// How many entries of the log are read at a time.
    private static let pageCount = 100
    /// Behind how many entries that it does not want a webhook's place is stored all the same: a start looks at no more of them again.
    private static let passedCountMax: Int64 = 1_000

    /// - Throws: what the store throws; `CancellationError`.
    func run() async throws {
        var entries = PendingEntries()
        var next = try await newsroom.webhooks.work(of: id)
        // Whether it was looked at after the last wait: a client may have changed or deleted the webhook meanwhile, and has been answered
        // before this task is told.
        var isCurrent = true
        while let work = next, !Task.isCancelled {
            let count = grown.count
            if let test = work.test {
                next = try await deliver(.test(of: work, id: test, at: now()), work)
            } else if let moment = work.webhook.position.nextAttemptAt, moment > now() {
                try await Task.sleep(for: .milliseconds(moment.milliseconds - now().milliseconds))
                isCurrent = false
            } else if let change = try await entries.first(for: work, in: newsroom, countMax: WebhookCourier.pageCount) {
                if isCurrent {
                    next = try await deliver(.change(change, of: work), work)
                } else {
                    next = try await newsroom.webhooks.work(of: id)
                    if next?.webhook.draft != work.webhook.draft { entries = PendingEntries() }
                    isCurrent = true
                }
            } else if entries.end - work.webhook.position.sequence >= WebhookCourier.passedCountMax {
                next = try await newsroom.webhooks.pass(to: entries.end, after: work)
            } else {
                await grown.wait(past: count)
                isCurrent = false
            }
        }
    }

    /// Sends a message and keeps what came of it.
    private func deliver(_ message: WebhookMessage, _ work: WebhookWork) async throws -> WebhookWork? {
        guard let url = work.webhook.draft.url else { return nil }
        let start = now()
        let signed = SignedMessage(id: message.id, sentAt: start, body: message.body, secret: work.secret)
        let answer = try await transport.send(signed, to: url)
        let attempt = Attempt(answer)
        let end = now()
        var (step, count) = (WebhookStep?.none, 1)
        if let sequence = message.sequence {
            count = work.webhook.position.attemptCount + 1
            step = rules.step(
                from: work.webhook.position, attempt.outcome, of: sequence, at: end, jitter: Double.random(in: 0..<1))
        }
        let delivery = WebhookDelivery(
            messageID: message.id, sequence: message.sequence, attempt: count, attemptedAt: start,
            duration: max(end.milliseconds - start.milliseconds, 0), outcome: attempt.told(isGivenUp: step?.isGivenUp ?? false),
            status: attempt.status, response: attempt.response, trouble: attempt.trouble)
        return try await newsroom.webhooks.keep(step, delivery, after: work)
    }
}

/// What an answer means.
private struct Attempt {
    let outcome: DeliveryOutcome
    var status: Int?
    var response: String?
    var trouble: WebhookDelivery.Trouble?

    init(_ answer: WebhookAnswer) {
        switch answer {
        case .status(let status, let response, let retryAfter):
            outcome = DeliveryOutcome(status: status, retryAfter: retryAfter)
            self.status = status
            // What is not UTF-8 shows as U+FFFD; it is for people.
            self.response = response.isEmpty ? nil : String(decoding: response, as: UTF8.self)
        case .trouble(let trouble):
            outcome = .failed(after: nil)
            self.trouble = trouble
        }
    }

    func told(isGivenUp: Bool) -> WebhookDelivery.Outcome {
        switch outcome {
        case .taken: .taken
        case .refused where isGivenUp: .givenUp
        case .refused, .gone: .refused
        case .failed: .failed
        }
    }
}
