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

    func create(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        try request.checkIsUnconditional()
        let (object, body) = try await request.documentWithBody(as: [.json], limits: context.limits)
        let terms = try wishes.terms(of: request, body: body) { wishes.created($0) }
        return wishes.created(try await shelf(for: request).create(Document.read(object, as: .create), by: writer, on: terms))
    }

    func replace(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await revise(request, path, accepting: [.json], as: .replace)
    }

    func patch(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await revise(request, path, accepting: [.mergePatch, .json], as: .merge)
    }

    func delete(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let deleted = try await shelf(for: request).delete(
            try path.key(of: Document.self), if: try request.precondition(), by: writer, isRehearsal: wishes.isRehearsal)
        return wishes.deleted(deleted)
    }

    private func revise(
        _ request: Request, _ path: PathParameters, accepting types: [MediaType], as mode: ReadingMode
    ) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let (key, precondition) = (try path.key(of: Document.self), try request.precondition())
        let object = try await request.document(as: types, limits: context.limits)
        let written = try await shelf(for: request).revise(key, if: precondition, by: writer, on: wishes.terms) { stored, _ in
            Document.read(object, over: stored.draft, of: stored.record, as: mode)
        }
        return wishes.changed(written)
    }

    private func shelf(for request: Request) -> Shelf<Document.R> { context.shelf(of: Document.self, for: request) }
}
