internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// One way of writing resources of a kind, as a route answers it and a batch takes it: what is read, what is written, what is shown.
///
/// Each check comes in the same order for all of them: who writes, what is wanted of the answer, which resource in which version, the body.
struct Writing<Document: ServedDocument>: Sendable {
    /// What is sent to write with.
    enum Content: Sendable {
        /// A JSON object of one of these types.
        case document([MediaType])
        /// A JSON object, or nothing, which says as much as an empty one.
        case action
        case nothing
    }

    /// How a body becomes a write.
    enum Reading: Sendable {
        /// What is made has no name and no version yet.
        case making(@Sendable (JSONObject) throws(Problem) -> ResourceWrite<Document.R>)
        case changing(@Sendable (WriteTarget<Document.R>, JSONObject) throws(Problem) -> ResourceWrite<Document.R>)
    }

    /// What the write is answered with.
    enum Answer: Sendable {
        /// 201 with the resource.
        case created
        /// 200 with the resource.
        case changed
        /// 204, or 200 with the resource as it was.
        case deleted
    }

    let context: HandlerContext
    let content: Content
    let answer: Answer
    let reading: Reading

    init(_ context: HandlerContext, _ content: Content, answering answer: Answer, _ reading: Reading) {
        self.context = context
        self.content = content
        self.answer = answer
        self.reading = reading
    }

    /// Answers a request of its own.
    func handle(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let target = try target(of: request, path)
        let (object, body) = try await sent(by: request)
        let write = try write(target, object)
        // Only POST has keys (RFC 9110 §9.2.2: the others may be sent again as they are).
        let terms =
            request.method == .post ? try wishes.terms(of: request, body: body) { shown($0, by: wishes) } : wishes.terms
        do throws(StoreError) {
            return shown(try await Document.store(in: context.newsroom).write(write, by: writer, on: terms), by: wishes)
        } catch {
            throw context.problem(error, request)
        }
    }

    private func target(of request: Request, _ path: PathParameters) throws(Problem) -> WriteTarget<Document.R>? {
        guard case .changing = reading else {
            try request.checkIsUnconditional()
            return nil
        }
        return WriteTarget(key: try path.key(of: Document.self), precondition: try request.precondition())
    }

    private func sent(by request: Request) async throws(Problem) -> (object: JSONObject, body: [UInt8]) {
        switch content {
        case .document(let types): try await request.documentWithBody(as: types, limits: context.limits)
        case .action: try await request.actionWithBody(limits: context.limits)
        case .nothing: (JSONObject([]), [])
        }
    }

    func write(_ target: WriteTarget<Document.R>?, _ object: JSONObject) throws(Problem) -> ResourceWrite<Document.R> {
        switch (reading, target) {
        case (.making(let read), _): return try read(object)
        case (.changing(let read), let target?): return try read(target, object)
        case (.changing, nil): throw Problem(StoreError.notFound)
        }
    }

    func shown(_ written: Written<Document.R>, by wishes: WriteWishes<Document>) -> Response {
        switch answer {
        case .created: wishes.created(written)
        case .changed: wishes.changed(written)
        case .deleted: wishes.deleted(written)
        }
    }
}

/// Which resource a write is about, and in which version.
struct WriteTarget<R: Resource>: Sendable {
    let key: ResourceKey<R>
    let precondition: Precondition
}
