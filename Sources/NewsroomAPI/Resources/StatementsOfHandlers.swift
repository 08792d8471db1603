internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/people/{id}/statements` and its siblings: the list of statements, of those that one resource made or that are about it, in the
/// order in which they were said.
struct StatementsOfHandlers: Sendable {
    /// How many statements are read to tell whether a position changed.
    private static let changeCountMax = 1_000

    private let context: HandlerContext
    private let listing: Listing<StatementDocument>

    init(context: HandlerContext) {
        self.context = context
        listing = Listing(context: context)
    }

    /// What a person said; with `claim`, whether it changed.
    func ofPeople(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        if try Parameters(of: request).items.contains(where: { $0.name == "claim" }) { return try await changes(request, path) }
        return try await list(PersonDocument.self, .speaker, request, path)
    }

    func ofOrganizations(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(OrganizationDocument.self, .speaker, request, path)
    }

    func ofEvents(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(EventDocument.self, .event, request, path)
    }

    func ofArticles(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await list(ArticleDocument.self, .article, request, path)
    }

    /// - Throws: 404 or 410 where there is no such resource, and all that lists throw.
    private func list<Parent: ServedDocument>(
        _: Parent.Type, _ member: Statement.FilterMember, _ request: Request, _ path: PathParameters
    ) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let parent = try await context.shelf(of: Parent.self, for: request).find(try path.key(of: Parent.self), as: viewer)
        return try await listing.answer(
            to: request, at: "\(Parent.path)/\(path["id"])/statements", among: Filter(member, .equal, [.id(parent.record.id.text)]),
            sortedBy: Sort(.saidAt))
    }

    /// `{"data": [statements, each with "changed"], "complete"}`: what a person claimed on one question, or on all of one property.
    private func changes(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        try request.checkAcceptsJSON()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        let asOf = parameters.instant("as_of")
        let claim = parameters.claim()
        try parameters.finish(known: ["claim", "as_of", "pretty"])
        let person = try await context.shelf(of: PersonDocument.self, for: request).find(try path.key(of: PersonDocument.self), as: viewer)
        var query = ListQuery<Statement>(sort: Sort(.saidAt), limit: context.limits.pageLimitMax, asOf: asOf)
        query.filters = [Filter(.speaker, .equal, [.id(person.record.id.text)])] + claim
        var statements: [Statement] = []
        repeat {
            let page = try await context.shelf(of: StatementDocument.self, for: request).page(query, as: viewer)
            statements += page.items
            query.after = page.next
        } while query.after != nil && statements.count < StatementsOfHandlers.changeCountMax
        // What was said at a time that nobody knows comes last: it is compared with all before it.
        let timed = statements.filter { $0.draft.saidAt?.first != nil } + statements.filter { $0.draft.saidAt?.first == nil }
        let data = zip(timed, ClaimChanges.changes(in: timed)).map { StatementsOfHandlers.value(of: $0, changed: $1) }
        let answer = JSONValue.object(JSONObject([("data", .array(data)), ("complete", .bool(query.after == nil))]))
        return Response(
            status: .ok, fields: AnswerFields.json, body: .bytes(JSONWriter.text(of: answer, pretty: isPretty)), awaitsCoding: true)
    }

    private static func value(of statement: Statement, changed: Bool?) -> JSONValue {
        var writer = JSONWriter(reserving: 1_024)
        StatementDocument.write(statement, to: &writer, form: .listItem, selecting: nil)
        guard case .object(let object)? = try? JSONReader.read(writer.finish(), limits: .ofOwnText) else { return .null }
        return .object(JSONObject(object.members + [("changed", changed.map { .bool($0) } ?? .null)]))
    }
}

extension Parameters {
    /// `property`, or `about:property` with the event by id or slug.
    fileprivate mutating func claim() -> [Filter<Statement.FilterMember>] {
        let text = take("claim") ?? ""
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard let property = parts.last, Claim.isProperty(property) else {
            fail("claim", "must be a property, or an event by id or slug, a colon and a property, such as rafah-talks:departure_approved")
            return []
        }
        var filters = [Filter(Statement.FilterMember.claimProperty, .equal, [.text(property)])]
        guard parts.count == 2 else { return filters }
        if let id = ID<Event>(parts[0]) {
            filters.append(Filter(.claimAbout, .equal, [.id(id.text)]))
        } else if let slug = Slug(parts[0]) {
            filters.append(Filter(.claimAbout, .equal, [.slug(slug)]))
        } else {
            fail("claim", "names no event before its colon")
        }
        return filters
    }
}
