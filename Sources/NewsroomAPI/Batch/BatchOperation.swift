internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// One operation of a batch, as it is sent: `{"method", "path", "body", "if_match"}`.
struct BatchOperation: Sendable {
    let method: HTTPRequest.Method
    let target: RequestTarget
    /// Nil: there is none.
    let body: JSONValue?
    let ifMatch: EntityTagCondition?

    /// What `If-Match` is to a request of its own.
    ///
    /// - Throws: 428 `precondition_required` without it.
    func precondition() throws(Problem) -> Precondition {
        guard let ifMatch else {
            throw Problem(
                .preconditionRequired, detail: "A change must say which version it is made from.",
                hint: "Give the ETag of the resource as you read it in if_match, or * for whatever it is by then.",
                errors: [Problem.MemberError(path: "/if_match", code: MemberFailure.Rule.required.rawValue, message: "must be given")])
        }
        return Precondition(ifMatch)
    }

    /// - Throws: 422 `validation_failed` with `if_match`, where what is made has no version yet.
    func checkIsUnconditional() throws(Problem) {
        guard ifMatch != nil else { return }
        throw refusal("/if_match", .invalidValue, "has no meaning here: what is made has no version yet")
    }

    /// - Parameter path: within the operation.
    func refusal(_ path: String, _ rule: MemberFailure.Rule, _ message: String) -> Problem {
        .invalid([MemberFailure(path: path, rule: rule, message: message)])
    }
}
