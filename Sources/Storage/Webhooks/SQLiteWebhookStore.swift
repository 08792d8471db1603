import Locks
import Newsroom
import SQLite

/// The webhooks of one file.
///
/// Their rows are no part of the log. Whoever looks at them begins a snapshot of his own, since another process may have changed them. The
/// sender reads and writes in the writer's transactions, where nothing is old.
final class SQLiteWebhookStore: WebhookStore {
    private let engine: Engine
    private let observers = Lock<[@Sendable () -> Void]>([])

    init(_ engine: Engine) {
        self.engine = engine
    }

    func create(
        _ proposal: Proposal<Webhook.Draft>, secret: WebhookSecret, by actor: Actor
    ) async throws(StoreError) -> Webhook {
        try await change { session in try session.createWebhook(proposal, secret: secret, by: actor) }
    }

    func all() async throws(StoreError) -> [Webhook] {
        try await engine.readers.longQueries.read { database in try database.all(.allWebhooks).map(\.work.webhook) }
    }

    func find(_ id: WebhookID) async throws(StoreError) -> Webhook {
        try await engine.readers.longQueries.read { database in
            guard let stored = try database.first(.webhookByID, { $0.add(id.text) }) else { throw StoreError.notFound }
            return stored.work.webhook
        }
    }

    func revise(
        _ id: WebhookID, if precondition: Precondition, _ change: @escaping @Sendable (Webhook) -> Proposal<Webhook.Draft>
    ) async throws(StoreError) -> Webhook {
        try await self.change { session in try session.reviseWebhook(id, if: precondition, change) }
    }

    func delete(_ id: WebhookID, if precondition: Precondition) async throws(StoreError) {
        try await change { session in
            let stored = try session.webhook(id, if: precondition)
            try session.database.run(.deleteWebhook) { $0.add(stored.key) }
        }
    }

    func enable(_ id: WebhookID, after sequence: Int64?) async throws(StoreError) -> Webhook {
        try await change { session in try session.enableWebhook(id, after: sequence) }
    }

    func disable(_ id: WebhookID) async throws(StoreError) -> Webhook {
        try await change { session in try session.disableWebhook(id) }
    }

    func askForTest(of id: WebhookID) async throws(StoreError) -> Webhook {
        try await change { session in try session.askForWebhookTest(id) }
    }

    func deliveries(of id: WebhookID, before place: Int64?, limit: Int) async throws(StoreError) -> WebhookDeliveryPage {
        try await engine.readers.longQueries.read { database in
            guard let stored = try database.first(.webhookByID, { $0.add(id.text) }) else { throw StoreError.notFound }
            // One more than is told shows whether there is a next page.
            let rows = try database.all(.deliveries) { values in
                values.add(stored.key)
                values.add(place ?? .max)
                values.add(limit + 1)
            }
            let told = rows.prefix(limit)
            return WebhookDeliveryPage(deliveries: told.map(\.delivery), next: rows.count > limit ? told.last?.number : nil)
        }
    }

    func atWork() async throws(StoreError) -> [WebhookID: Int64] {
        try await engine.writer.perform { session in
            let rows = try session.database.all(.allWebhooks).filter(\.isAtWork).map { ($0.work.webhook.id, $0.changeCount) }
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }

    func work(of id: WebhookID) async throws(StoreError) -> WebhookWork? {
        try await engine.writer.perform { session in try session.webhookWork(id) }
    }

    func keep(
        _ step: WebhookStep?, _ delivery: WebhookDelivery, after work: WebhookWork
    ) async throws(StoreError) -> WebhookWork? {
        try await engine.writer.perform { session in try session.keep(step, delivery, after: work) }
    }

    func pass(to sequence: Int64, after work: WebhookWork) async throws(StoreError) -> WebhookWork? {
        try await engine.writer.perform { session in try session.pass(to: sequence, after: work) }
    }

    func observe(_ tell: @escaping @Sendable () -> Void) {
        observers.withLock { $0.append(tell) }
    }

    /// Does what a client asks for; the sender looks again.
    private func change<Answer: Sendable>(
        _ work: @escaping @Sendable (WriteSession) throws -> Answer
    ) async throws(StoreError) -> Answer {
        let answer = try await engine.writer.perform(work)
        for tell in observers.withLock({ $0 }) { tell() }
        return answer
    }
}
