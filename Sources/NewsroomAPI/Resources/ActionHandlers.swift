internal import Documents
internal import HTTP
internal import JSON
internal import Newsroom

/// The actions of one kind of resource: each a move of its life.
struct ActionHandlers<Document: ServedDocument>: Sendable {
    let context: HandlerContext

    /// One action: 200 with the resource after it, 409 with the moves that are open, 422 for what is wrong with the move.
    ///
    /// - Parameter read: reads the body of the action. The change throws `moveNotAllowed`, whatever else is wrong with the move.
    func answering(_ read: @escaping @Sendable (JSONObject) -> ResourceWrite<Document.R>.Change) -> Writing<Document> {
        Writing(
            context, .action, answering: .changed,
            .changing { target, object in .revise(target.key, if: target.precondition, read(object)) })
    }

    /// `clear_review`: somebody has looked at it again. 200 with the resource, which stays as it is.
    var clearReview: Writing<Document> {
        Writing(
            context, .document([.json]), answering: .changed,
            .changing { target, object throws(Problem) in
                let clearance = ReviewClearance.read(object)
                guard clearance.failures.isEmpty else { throw .invalid(clearance.failures) }
                return .clearReview(target.key, clearance.draft, if: target.precondition)
            })
    }
}
