internal import Documents
internal import HTTP
internal import Newsroom
internal import Routing

/// `GET /v1/organizations/{id}/people`: the list of people, of those with an office in one organization.
struct PeopleOfHandlers: Sendable {
    private let newsroom: any NewsroomStore
    private let access: Access
    private let report: FailureReport
    private let listing: Listing<PersonDocument>

    init(
        _ newsroom: any NewsroomStore, access: Access, limits: APILimits, streams: StreamPlaces, report: @escaping FailureReport
    ) {
        self.newsroom = newsroom
        self.access = access
        self.report = report
        listing = Listing(newsroom, access: access, limits: limits, streams: streams, report: report)
    }

    /// - Throws: 404 or 410 where there is no such organization, and all that lists throw.
    func ofOrganizations(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let shelf = Shelf(store: newsroom.organizations, requestID: request.id, report: report)
        let organization = try await shelf.find(try path.key(of: OrganizationDocument.self), as: viewer)
        return try await listing.answer(
            to: request, at: "\(OrganizationDocument.path)/\(path["id"])/people",
            among: Filter(.organization, .equal, [.id(organization.record.id.text)]))
    }
}
