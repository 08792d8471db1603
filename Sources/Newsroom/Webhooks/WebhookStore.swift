/// The webhooks and how far each has come. They are no resources: they have no history, and no export carries them.
package protocol WebhookStore: Sendable {
    /// A new one, which is told of what changes from now on.
    ///
    /// - Throws: `invalid` for failing members, and where there are as many as there may be; `queueFull`, `locked`, `diskFull`,
    ///   `unavailable`.
    func create(_ proposal: Proposal<Webhook.Draft>, secret: WebhookSecret, by actor: Actor) async throws(StoreError) -> Webhook

    /// All of them, the oldest first.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func all() async throws(StoreError) -> [Webhook]

    /// - Throws: `notFound`; `overloaded`, `deadline`, `unavailable`.
    func find(_ id: WebhookID) async throws(StoreError) -> Webhook

    /// Changes what a client can write. It goes on from where it is; an entry that was tried in vain is tried at once.
    ///
    /// - Throws: what `change` throws; `notFound`, `staleVersion`, `invalid`; as `create`.
    func revise(
        _ id: WebhookID, if precondition: Precondition, _ change: @escaping @Sendable (Webhook) -> Proposal<Webhook.Draft>
    ) async throws(StoreError) -> Webhook

    /// Ends it, its log of deliveries included.
    ///
    /// - Throws: `notFound`, `staleVersion`; as `create`.
    func delete(_ id: WebhookID, if precondition: Precondition) async throws(StoreError)

    /// Delivers again, from where it stopped or from behind another number of the log.
    ///
    /// - Throws: `notFound`; `invalid` for a number that the log does not have yet, at `/after`; as `create`.
    func enable(_ id: WebhookID, after sequence: Int64?) async throws(StoreError) -> Webhook

    /// Stops delivering until it is enabled.
    ///
    /// - Throws: `notFound`; as `create`.
    func disable(_ id: WebhookID) async throws(StoreError) -> Webhook

    /// Asks for a delivery of a test, once and soon, whether it is enabled or not.
    ///
    /// - Throws: `notFound`; as `create`.
    func askForTest(of id: WebhookID) async throws(StoreError) -> Webhook

    /// The log of its deliveries.
    ///
    /// - Parameter place: `WebhookDeliveryPage.next` of the page before; nil for the first.
    /// - Throws: `notFound`; `overloaded`, `deadline`, `unavailable`.
    func deliveries(of id: WebhookID, before place: Int64?, limit: Int) async throws(StoreError) -> WebhookDeliveryPage

    // What the sender asks.

    /// Those that there is something to do for (they are enabled, or a test is asked for), each with how often clients have changed it.
    ///
    /// - Throws: `queueFull`, `locked`, `diskFull`, `unavailable`.
    func atWork() async throws(StoreError) -> [WebhookID: Int64]

    /// All that is needed to deliver to one, as it is at this moment; nil: there is nothing to do for it.
    ///
    /// - Throws: as `atWork`.
    func work(of id: WebhookID) async throws(StoreError) -> WebhookWork?

    /// Keeps what a try came to, where the webhook still stands where it stood in `work`. It is on disk on return.
    ///
    /// - Parameter step: nil for a test, which moves nothing.
    /// - Returns: what is to be done next.
    /// - Throws: as `atWork`.
    func keep(
        _ step: WebhookStep?, _ delivery: WebhookDelivery, after work: WebhookWork
    ) async throws(StoreError) -> WebhookWork?

    /// Keeps that up to a number there is nothing that it wants, or nothing that is not settled.
    ///
    /// - Throws: as `atWork`.
    func pass(to sequence: Int64, after work: WebhookWork) async throws(StoreError) -> WebhookWork?

    /// Has somebody told whenever a client of this process has changed something about a webhook; it must be quick.
    func observe(_ tell: @escaping @Sendable () -> Void)
}

/// One webhook with all that is needed to deliver to it.
package struct WebhookWork: Sendable, Equatable {
    package var webhook: Webhook
    package var secret: WebhookSecret
    /// The id of a test that is asked for; nil: none is.
    package var test: String?

    package init(webhook: Webhook, secret: WebhookSecret, test: String? = nil) {
        self.webhook = webhook
        self.secret = secret
        self.test = test
    }
}
