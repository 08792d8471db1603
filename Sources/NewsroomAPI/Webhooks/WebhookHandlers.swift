internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// What admins do with webhooks: who is told of changes, and what came of it. Delivering is another's work, who is told by the store.
struct WebhookHandlers: Sendable {
    let context: HandlerContext
    /// Where URLs may lead.
    let destinations: DestinationRule

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        let isPretty = try pretty(request)
        let webhooks = try await asking(request) { store throws(StoreError) in try await store.all() }
        let page = NextPage(path: "/v1/webhooks", repeated: [], limit: Webhook.countMax, cursor: nil)
        return unkept(page.answer(with: webhooks, isPretty: isPretty, reserving: 512) { $0.write(to: &$1) })
    }

    /// 201 with the webhook and, this once, its secret.
    func create(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let admin = try context.access.admin(of: request)
        let isPretty = try pretty(request)
        try request.checkIsUnconditional()
        // The answer holds the secret, and an answer that is kept would be another place for it.
        try request.checkIsPlain(repeating: "List the webhooks to see whether it was made; a second one can be deleted.")
        let object = try await request.document(as: [.json], limits: context.limits)
        let proposal = Webhook.Draft.read(object, destinations)
        guard proposal.failures.isEmpty else { throw .invalid(proposal.failures) }
        var randomness = SystemRandomNumberGenerator()
        let secret = WebhookSecret(randomness: &randomness)
        let webhook = try await asking(request) { store throws(StoreError) in
            try await store.create(proposal, secret: secret, by: admin)
        }
        var response = answer(webhook, secret, isPretty)
        response.status = .created
        response.fields[.location] = "/v1/webhooks/\(webhook.id.text)"
        return response
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        let isPretty = try pretty(request)
        let id = try id(path)
        return answer(try await asking(request) { store throws(StoreError) in try await store.find(id) }, nil, isPretty)
    }

    func patch(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        let isPretty = try pretty(request)
        let (id, precondition) = (try id(path), try request.precondition())
        try request.checkIsPlain(repeating: "If-Match sees to it that a change is made once.")
        let object = try await request.document(as: [.mergePatch, .json], limits: context.limits)
        let changed = try await asking(request) { [destinations] store throws(StoreError) in
            try await store.revise(id, if: precondition) { Webhook.Draft.read(object, over: $0.draft, destinations) }
        }
        return answer(changed, nil, isPretty)
    }

    func delete(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        _ = try pretty(request)
        let (id, precondition) = (try id(path), try request.precondition())
        try request.checkIsPlain(repeating: "What is deleted stays so.")
        try await asking(request) { store throws(StoreError) in try await store.delete(id, if: precondition) }
        return Response(status: .noContent, fields: [.cacheControl: "no-store", .vary: "Authorization"])
    }

    /// The log of deliveries, the newest first.
    func deliveries(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let repeated = parameters.items.filter { $0.name != "cursor" }
        let isPretty = parameters.flag("pretty")
        let limit = parameters.limit(context.limits)
        let cursor = parameters.take("cursor")
        try parameters.finish(known: ["limit", "cursor", "pretty"])
        let id = try id(path)
        var place: Int64?
        if let cursor {
            guard let number = Int64(cursor), number > 0, "\(number)" == cursor else {
                throw Problem(
                    .invalidCursor, detail: "The cursor is not one that was given out for this list.",
                    hint: "Follow `next` as it is, or begin again without a cursor.")
            }
            place = number
        }
        let page = try await asking(request) { [place] store throws(StoreError) in
            try await store.deliveries(of: id, before: place, limit: limit)
        }
        let next = NextPage(
            path: "/v1/webhooks/\(id.text)/deliveries", repeated: repeated, limit: limit, cursor: page.next.map { "\($0)" })
        return unkept(next.answer(with: page.deliveries, isPretty: isPretty, reserving: 512) { $0.write(to: &$1) })
    }

    /// `{"after": 1704}`, or nothing: it goes on where it stopped.
    func enable(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await act(request, path, knowing: ["after"]) { store, id, object throws(StoreError) in
            let after = try object["after"].flatMap { value throws(StoreError) in try WebhookHandlers.sequence(value) }
            return try await store.enable(id, after: after)
        }
    }

    func disable(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await act(request, path, knowing: []) { store, id, _ throws(StoreError) in try await store.disable(id) }
    }

    /// 202: it is sent soon, and the log of deliveries tells what came of it.
    func test(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        var response = try await act(request, path, knowing: []) { store, id, _ throws(StoreError) in try await store.askForTest(of: id) }
        response.status = .accepted
        return response
    }

    private func act(
        _ request: Request, _ path: PathParameters, knowing names: [String],
        _ work: @escaping @Sendable (any WebhookStore, WebhookID, JSONObject) async throws(StoreError) -> Webhook
    ) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        let isPretty = try pretty(request)
        let id = try id(path)
        try request.checkIsUnconditional()
        try request.checkIsPlain(repeating: "The action may be repeated as it is.")
        let object = try await request.actionWithBody(limits: context.limits).object
        let strangers = object.members.filter { !names.contains($0.name) }
        guard strangers.isEmpty else {
            let message = names.isEmpty ? "does not exist here: the action takes nothing" : "does not exist here; there is `after`"
            throw .invalid(strangers.map { MemberFailure(path: "/\($0.name)", rule: .unknownMember, message: message) })
        }
        return answer(try await asking(request) { store throws(StoreError) in try await work(store, id, object) }, nil, isPretty)
    }

    private static func sequence(_ value: JSONValue) throws(StoreError) -> Int64? {
        switch value {
        case .null: return nil
        case .integer(let number): return number
        default:
            let message = "must be a number of the log, such as `seq` of a change"
            throw .invalid(ValidationFailure([MemberFailure(path: "/after", rule: .wrongType, message: message)]))
        }
    }

    private func asking<Answer: Sendable>(
        _ request: Request, _ ask: (any WebhookStore) async throws(StoreError) -> Answer
    ) async throws(Problem) -> Answer {
        do throws(StoreError) { return try await ask(context.newsroom.webhooks) } catch { throw context.problem(error, request) }
    }

    private func pretty(_ request: Request) throws(Problem) -> Bool {
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        return isPretty
    }

    private func id(_ path: PathParameters) throws(Problem) -> WebhookID {
        guard let id = WebhookID(path["id"]) else { throw Problem(StoreError.notFound) }
        return id
    }

    /// Nobody keeps it: it changes with each try, and once there is a secret in it, of which the tag tells nothing.
    private func answer(_ webhook: Webhook, _ secret: WebhookSecret?, _ isPretty: Bool) -> Response {
        let shown = bytes(of: webhook, nil, isPretty)
        let fields: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store", .vary: "Accept, Authorization"]
        return Response(
            status: .ok, fields: AnswerFields.tagged(fields, RepresentationTag.tag(version: webhook.version, of: shown)),
            body: .bytes(secret == nil ? shown : bytes(of: webhook, secret, isPretty)))
    }

    private func bytes(of webhook: Webhook, _ secret: WebhookSecret?, _ isPretty: Bool) -> [UInt8] {
        var writer = JSONWriter(pretty: isPretty, reserving: 768)
        webhook.write(to: &writer, secret: secret)
        return writer.finish()
    }

    private func unkept(_ response: Response) -> Response {
        var response = response
        response.fields[.cacheControl] = "no-store"
        return response
    }
}

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
