internal import HTTP
internal import Newsroom
internal import Routing

/// What answers searches.
struct SearchHandlers: Sendable {
    let context: HandlerContext

    func search(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try SearchParameters(of: request, limits: context.limits)
        do {
            return asked.answer(with: try await context.newsroom.search(asked.query, as: viewer))
        } catch {
            throw problem(error, request)
        }
    }

    func suggest(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try SuggestParameters(of: request)
        do {
            return asked.answer(with: try await context.newsroom.suggestions(asked.text, limit: asked.limit, as: viewer))
        } catch {
            throw problem(error, request)
        }
    }

    private func problem(_ error: StoreError, _ request: Request) -> Problem {
        context.problem(error, request)
    }
}
