internal import HTTP
internal import Newsroom
internal import Routing

/// What answers searches.
struct SearchHandlers: Sendable {
    private let newsroom: any NewsroomStore
    private let access: Access
    private let limits: APILimits
    private let report: FailureReport

    init(_ newsroom: any NewsroomStore, access: Access, limits: APILimits, report: @escaping FailureReport) {
        self.newsroom = newsroom
        self.access = access
        self.limits = limits
        self.report = report
    }

    func search(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let asked = try SearchParameters(of: request, limits: limits)
        do {
            return asked.answer(with: try await newsroom.search(asked.query, as: viewer))
        } catch {
            throw problem(error, request)
        }
    }

    func suggest(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let asked = try SuggestParameters(of: request)
        do {
            return asked.answer(with: try await newsroom.suggestions(asked.text, limit: asked.limit, as: viewer))
        } catch {
            throw problem(error, request)
        }
    }

    private func problem(_ error: StoreError, _ request: Request) -> Problem {
        Problem(error, requestID: request.id, report: report)
    }
}
