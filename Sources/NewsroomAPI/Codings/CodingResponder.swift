internal import HTTP
internal import HTTPTypes

/// Gives every answer of another responder its last form: coded as the client likes it best, and 304 where it has that already.
///
/// Answers that were kept come in this form, and pass through.
struct CodingResponder<Inner: Responder>: Responder {
    let inner: Inner
    let coder: ContentCoder

    /// What is kept, and refusals that stay as they are; nothing that is yet to be coded, which may take milliseconds.
    func responseAtOnce(to request: Request) -> Response? {
        guard let response = inner.responseAtOnce(to: request) else { return nil }
        if response.isCodingSettled { return response }
        guard response.status.kind == .clientError || response.status.kind == .serverError else { return nil }
        let settling = coder.settled(response, as: AcceptedCoding(of: request.fields))
        return settling.awaitsBody ? nil : settling.response
    }

    func respond(to request: Request) async -> Response {
        let response = await inner.respond(to: request)
        if response.isCodingSettled { return response }
        let coding = AcceptedCoding(of: request.fields)
        let coded = await coder.coded(response, as: coding)
        do throws(Problem) {
            return try coded.conditional(for: request)
        } catch {
            var refusal = error.response(instance: request.target.path, requestID: request.id, isPretty: request.target.isPretty)
            refusal.route = response.route
            return await coder.coded(refusal, as: coding)
        }
    }
}
