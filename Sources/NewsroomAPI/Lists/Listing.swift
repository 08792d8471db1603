internal import Documents
internal import HTTP
internal import HTTPTypes
internal import Newsroom

/// Answers lists of one kind, whatever path they are at and whatever shape they come in.
struct Listing<Document: ServedDocument>: Sendable {
    private let vocabulary = ListVocabulary<Document>()
    let context: HandlerContext

    /// - Parameters:
    ///   - path: where the list is, if that is not the kind's own path.
    ///   - own: what all of its items have in common there.
    ///   - sort: the order of a list that asks for none, if that is not the kind's own.
    func answer(
        to request: Request, at path: String = Document.path, among own: Filter<Document.R.FilterMember>? = nil,
        sortedBy sort: Sort<Document.R.SortMember> = Document.sortDefault
    ) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let asked = try ListParameters(of: request, vocabulary, at: path, among: own, sortedBy: sort, limits: context.limits)
        if let own = asked.query.filters.first(where: { $0.member.isInternal }) {
            try context.access.checkIsNewsroom(viewer, "The parameter \(own.member.rawValue) needs a token.")
        }
        let shelf = context.shelf(of: Document.self, for: request)
        guard asked.shape == .page else {
            _ = try request.acceptedCoding()
            let stream = ListStream(asked, of: shelf, as: viewer, place: try context.streams.take(), limits: context.limits)
            return try await stream.response(isHead: request.method == .head)
        }
        guard !asked.isUsual else {
            let page = try await shelf.renderedPage(asked.query, as: viewer)
            return asked.answer(with: page, try await facets(asked, from: shelf, as: viewer))
        }
        let page = try await shelf.page(asked.query, as: viewer)
        var related: Related?
        if let relations = asked.relations {
            let inclusion = Inclusion(newsroom: context.newsroom, limits: context.limits, requestID: request.id, report: context.report)
            related = try await inclusion.related(to: page.items, by: relations, asOf: asked.query.asOf, as: viewer)
        }
        return asked.answer(with: page, related, try await facets(asked, from: shelf, as: viewer))
    }

    private func facets(
        _ asked: ListParameters<Document>, from shelf: Shelf<Document.R>, as viewer: Viewer
    ) async throws(Problem) -> [Facet<Document.R>]? {
        guard let members = asked.facets else { return nil }
        let query = FacetQuery<Document.R>(
            filters: asked.query.filters, search: asked.query.search, asOf: asked.query.asOf, members: members,
            valueCountMax: context.limits.facetValueCountMax, within: context.limits.facetsWithin)
        return try await shelf.facets(query, as: viewer)
    }
}

/// Reads the whole resources that others refer to.
struct Inclusion {
    let newsroom: any NewsroomStore
    let limits: APILimits
    let requestID: RequestID
    let report: FailureReport

    /// - Parameter instant: as of which they are shown, as those that refer to them are; nil: now.
    func related<R: Resource>(
        to resources: [R], by relations: [R.Relation], asOf instant: Instant?, as viewer: Viewer
    ) async throws(Problem) -> Related {
        var ids = RelatedIDs(countMax: limits.includedCountMax)
        for resource in resources {
            for relation in relations { resource.addTargets(of: relation, to: &ids) }
        }
        do throws(StoreError) {
            var related = try await newsroom.related(ids, asOf: instant, as: viewer, byteCountMax: limits.pageByteCountMax)
            if ids.isCut { related.isComplete = false }
            return related
        } catch {
            throw Problem(error, requestID: requestID, report: report)
        }
    }
}
