internal import Documents
internal import HTTP
internal import Newsroom
internal import Routing

extension WebhookHandlers {
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
}
