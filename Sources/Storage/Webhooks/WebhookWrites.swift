import Newsroom
import SQLite

// What is kept of webhooks, inside the writer's transaction.
extension WriteSession {
    /// - Throws: `notFound`, `staleVersion`; SQLite's errors.
    func webhook(_ id: WebhookID, if precondition: Precondition = .none) throws -> StoredWebhook {
        guard let stored = try database.first(.webhookByID, { $0.add(id.text) }) else { throw StoreError.notFound }
        let version = stored.work.webhook.version
        guard precondition.holds(for: version) else { throw StoreError.staleVersion(current: version) }
        return stored
    }

    /// - Throws: `invalid` with all that is wrong with it, and where there are as many as there may be; SQLite's errors.
    func createWebhook(_ proposal: Proposal<Webhook.Draft>, secret: WebhookSecret, by actor: Actor) throws -> Webhook {
        guard proposal.failures.isEmpty else { throw StoreError.invalid(ValidationFailure(proposal.failures)) }
        guard try database.all(.allWebhooks).count < Webhook.countMax else {
            let message = "there are \(Webhook.countMax) webhooks already, which is as many as there may be"
            throw StoreError.invalid(ValidationFailure([MemberFailure(path: "", rule: .tooMany, message: message)]))
        }
        let webhook = Webhook(
            id: WebhookID(newULID()), version: 1, draft: proposal.draft, position: WebhookPosition(sequence: sequence), createdAt: now,
            updatedAt: now)
        try database.run(.insertWebhook) { values in
            values.add(webhook.id.text)
            values.add(webhook.draft.url?.text)
            values.add(webhook.draft.description)
            values.add(webhook.draft.kindsColumn)
            values.add(webhook.draft.operationsColumn)
            values.add(webhook.draft.audience.rawValue)
            values.add(blob: secret.bytes)
            values.add(actor.name)
            values.add(now.milliseconds)
            values.add(sequence)
        }
        return webhook
    }

    /// - Throws: `notFound`, `staleVersion`, `invalid`; SQLite's errors.
    func reviseWebhook(
        _ id: WebhookID, if precondition: Precondition, _ change: (Webhook) -> Proposal<Webhook.Draft>
    ) throws -> Webhook {
        let stored = try webhook(id, if: precondition)
        var webhook = stored.work.webhook
        let proposal = change(webhook)
        guard proposal.failures.isEmpty else { throw StoreError.invalid(ValidationFailure(proposal.failures)) }
        guard proposal.draft != webhook.draft else { return webhook }
        webhook.draft = proposal.draft
        webhook.version += 1
        webhook.updatedAt = now
        webhook.position.nextAttemptAt = nil
        try database.run(.updateWebhook) { values in
            values.add(webhook.version)
            values.add(webhook.draft.url?.text)
            values.add(webhook.draft.description)
            values.add(webhook.draft.kindsColumn)
            values.add(webhook.draft.operationsColumn)
            values.add(webhook.draft.audience.rawValue)
            values.add(now.milliseconds)
            values.add(stored.key)
        }
        try placeWebhook(stored, webhook, isByClient: true)
        return webhook
    }

    /// - Throws: `notFound`; `invalid`; SQLite's errors.
    func enableWebhook(_ id: WebhookID, after place: Int64?) throws -> Webhook {
        let stored = try webhook(id)
        if let place, !(0...sequence).contains(place) {
            let message = "must be a number of the log, from 0 to \(sequence)"
            throw StoreError.invalid(ValidationFailure([MemberFailure(path: "/after", rule: .outOfRange, message: message)]))
        }
        var webhook = stored.work.webhook
        webhook.disabled = nil
        webhook.position = WebhookPosition(
            sequence: place ?? webhook.position.sequence, lastTakenAt: webhook.position.lastTakenAt)
        try placeWebhook(stored, webhook, isByClient: true)
        return webhook
    }

