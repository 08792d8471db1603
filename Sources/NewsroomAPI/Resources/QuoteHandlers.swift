internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/articles/{id}/quotes`: whether what an article reports still stands in its body.
struct QuoteHandlers: Sendable {
    let context: HandlerContext

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        let key = try path.key(of: ArticleDocument.self)
        let quotes: ArticleQuotes
        do throws(StoreError) {
            quotes = try await context.newsroom.quotes(of: key, as: viewer)
        } catch {
            throw context.problem(error, request)
        }
        var writer = JSONWriter(pretty: isPretty, reserving: 1_024)
        quotes.write(to: &writer)
        return Response(status: .ok, fields: AnswerFields.json, body: .bytes(writer.finish()), awaitsCoding: true)
    }
}
