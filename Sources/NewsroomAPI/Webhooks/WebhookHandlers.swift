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
        let secret = WebhookSecret()
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
        let object = try await request.document(as: PatchTypes.all, limits: context.limits)
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

    func asking<Answer: Sendable>(
        _ request: Request, _ ask: (any WebhookStore) async throws(StoreError) -> Answer
    ) async throws(Problem) -> Answer {
        do throws(StoreError) { return try await ask(context.newsroom.webhooks) } catch { throw context.problem(error, request) }
    }

    func pretty(_ request: Request) throws(Problem) -> Bool {
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        return isPretty
    }

    func id(_ path: PathParameters) throws(Problem) -> WebhookID {
        guard let id = WebhookID(path["id"]) else { throw Problem(StoreError.notFound) }
        return id
    }

    /// Nobody keeps it: it changes with each try, and once there is a secret in it, of which the tag tells nothing.
    func answer(_ webhook: Webhook, _ secret: WebhookSecret?, _ isPretty: Bool) -> Response {
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

    func unkept(_ response: Response) -> Response {
        var response = response
        response.fields[.cacheControl] = "no-store"
        return response
    }
}