    /// - Throws: `notFound`; SQLite's errors.
    func disableWebhook(_ id: WebhookID) throws -> Webhook {
        let stored = try webhook(id)
        var webhook = stored.work.webhook
        guard webhook.disabled == nil else { return webhook }
        webhook.disabled = WebhookDisabling(.requested, at: now)
        try placeWebhook(stored, webhook, isByClient: true)
        return webhook
    }

    /// - Throws: `notFound`; SQLite's errors.
    func askForWebhookTest(_ id: WebhookID) throws -> Webhook {
        let stored = try webhook(id)
        try database.run(.askForWebhookTest) { values in
            values.add("\(id.text)-test-\(newULID().text)")
            values.add(stored.key)
        }
        return stored.work.webhook
    }

    /// What is to be done next; nil: nothing.
    func keep(_ step: WebhookStep?, _ delivery: WebhookDelivery, after work: WebhookWork) throws -> WebhookWork? {
        guard let stored = try database.first(.webhookByID, { $0.add(work.webhook.id.text) }) else { return nil }
        try log(delivery, of: stored)
        if stored.work.test == delivery.messageID { try database.run(.endWebhookTest) { $0.add(stored.key) } }
        if let step, stored.work.webhook.position == work.webhook.position, stored.work.webhook.disabled == nil {
            var webhook = stored.work.webhook
            webhook.position = step.position
            webhook.disabled = step.disabled
            try placeWebhook(stored, webhook, isByClient: false)
        }
        return try webhookWork(work.webhook.id)
    }

    /// What is to be done next; nil: nothing.
    func pass(to sequence: Int64, after work: WebhookWork) throws -> WebhookWork? {
        guard let stored = try database.first(.webhookByID, { $0.add(work.webhook.id.text) }) else { return nil }
        if stored.work.webhook.position == work.webhook.position {
            var webhook = stored.work.webhook
            webhook.position.sequence = sequence
            try placeWebhook(stored, webhook, isByClient: false)
        }
        return try webhookWork(work.webhook.id)
    }

    func webhookWork(_ id: WebhookID) throws -> WebhookWork? {
        guard let stored = try database.first(.webhookByID, { $0.add(id.text) }), stored.isAtWork else { return nil }
        return stored.work
    }

    private func placeWebhook(_ stored: StoredWebhook, _ webhook: Webhook, isByClient: Bool) throws(SQLiteError) {
        try database.run(.placeWebhook) { values in
            values.add(webhook.position.sequence)
            values.add(webhook.position.attemptCount)
            values.add(webhook.position.failingSince?.milliseconds)
            values.add(webhook.position.nextAttemptAt?.milliseconds)
            values.add(webhook.position.lastTakenAt?.milliseconds)
            values.add(webhook.disabled?.reason.rawValue)
            values.add(webhook.disabled?.at.milliseconds)
            values.add(isByClient ? 1 : 0)
            values.add(stored.key)
        }
    }

    /// Keeps a try, and lets go of those that are too many or too old.
    private func log(_ delivery: WebhookDelivery, of stored: StoredWebhook) throws(SQLiteError) {
        try database.run(.insertDelivery) { values in
            values.add(stored.key)
            values.add(delivery.messageID)
            values.add(delivery.sequence)
            values.add(delivery.attempt)
            values.add(delivery.attemptedAt.milliseconds)
            values.add(delivery.duration)
            values.add(delivery.outcome.rawValue)
            values.add(delivery.status.map { Int64($0) })
            values.add(delivery.response)
            values.add(delivery.trouble?.rawValue)
        }
        try database.run(.forgetDeliveries) { values in
            values.add(stored.key)
            values.add(WebhookDelivery.keptCountMax)
        }
        try database.run(.forgetOldDeliveries) { values in
            values.add(stored.key)
            values.add(delivery.attemptedAt.milliseconds - WebhookDelivery.keptMilliseconds)
        }
    }
}

extension Webhook.Draft {
    fileprivate var kindsColumn: String? { kinds?.map(\.rawValue).joined(separator: ",") }
    fileprivate var operationsColumn: String? { operations?.map(\.rawValue).joined(separator: ",") }
}
