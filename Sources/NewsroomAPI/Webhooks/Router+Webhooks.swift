internal import Routing

extension Router {
    /// The routes of webhooks.
    mutating func addWebhooks(_ webhooks: WebhookHandlers) {
        get("/v1/webhooks", webhooks.list, summary: "who is told of changes")
        post("/v1/webhooks", webhooks.create, summary: "tell an address of changes")
        get("/v1/webhooks/{id}", webhooks.show, summary: "a webhook, and how far it has come")
        patch("/v1/webhooks/{id}", webhooks.patch, summary: "change a webhook (JSON Merge Patch)")
        delete("/v1/webhooks/{id}", webhooks.delete, summary: "tell it no more")
        get("/v1/webhooks/{id}/deliveries", webhooks.deliveries, summary: "what was sent to a webhook, and what came of it")
        post("/v1/webhooks/{id}/actions/enable", webhooks.enable, summary: "deliver again")
        post("/v1/webhooks/{id}/actions/disable", webhooks.disable, summary: "deliver no more until it is enabled")
        post("/v1/webhooks/{id}/actions/test", webhooks.test, summary: "send a test to a webhook")
    }
}
