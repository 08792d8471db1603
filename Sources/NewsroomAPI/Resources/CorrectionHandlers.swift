internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/corrections` and `GET /v1/articles/{id}/corrections`: what readers were told after the publication, the newest first.
struct CorrectionHandlers: Sendable {
    let context: HandlerContext

    func all(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(request, of: nil, at: "/v1/corrections")
    }

    func ofArticle(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(request, of: try path.key(of: ArticleDocument.self), at: "\(ArticleDocument.path)/\(path["id"])/corrections")
    }

    private func list(_ request: Request, of article: ResourceKey<Article>?, at path: String) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try CorrectionParameters(of: request, article, context.limits)
        let page: CorrectionPage
        do throws(StoreError) {
            page = try await context.newsroom.corrections(asked.query, as: viewer)
        } catch {
            throw context.problem(error, request)
        }
        return asked.answer(with: page, at: path)
    }
}

extension CorrectionParameters {
    /// `{"data": […], "page": {"limit", "next"}}`, with the next page also as a link (RFC 8288).
    fileprivate func answer(with page: CorrectionPage, at path: String) -> Response {
        let next = NextPage(
            path: path, repeated: repeated, limit: query.limit, cursor: page.next.map { CorrectionCursor.text(of: $0, in: query) })
        return next.answer(with: page.items, isPretty: isPretty, reserving: 512) { $0.write(to: &$1) }
    }
}
