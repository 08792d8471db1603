internal import Logging
internal import Newsroom
internal import Webhooks

/// Who brings the changes of a store to its webhooks while the server runs.
struct Postman: Sendable {
    private let sender: WebhookSender
    private let transport: CurlTransport

    /// Begins at once.
    init(_ newsroom: any NewsroomStore, _ settings: Settings, _ destinations: DestinationRule, _ log: Logger) {
        var rules = WebhookRules()
        rules.failingMax = Int64(settings.integer(.webhooksFailingDaysMax)) * 86_400_000
        transport = CurlTransport(
            version: Version.text, destinations: destinations, concurrentCountMax: settings.integer(.webhooksConcurrentMax))
        sender = WebhookSender(newsroom, transport: transport, rules: rules, now: { Instant.now() }) { reason in
            log.error("webhooks cannot be delivered to", metadata: ["reason": "\(reason)"])
        }
        sender.start()
    }

    /// Ends: what is on its way is given up, and comes again with the next start.
    func stop() async {
        await sender.stop()
        await transport.close()
    }
}
