internal import Documents
internal import HTTP
internal import HTTPTypes
internal import Newsroom
internal import Routing

/// What answers the routes of one kind of resource.
struct ResourceHandlers<Document: ServedDocument>: Sendable {
    private let store: any ResourceStore<Document.R>
    private let report: FailureReport
    private let access: Access
    private let limits: APILimits
    private let newsroom: any NewsroomStore
    private let listing: Listing<Document>

    init(
        _ newsroom: any NewsroomStore, access: Access, limits: APILimits, streams: StreamPlaces, report: @escaping FailureReport
    ) {
        self.newsroom = newsroom
        self.store = Document.store(in: newsroom)
        listing = Listing(newsroom, access: access, limits: limits, streams: streams, report: report)
        self.report = report
        self.access = access
        self.limits = limits
    }

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await listing.answer(to: request)
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let form = try WantedForm<Document>.ofReading(request)
        let (shelf, key) = (shelf(for: request), try path.key(of: Document.self))
        guard !form.isUsual else { return Representation(try await shelf.rendering(key, as: viewer)).shown }
        let resource = try await shelf.find(key, as: viewer, asOf: form.asOf)
        guard let relations = form.relations else { return form.representation(of: resource).shown }
        let inclusion = Inclusion(newsroom: newsroom, limits: limits, requestID: request.id, report: report)
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
        let writer = try access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        try request.checkIsUnconditional()
        let (object, body) = try await request.documentWithBody(as: [.json], limits: limits)
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
        let writer = try access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let deleted = try await shelf(for: request).delete(
            try path.key(of: Document.self), if: try request.precondition(), by: writer, isRehearsal: wishes.isRehearsal)
        return wishes.deleted(deleted)
    }

    private func revise(
        _ request: Request, _ path: PathParameters, accepting types: [MediaType], as mode: ReadingMode
    ) async throws(Problem) -> Response {
        let writer = try access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let (key, precondition) = (try path.key(of: Document.self), try request.precondition())
        let object = try await request.document(as: types, limits: limits)
        let written = try await shelf(for: request).revise(key, if: precondition, by: writer, on: wishes.terms) { stored, _ in
            Document.read(object, over: stored.draft, of: stored.record, as: mode)
        }
        return wishes.changed(written)
    }

    private func shelf(for request: Request) -> Shelf<Document.R> {
        Shelf(store: store, requestID: request.id, report: report)
    }
}
