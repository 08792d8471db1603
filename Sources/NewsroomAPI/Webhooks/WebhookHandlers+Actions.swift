internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

// The actions of webhooks: POSTs that say what is to become of one.
extension WebhookHandlers {
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
}
