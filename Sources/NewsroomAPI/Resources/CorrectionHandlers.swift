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
        let cursor = page.next.map { CorrectionCursor.text(of: $0, in: query) }
        var writer = JSONWriter(pretty: isPretty, reserving: 256 + page.items.count * 512)
        writer.beginObject()
        writer.name("data")
        writer.beginArray()
        for correction in page.items { correction.write(to: &writer) }
        writer.endArray()
        writer.name("page")
        writer.beginObject()
        writer.name("limit")
        writer.integer(Int64(query.limit))
        writer.name("next")
        if let cursor { writer.string(cursor) } else { writer.null() }
        writer.endObject()
        writer.endObject()
        var fields = AnswerFields.json
        if let cursor {
            let items = (repeated + [(name: "cursor", value: cursor)]).map { item in
                item.value.isEmpty
                    ? PercentEncoding.text(of: item.name)
                    : "\(PercentEncoding.text(of: item.name))=\(PercentEncoding.text(of: item.value))"
            }
            fields.append(HTTPField(name: .link, value: "<\(path)?\(items.joined(separator: "&"))>; rel=\"next\""))
        }
        return Response(status: .ok, fields: fields, body: .bytes(writer.finish()), awaitsCoding: true)
    }
}
