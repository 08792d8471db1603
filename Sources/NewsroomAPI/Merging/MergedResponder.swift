internal import HTTP
internal import HTTPTypes

/// Leads readers from what was merged to what stands for it: 308, for good as far as anybody knows, to the same place below the survivor
/// with the same query (RFC 9110 §15.4.9).
///
/// Writers are not led on: what they send was made from another resource, and a client that follows by itself would write it over this
/// one. They get 409, which names the survivor.
struct MergedResponder<Inner: Responder>: Responder {
    let inner: Inner

    func responseAtOnce(to request: Request) -> Response? {
        inner.responseAtOnce(to: request).map { led($0, request) }
    }

    func respond(to request: Request) async -> Response {
        led(await inner.respond(to: request), request)
    }

    func refuse(_ request: Request, with problem: Problem) async -> Response { await inner.refuse(request, with: problem) }

    private func led(_ response: Response, _ request: Request) -> Response {
        // No other problem has a place.
        guard response.status == .conflict, let survivor = response.fields[.location] else { return response }
        guard request.method == .get || request.method == .head else {
            var refusal = response
            refusal.fields[.location] = nil
            return refusal
        }
        let target = request.head.target
        // Behind the name of the resource, the third segment: `/v1/people/NAME/articles?limit=5`.
        var end = 0
        for _ in 0..<3 { end = target.segmentEnd(from: end + 1) }
        let rest = String(decoding: target.bytes[end..<target.end], as: UTF8.self)
        // A split may undo it: whoever keeps it asks again.
        let fields: HTTPFields = [
            .location: survivor + rest, .cacheControl: "private, no-cache", .vary: "Accept, Authorization",
        ]
        return Response(status: .permanentRedirect, fields: fields, route: response.route)
    }
}
