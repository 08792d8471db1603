internal import Documents
internal import HTTP
internal import Newsroom
internal import Routing

/// `GET /v1/people/{id}/articles` and its siblings: the list of articles, of those that refer to one resource.
struct ArticlesOfHandlers: Sendable {
    private let context: HandlerContext
    private let listing: Listing<ArticleDocument>

    init(context: HandlerContext) {
        self.context = context
        listing = Listing(context: context)
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
        let viewer = try context.access.viewer(of: request)
        let shelf = context.shelf(of: Parent.self, for: request)
        let parent = try await shelf.find(try path.key(of: Parent.self), as: viewer)
        return try await listing.answer(
            to: request, at: "\(Parent.path)/\(path["id"])/articles", among: Filter(member, .equal, [.id(parent.record.id.text)]))
    }
}
