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
        guard asked.isUsual else { return asked.answer(with: try await shelf(for: request).page(asked.query, as: viewer)) }
        return asked.answer(with: try await shelf(for: request).renderedPage(asked.query, as: viewer))
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try access.viewer(of: request)
        let form = try WantedForm<Document>.ofReading(request)
        let (shelf, key) = (shelf(for: request), try path.key(of: Document.self))
        guard form.isUsual else {
            return form.representation(of: try await shelf.find(key, as: viewer, asOf: form.asOf)).shown
        }
        return Representation(try await shelf.rendering(key, as: viewer)).shown
    }

    func create(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try access.writer(of: request)
        let rendering = try WantedForm<Document>.ofWriting(request)
        try request.checkIsUnconditional()
        let object = try await request.document(as: [.json], limits: limits)
        let resource = try await shelf(for: request).create(Document.read(object, as: .create), by: writer)
        return rendering.representation(of: resource).created
    }

    func replace(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await revise(request, path, accepting: [.json], as: .replace)
    }

    func patch(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await revise(request, path, accepting: [.mergePatch, .json], as: .merge)
    }

    func delete(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try access.writer(of: request)
        _ = try WantedForm<Document>.ofWriting(request)
        try await shelf(for: request).delete(try path.key(of: Document.self), if: try request.precondition(), by: writer)
        return Response(status: .noContent, fields: AnswerFields.revalidated)
    }

    private func revise(
        _ request: Request, _ path: PathParameters, accepting types: [MediaType], as mode: ReadingMode
    ) async throws(Problem) -> Response {
        let writer = try access.writer(of: request)
        let rendering = try WantedForm<Document>.ofWriting(request)
        let (key, precondition) = (try path.key(of: Document.self), try request.precondition())
        let object = try await request.document(as: types, limits: limits)
        let resource = try await shelf(for: request).revise(key, if: precondition, by: writer) { stored in
            Document.read(object, over: stored.draft, of: stored.record, as: mode)
        }
        return rendering.representation(of: resource).shown
    }

    private func shelf(for request: Request) -> Shelf<Document.R> {
        Shelf(store: store, requestID: request.id, report: report)
    }
}
