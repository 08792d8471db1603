internal import Documents
internal import HTTP
internal import HTTPTypes
internal import Newsroom
internal import Routing

/// What answers the routes of one kind of resource.
struct ResourceHandlers<Document: ServedDocument>: Sendable {
    private let context: HandlerContext
    private let store: any ResourceStore<Document.R>
    private let listing: Listing<Document>

    init(context: HandlerContext) {
        self.context = context
        store = Document.store(in: context.newsroom)
        listing = Listing(context: context)
    }

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await listing.answer(to: request)
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let form = try WantedForm<Document>.ofReading(request)
        let (shelf, key) = (shelf(for: request), try path.key(of: Document.self))
        guard !form.isUsual else { return Representation(try await shelf.rendering(key, as: viewer)).shown }
        let resource = try await shelf.find(key, as: viewer, asOf: form.asOf)
        guard let relations = form.relations else { return form.representation(of: resource).shown }
        let inclusion = Inclusion(newsroom: context.newsroom, limits: context.limits, requestID: request.id, report: context.report)
        let related = try await inclusion.related(to: [resource], by: relations, asOf: form.asOf, as: viewer)
        return form.representation(of: resource, with: related).shown
    }

    /// `show` to a client that takes it as it is, where nothing is asked for but the usual form, and the store has that ready.
    func showAtOnce(_ request: Request, _ path: PathParameters, to viewer: Viewer) throws(Problem) -> Response? {
        guard !request.head.target.hasQuery else { return nil }
        let key = try path.key(of: Document.self)
        do throws(StoreError) {
            return try store.renderingAtOnce(key, as: viewer).map { Representation.shownAsItIs($0) }
        } catch {
            throw shelf(for: request).problem(error)
        }
    }

    var create: Writing<Document> {
        Writing(context, .document([.json]), answering: .created, .making { .create(Document.read($0, as: .create)) })
    }

    var replace: Writing<Document> { revision(accepting: [.json], as: .replace) }

    var patch: Writing<Document> { revision(accepting: PatchTypes.all, as: .merge) }

    var delete: Writing<Document> {
        Writing(context, .nothing, answering: .deleted, .changing { target, _ in .delete(target.key, if: target.precondition) })
    }

    private func revision(accepting types: [MediaType], as mode: ReadingMode) -> Writing<Document> {
        Writing(
            context, .document(types), answering: .changed,
            .changing { target, object in
                .revise(target.key, if: target.precondition) { stored, _ in
                    Document.read(object, over: stored.draft, of: stored.record, as: mode)
                }
            })
    }

    private func shelf(for request: Request) -> Shelf<Document.R> { context.shelf(of: Document.self, for: request) }
}
