internal import Documents
internal import HTTP
internal import JSON
internal import Newsroom
internal import Routing

/// What answers the judgements on one kind of resource: two are one, are not one after all, are different; and which may be.
struct JudgementHandlers<Document: ServedDocument>: Sendable where Document.R: Documented {
    let context: HandlerContext

    /// 200 with the survivor.
    func merge(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await write(
            request, path,
            reading: { object throws(Problem) in
                let (merging, failures) = Merging<Document.R>.read(object)
                return try JudgementHandlers.sound(merging, failures)
            }
        ) { store, key, merging, precondition, writer, terms throws(StoreError) in
            try await store.merge(key, merging, if: precondition, by: writer, on: terms)
        }
    }

    /// 200 with what lives again.
    func split(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await write(
            request, path,
            reading: { object throws(Problem) in
                let (splitting, failures) = Splitting<Document.R>.read(object)
                return try JudgementHandlers.sound(splitting, failures)
            }
        ) { store, key, splitting, precondition, writer, terms throws(StoreError) in
            try await store.split(key, splitting, if: precondition, by: writer, on: terms)
        }
    }

    func distinguish(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await judge(request, path, isWithdrawn: false)
    }

    func reconsider(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        try await judge(request, path, isWithdrawn: true)
    }

    func duplicates(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        // They are for those who decide: they tell of drafts of judgements.
        _ = try context.access.writer(of: request, of: Document.R.kind)
        let asked = try DuplicateParameters<Document>(of: request, context.limits)
        do throws(StoreError) {
            return asked.answer(with: try await store.duplicates(asked.query))
        } catch {
            throw context.problem(error, request)
        }
    }

    private func judge(_ request: Request, _ path: PathParameters, isWithdrawn: Bool) async throws(Problem) -> Response {
        try await write(
            request, path,
            reading: { object throws(Problem) in
                let (distinction, failures) = Distinction<Document.R>.read(object, isWithdrawn: isWithdrawn)
                return try JudgementHandlers.sound(distinction, failures)
            }
        ) { store, key, distinction, precondition, writer, terms throws(StoreError) in
            try await store.distinguish(key, distinction, if: precondition, by: writer, on: terms)
        }
    }

    private static func sound<Asked>(_ asked: Asked?, _ failures: [MemberFailure]) throws(Problem) -> Asked {
        guard failures.isEmpty, let asked else { throw .invalid(failures) }
        return asked
    }

    private typealias Work<Asked> =
        @Sendable (
            any ResourceStore<Document.R>, ResourceKey<Document.R>, Asked, Precondition, Actor, WriteTerms<Document.R>
        ) async throws(StoreError) -> Written<Document.R>

    private func write<Asked: Sendable>(
        _ request: Request, _ path: PathParameters, reading read: @Sendable (JSONObject) throws(Problem) -> Asked, _ work: Work<Asked>
    ) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let (key, precondition) = (try path.key(of: Document.self), try request.precondition())
        let (object, body) = try await request.actionWithBody(limits: context.limits)
        let asked = try read(object)
        let terms = try wishes.terms(of: request, body: body) { wishes.changed($0) }
        do throws(StoreError) {
            return wishes.changed(try await work(store, key, asked, precondition, writer, terms))
        } catch {
            throw context.problem(error, request)
        }
    }

    private var store: any ResourceStore<Document.R> { Document.store(in: context.newsroom) }
}
