internal import Locks
package import Newsroom

/// Delivers changes to all webhooks: a courier for each, one that watches the log for all of them, and one that looks after the couriers.
package final class WebhookSender: Sendable {
    /// Told, for the log, what kept the store from telling what is to be sent.
    package typealias Report = @Sendable (String) -> Void

    private struct Courier {
        /// How often clients had changed its webhook when it began.
        let changeCount: Int64
        let task: Task<Void, Never>
    }

    private let newsroom: any NewsroomStore
    private let transport: any WebhookTransport
    private let rules: WebhookRules
    private let now: @Sendable () -> Instant
    private let report: Report
    /// Rung when a client has changed a webhook.
    private let changed = Bell()
    /// Rung when the log has grown.
    private let grown = Bell()
    private let running = Lock<Task<Void, Never>?>(nil)

    /// How long it waits after a failure of the store before it asks again.
    private static let pause = Duration.seconds(5)
    /// How long one wait for the log takes, which no cancellation shortens.
    private static let look = Duration.milliseconds(500)

    package init(
        _ newsroom: any NewsroomStore, transport: any WebhookTransport, rules: WebhookRules = WebhookRules(),
        now: @escaping @Sendable () -> Instant, report: @escaping Report
    ) {
        self.newsroom = newsroom
        self.transport = transport
        self.rules = rules
        self.now = now
        self.report = report
    }

    /// Begins. Called once.
    package func start() {
        newsroom.webhooks.observe { [changed] in changed.ring() }
        running.withLock { $0 = Task.detached { [self] in await run() } }
    }

    /// Ends: what is on its way is given up, and sent again by the next start.
    package func stop() async {
        let task = running.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
    }

    private func run() async {
        var couriers: [WebhookID: Courier] = [:]
        var watch: Task<Void, Never>?
        while !Task.isCancelled {
            let count = changed.count
            do throws(StoreError) {
                try await renew(&couriers)
            } catch {
                report("webhooks: \(error)")
                try? await Task.sleep(for: WebhookSender.pause)
                continue
            }
            // Where nobody is told, nobody watches.
            if couriers.isEmpty {
                watch?.cancel()
                watch = nil
            } else if watch == nil {
                watch = Task.detached { [self] in await watchLog() }
            }
            await changed.wait(past: count)
        }
        for courier in couriers.values { courier.task.cancel() }
        watch?.cancel()
        for courier in couriers.values { await courier.task.value }
        await watch?.value
    }

    /// Begins anew with those that a client has changed. One courier ends before its successor begins, so that nothing is delivered out of
    /// order.
    private func renew(_ couriers: inout [WebhookID: Courier]) async throws(StoreError) {
        let atWork = try await newsroom.webhooks.atWork()
        for (id, courier) in couriers where atWork[id] == nil {
            courier.task.cancel()
            couriers[id] = nil
        }
        for (id, changeCount) in atWork where couriers[id]?.changeCount != changeCount {
            let last = couriers[id]?.task
            last?.cancel()
            let task = Task.detached { [self] in
                await last?.value
                await deliver(to: id)
            }
            couriers[id] = Courier(changeCount: changeCount, task: task)
        }
    }

    private func deliver(to id: WebhookID) async {
        let courier = WebhookCourier(id: id, newsroom: newsroom, transport: transport, rules: rules, grown: grown, now: now)
        while !Task.isCancelled {
            do {
                return try await courier.run()
            } catch is CancellationError {
                return
            } catch {
                // The store is asked again after a while: webhooks are no reason to end.
                report("webhook \(id.text): \(error)")
                try? await Task.sleep(for: WebhookSender.pause)
            }
        }
    }

    /// Waits for the log to grow, for all couriers together.
    private func watchLog() async {
        var newest: Int64 = 0
        while !Task.isCancelled {
            do throws(StoreError) {
                let seen = try await newsroom.waitForChanges(after: newest, within: WebhookSender.look)
                guard seen > newest else { continue }
                newest = seen
                grown.ring()
            } catch {
                try? await Task.sleep(for: WebhookSender.pause)
            }
        }
    }
}
