internal import HTTP
internal import HTTPTypes

/// Lets scripts of other origins read the answers of another responder, as the Fetch standard has it
/// (https://fetch.spec.whatwg.org/#http-cors-protocol).
///
/// Preflights are answered before any authorization, since they never carry any. What an origin that is not allowed gets has no field of
/// this protocol, so that its browser keeps the answer from it.
struct CrossOriginResponder<Inner: Responder>: Responder {
    private let inner: Inner
    /// Nil: nobody is allowed, and nothing is said of it.
    private let fields: CrossOriginFields?

    init(inner: Inner, origins: AllowedOrigins?) {
        self.inner = inner
        fields = origins.map { CrossOriginFields($0) }
    }

    func responseAtOnce(to request: Request) -> Response? {
        guard let response = inner.responseAtOnce(to: request) else { return nil }
        return readable(response, to: request)
    }

    func respond(to request: Request) async -> Response {
        guard let fields, request.method == .options, request.fields.contains(.accessControlRequestMethod),
            let origin = request.fields[.origin]
        else { return readable(await inner.respond(to: request), to: request) }
        var response = await preflight(request)
        response.fields.vary(by: "Access-Control-Request-Method", "Access-Control-Request-Headers")
        response.additional = fields.ofPreflight(from: origin, allowing: response.fields[.allow])
        return response
    }

    func refuse(_ request: Request, with problem: Problem) async -> Response {
        readable(await inner.refuse(request, with: problem), to: request)
    }

    /// The answer with what lets scripts of its origin read it.
    private func readable(_ response: Response, to request: Request) -> Response {
        guard let fields else { return response }
        var response = response
        response.additional = fields.ofAnswer(to: request.head.fields[.origin])
        return response
    }

    /// 204 with the methods of the path; of all paths where there is none, so that the script itself gets the 404.
    private func preflight(_ request: Request) async -> Response {
        let response = await inner.respond(to: request)
        guard response.status != .noContent else { return response }
        let head = RequestHead(method: .options, target: .asterisk)
        return await inner.respond(to: Request(head: head, id: request.id))
    }
}
