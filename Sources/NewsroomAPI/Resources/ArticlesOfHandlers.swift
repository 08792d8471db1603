internal import Documents
internal import HTTP
internal import Newsroom
internal import Routing

/// `GET /v1/people/{id}/articles` and its siblings: the list of articles, of those that refer to one resource.
struct ArticlesOfHandlers: Sendable {
    private let newsroom: any NewsroomStore
    private let access: Access
    private let report: FailureReport
    private let listing: Listing<ArticleDocument>

    init(
        _ newsroom: any NewsroomStore, access: Access, limits: APILimits, streams: StreamPlaces, report: @escaping FailureReport
    ) {
        self.newsroom = newsroom
        self.access = access
        self.report = report
        listing = Listing(newsroom, access: access, limits: limits, streams: streams, report: report)
    }

    func ofPeople(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(PersonDocument.self, .person, request, path)
    }

    func ofOrganizations(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(OrganizationDocument.self, .organization, request, path)
    }

    func ofEvents(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(EventDocument.self, .event, request, path)
    }

    /// - Throws: 404 or 410 where there is no such resource, and all that lists throw.
    private func list<Parent: ServedDocument>(
        _: Parent.Type, _ member: Article.FilterMember, _ request: Request, _ path: PathParameters
    ) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let shelf = Shelf(store: Parent.store(in: newsroom), requestID: request.id, report: report)
        let parent = try await shelf.find(try path.key(of: Parent.self), as: viewer)
        return try await listing.answer(
            to: request, at: "\(Parent.path)/\(path["id"])/articles", among: Filter(member, .equal, [.id(parent.record.id.text)]))
    }
}
