internal import Documents
internal import HTTP
internal import JSON
internal import Newsroom
internal import Routing

/// What answers the actions of one kind of resource: each a move of its life.
struct ActionHandlers<Document: ServedDocument>: Sendable {
    /// What becomes of the resource by an action, at the moment of the write. It throws `moveNotAllowed`, whatever else is wrong with the
    /// move.
    typealias Change = @Sendable (Document.R, Instant) throws(StoreError) -> Proposal<Document.R.Draft>
    let context: HandlerContext

    /// Answers one action: 200 with the resource after it, 409 with the moves that are open, 422 for what is wrong with the move.
    ///
    /// - Parameter read: reads the body of the action.
    func answering(_ read: @escaping @Sendable (JSONObject) -> Change) -> Handler {
        { request, path async throws(Problem) in try await self.make(request, path, read) }
    }

    /// `clear_review`: somebody has looked at it again. 200 with the resource, which stays as it is.
    func clearReview(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let (key, precondition) = (try path.key(of: Document.self), try request.precondition())
        let (object, body) = try await request.documentWithBody(as: [.json], limits: context.limits)
        let clearance = ReviewClearance.read(object)
        guard clearance.failures.isEmpty else { throw .invalid(clearance.failures) }
        let terms = try wishes.terms(of: request, body: body) { wishes.changed($0) }
        do throws(StoreError) {
            return wishes.changed(try await store.clearReview(key, clearance.draft, if: precondition, by: writer, on: terms))
        } catch {
            throw context.problem(error, request)
        }
    }

    private func make(
        _ request: Request, _ path: PathParameters, _ read: @Sendable (JSONObject) -> Change
    ) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: Document.R.kind)
        let wishes = try WriteWishes<Document>(of: request)
        let (key, precondition) = (try path.key(of: Document.self), try request.precondition())
        let (object, body) = try await request.actionWithBody(limits: context.limits)
        let terms = try wishes.terms(of: request, body: body) { wishes.changed($0) }
        let shelf = context.shelf(of: Document.self, for: request)
        let written = try await shelf.revise(key, if: precondition, by: writer, on: terms, read(object))
        return wishes.changed(written)
    }

    private var store: any ResourceStore<Document.R> { Document.store(in: context.newsroom) }
}
