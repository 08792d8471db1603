internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/corrections` and `GET /v1/articles/{id}/corrections`: what readers were told after the publication, the newest first.
struct CorrectionHandlers: Sendable {
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

    func all(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(request, of: nil, at: "/v1/corrections")
    }

    func ofArticle(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(request, of: try path.key(of: ArticleDocument.self), at: "\(ArticleDocument.path)/\(path["id"])/corrections")
    }

    private func list(_ request: Request, of article: ResourceKey<Article>?, at path: String) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let asked = try CorrectionParameters(of: request, article, limits)
        let page: CorrectionPage
        do throws(StoreError) {
            page = try await newsroom.corrections(asked.query, as: viewer)
        } catch {
            throw Problem(error, requestID: request.id, report: report)
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
