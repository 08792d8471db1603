internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/events/{id}/why` and `/consequences`: the graph of causes from one event, step by step.
struct CauseHandlers: Sendable {
    let context: HandlerContext

    func why(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await chain(.causes, request, path)
    }

    func consequences(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await chain(.consequences, request, path)
    }

    private func chain(
        _ direction: CauseChain.Direction, _ request: Request, _ path: PathParameters
    ) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        let key = try path.key(of: EventDocument.self)
        let chain: CauseChain
        do throws(StoreError) {
            chain = try await context.newsroom.causes(direction, of: key, as: viewer)
        } catch {
            throw context.problem(error, request)
        }
        var writer = JSONWriter(pretty: isPretty, reserving: 1_024)
        chain.write(to: &writer)
        return Response(status: .ok, fields: AnswerFields.json, body: .bytes(writer.finish()), awaitsCoding: true)
    }
}
