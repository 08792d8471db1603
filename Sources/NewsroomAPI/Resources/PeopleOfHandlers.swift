internal import Documents
internal import HTTP
internal import Newsroom
internal import Routing

/// `GET /v1/organizations/{id}/people`: the list of people, of those with an office in one organization.
struct PeopleOfHandlers: Sendable {
    private let context: HandlerContext
    private let listing: Listing<PersonDocument>

    init(context: HandlerContext) {
        self.context = context
        listing = Listing(context: context)
    }

    /// - Throws: 404 or 410 where there is no such organization, and all that lists throw.
    func ofOrganizations(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let shelf = context.shelf(of: OrganizationDocument.self, for: request)
        let organization = try await shelf.find(try path.key(of: OrganizationDocument.self), as: viewer)
        return try await listing.answer(
            to: request, at: "\(OrganizationDocument.path)/\(path["id"])/people",
            among: Filter(.organization, .equal, [.id(organization.record.id.text)]))
    }
}
