/// What answers requests: all that the server knows of the program behind it.
package protocol Responder: Sendable {
    /// The answer to one request. It never throws: each failure is an answer too (`Problem`).
    func respond(to request: Request) async -> Response

    /// The same answer, if it can be given at once: from memory, in a microsecond or so. Nil: ask `respond(to:)`.
    ///
    /// Asked first, for every request, on the loop's thread. It saves the request all that an asynchronous call costs.
    func responseAtOnce(to request: Request) -> Response?
}

extension Responder {
    package func responseAtOnce(to request: Request) -> Response? { nil }
}
