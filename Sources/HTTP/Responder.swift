/// What answers requests: all that the server knows of the program behind it.
package protocol Responder: Sendable {
    /// The answer to one request. It never throws: each failure is an answer too (`Problem`).
    func respond(to request: Request) async -> Response
}
