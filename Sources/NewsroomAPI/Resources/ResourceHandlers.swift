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
    private let vocabulary = ListVocabulary<Document>()

    init(_ newsroom: any NewsroomStore, access: Access, limits: APILimits, report: @escaping FailureReport) {
        self.store = Document.store(in: newsroom)
        self.report = report
        self.access = access
        self.limits = limits
    }

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let asked = try ListParameters(of: request, vocabulary, limits: limits)
        let page = try await shelf(for: request).page(asked.query, as: viewer)
        return asked.answer(with: page)
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let rendering = try Rendering<Document>.ofReading(request)
        let resource = try await shelf(for: request).find(try key(path), as: viewer)
        return rendering.representation(of: resource).shown
    }

    func create(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try access.writer(of: request)
        let wishes = try WriteWishes<Document>(of: request)
        try request.checkIsUnconditional()
        let (object, body) = try await request.documentWithBody(as: [.json], limits: limits)
        let terms = try wishes.terms(of: request, body: body) { wishes.created($0) }
        return try await shelf(for: request).create(Document.read(object, as: .create), by: writer, on: terms)
            .response { wishes.created($0) }
    }

    func replace(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await revise(request, path, accepting: [.json], as: .replace)
    }

    func patch(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await revise(request, path, accepting: [.mergePatch, .json], as: .merge)
    }

    func delete(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try access.writer(of: request)
        let wishes = try WriteWishes<Document>(of: request)
        let deleted = try await shelf(for: request).delete(
            try key(path), if: try request.precondition(), by: writer, isRehearsal: wishes.isRehearsal)
        return wishes.deleted(deleted)
    }

    private func revise(
        _ request: Request, _ path: PathParameters, accepting types: [MediaType], as mode: ReadingMode
    ) async throws(Problem) -> Response {
        let writer = try access.writer(of: request)
        let wishes = try WriteWishes<Document>(of: request)
        let (key, precondition) = (try key(path), try request.precondition())
        let object = try await request.document(as: types, limits: limits)
        return try await shelf(for: request).revise(key, if: precondition, by: writer, on: wishes.terms) { stored in
            Document.read(object, over: stored.draft, of: stored.record, as: mode)
        }
        .response { wishes.changed($0) }
    }

    private func shelf(for request: Request) -> Shelf<Document.R> {
        Shelf(store: store, requestID: request.id, report: report)
    }

    /// The resource that a path names, by id or by slug, which no id looks like; a text of neither form names nothing.
    private func key(_ path: PathParameters) throws(Problem) -> ResourceKey<Document.R> {
        let text = path["id"]
        if let id = ID<Document.R>(text) { return .id(id) }
        if let slug = Slug(text) { return .slug(slug) }
        throw Problem(StoreError.notFound)
    }
}
