/// What answers requests: all that the server knows of the program behind it.
package protocol Responder: Sendable {
    /// The answer to one request. It never throws: each failure is an answer too (`Problem`).
    func respond(to request: Request) async -> Response

    /// The same answer, if it can be given at once: from memory, in a microsecond or so. Nil: ask `respond(to:)`.
    ///
    /// Asked first, for every request, on the loop's thread. It saves the request all that an asynchronous call costs.
    func responseAtOnce(to request: Request) -> Response?

    /// The answer to a request that HTTP itself refuses although its end is certain: a malformed path, an unknown expectation. Its target
    /// means nothing.
    func refuse(_ request: Request, with problem: Problem) async -> Response
}

extension Responder {
    package func responseAtOnce(to request: Request) -> Response? { nil }

    package func refuse(_ request: Request, with problem: Problem) async -> Response {
        problem.response(instance: nil, requestID: request.id)
    }
}
