internal import HTTP
internal import HTTPTypes

/// Lets scripts of other origins read the answers of another responder, as the Fetch standard has it
/// (https://fetch.spec.whatwg.org/#http-cors-protocol).
///
/// Preflights are answered before any authorization, since they never carry any. What an origin that is not allowed gets has no field of
/// this protocol, so that its browser keeps the answer from it.
struct CrossOriginResponder<Inner: Responder>: Responder {
    let inner: Inner
    /// Nil: nobody is allowed, and nothing is said of it.
    let origins: AllowedOrigins?

    func responseAtOnce(to request: Request) -> Response? {
        guard let response = inner.responseAtOnce(to: request) else { return nil }
        return origins.map { readable(response, by: request.fields[.origin], $0) } ?? response
    }

    func respond(to request: Request) async -> Response {
        guard let origins else { return await inner.respond(to: request) }
        let origin = request.fields[.origin]
        guard origin != nil, request.method == .options, request.fields.contains(.accessControlRequestMethod) else {
            return readable(await inner.respond(to: request), by: origin, origins)
        }
        return allowing(await preflight(request), to: origin, origins)
    }

    func refuse(_ request: Request, with problem: Problem) async -> Response {
        let response = await inner.refuse(request, with: problem)
        return origins.map { readable(response, by: request.fields[.origin], $0) } ?? response
    }

    /// The answer with what lets scripts of its origin read it.
    private func readable(_ response: Response, by origin: String?, _ origins: AllowedOrigins) -> Response {
        var response = response
        if named(&response, origin, origins) { response.fields[.accessControlExposeHeaders] = CrossOriginFields.exposed }
        return response
    }

    /// The answer to a preflight with what lets the browser send what it asks for.
    private func allowing(_ response: Response, to origin: String?, _ origins: AllowedOrigins) -> Response {
        var response = response
        if named(&response, origin, origins) {
            response.fields[.accessControlAllowMethods] = response.fields[.allow]
            response.fields[.accessControlAllowHeaders] = CrossOriginFields.read
            response.fields[.accessControlMaxAge] = CrossOriginFields.maxAgeSeconds
        }
        response.fields.vary(by: "Access-Control-Request-Method", "Access-Control-Request-Headers")
        return response
    }

    /// Names the origin, if it is allowed; false when it is not.
    private func named(_ response: inout Response, _ origin: String?, _ origins: AllowedOrigins) -> Bool {
        // A list makes the answer depend on who asks; `*` is the same for all, those without an origin too.
        if origins != .any { response.fields.vary(by: "Origin") }
        guard let allowed = origins.allowing(origin) else { return false }
        response.fields[.accessControlAllowOrigin] = allowed.origin
        if allowed.withCredentials { response.fields[.accessControlAllowCredentials] = "true" }
        return true
    }

    /// 204 with the methods of the path; of all paths where there is none, so that the script itself gets the 404.
    private func preflight(_ request: Request) async -> Response {
        let response = await inner.respond(to: request)
        guard response.status != .noContent else { return response }
        let head = RequestHead(method: .options, target: .asterisk)
        return await inner.respond(to: Request(head: head, id: request.id))
    }
}

/// The fields that scripts may send and read, beside those that they always may.
enum CrossOriginFields {
    /// What the API reads of a request.
    static let read = "Accept, Authorization, Content-Type, If-Match, If-None-Match, X-Request-ID"
    static let exposed = """
        ETag, Link, Location, Allow, Retry-After, X-Request-ID, Content-Encoding, WWW-Authenticate, Accept-Patch, Accept-Post
        """
    /// Two hours, which is what browsers take at most.
    static let maxAgeSeconds = "7200"
}
