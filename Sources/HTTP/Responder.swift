/// What answers requests: all that the server knows of the program behind it.
package protocol Responder: Sendable {
    /// The answer to one request. It never throws: each failure is an answer too (`Problem`).
    func respond(to request: Request) async -> Response

    /// The answer to a request that HTTP itself refuses although its end is certain: a malformed path, an unknown expectation. Its target
    /// means nothing.
    func refuse(_ request: Request, with problem: Problem) async -> Response
}

extension Responder {
    package func refuse(_ request: Request, with problem: Problem) async -> Response {
        problem.response(instance: nil, requestID: request.id)
    }
}
