package import HTTP
package import HTTPTypes

/// What answers one method of one pattern.
package typealias Handler = @Sendable (Request, PathParameters) async throws(Problem) -> Response

/// What answers one method of one pattern where that takes no waiting; nil: the handler is to answer.
package typealias ImmediateHandler = @Sendable (Request, PathParameters) throws(Problem) -> Response?

/// A handler, and what is asked before it where there is something.
package struct Answering: Sendable {
    let handle: Handler
    let handleAtOnce: ImmediateHandler?
    /// What else there is to the route, for whoever looks it up (`Router.find`).
    package let companion: (any Sendable)?

    /// - Parameter atOnce: asked first, on the loop's thread: it must be a matter of a microsecond.
    package init(_ handle: @escaping Handler, atOnce: ImmediateHandler? = nil, companion: (any Sendable)? = nil) {
        self.handle = handle
        handleAtOnce = atOnce
        self.companion = companion
    }
}

/// What a router has for a method of a target.
package enum FoundRoute: Sendable {
    case route(Answering, RoutePattern, PathParameters)
    /// The path is there, for the methods of `allow` alone.
    case otherMethods(allow: String)
    case nothing
}

/// One line of the routes' list.
package struct Route: Sendable, Equatable {
    package let method: HTTPRequest.Method
    package let pattern: RoutePattern
    /// What it does, in a few words.
    package let summary: String
}

/// Leads each request to its handler, and answers itself where there is none.
///
///     router.get("/v1/articles/{id}", articles.show)
///
/// - No such path: 404. A slash too many at the end: 404 with a hint.
/// - A method that this path does not answer: 405 with `Allow`. One that no path answers: 501 (RFC 9110 §9.1), whatever the path.
/// - `OPTIONS`: 204 with `Allow` and what is offered for the path's methods, for `*` with the methods of all paths together. `HEAD` goes to
///   the handler of `GET`.
package struct Router: Responder {
    /// In the order in which they were added.
    package private(set) var routes: [Route] = []
    private var table = RouteTable()
    private var methods: Set<HTTPRequest.Method> = [.options]
    private var allow = "OPTIONS"
    private let offers: [HTTPRequest.Method: HTTPFields]

    /// - Parameter offers: what `OPTIONS` tells of a path that has a method, beside `Allow`, such as `Accept-Patch` (RFC 5789 §3.1).
    package init(offers: [HTTPRequest.Method: HTTPFields] = [:]) {
        self.offers = offers
    }

    /// The patterns, by `Response.route`.
    package var patterns: [String] { table.resources.map(\.pattern.description) }

    package mutating func add(_ method: HTTPRequest.Method, _ pattern: RoutePattern, _ answer: Answering, summary: String = "") {
        table.add(method, pattern, answer)
        routes.append(Route(method: method, pattern: pattern, summary: summary))
        methods.insert(method)
        if method == .get { methods.insert(.head) }
        allow = RouteTable.allow(routes.map(\.method))
    }

    /// What answers a method of a target.
    package func find(_ method: HTTPRequest.Method, _ target: RequestTarget) -> FoundRoute {
        guard let resource = table.match(target) else { return .nothing }
        guard let handler = resource.handler(method) else { return .otherMethods(allow: resource.allow) }
        return .route(handler.answer, resource.pattern, PathParameters(places: resource.places, target: target))
    }

    package func responseAtOnce(to request: Request) -> Response? {
        guard let resource = table.match(request.head.target), let handle = resource.handlerAtOnce(request.head.method) else { return nil }
        var response: Response
        do throws(Problem) {
            guard let answer = try handle(request, PathParameters(places: resource.places, target: request.head.target)) else { return nil }
            response = answer
        } catch {
            response = answer(error, to: request)
        }
        response.route = resource.index
        return response
    }

    package func respond(to request: Request) async -> Response {
        guard let resource = table.match(request.head.target) else { return fallback(request) }
        var response: Response
        if let handler = resource.handler(request.head.method) {
            do throws(Problem) {
                response = try await handler.answer.handle(request, PathParameters(places: resource.places, target: request.head.target))
            } catch {
                response = answer(error, to: request)
            }
        } else {
            response = unhandled(request, resource)
        }
        response.route = resource.index
        return response
    }

    /// The answer to a method that has no handler here.
    private func unhandled(_ request: Request, _ resource: PathResource) -> Response {
        if request.method == .options {
            let offered = offers.filter { resource.handler($0.key) != nil }.flatMap(\.value)
            return Response(status: .noContent, fields: HTTPFields([HTTPField(name: .allow, value: resource.allow)] + offered))
        }
        guard methods.contains(request.method) else { return answer(notImplemented(request.method), to: request) }
        return answer(.methodNotAllowed(request.method, allow: resource.allow), to: request)
    }

    /// The answer when no resource is meant, or none is there.
    private func fallback(_ request: Request) -> Response {
        if request.target.isAsterisk, request.method == .options {
            return Response(status: .noContent, fields: [.allow: allow])
        }
        guard methods.contains(request.method) else { return answer(notImplemented(request.method), to: request) }
        return answer(.notFound(hint: slashHint(request.target)), to: request)
    }

    private func slashHint(_ target: RequestTarget) -> String? {
        let segments = target.segments
        guard segments.last == "" else { return nil }
        let shorter = RequestTarget(segments: segments.dropLast())
        return table.match(shorter).map { _ in "Leave out the slash at the end: \(shorter.path)" }
    }

    private func notImplemented(_ method: HTTPRequest.Method) -> Problem {
        let upper = HTTPRequest.Method(method.rawValue.uppercased())
        let hint = upper.flatMap { methods.contains($0) ? "Methods are written in capitals: \($0.rawValue)." : nil }
        return Problem(.notImplemented, detail: "No path of this server answers \(method.rawValue).", hint: hint)
    }

    private func answer(_ problem: Problem, to request: Request) -> Response {
        problem.response(instance: request.target.path, requestID: request.id, isPretty: request.target.isPretty)
    }
}

extension Router {
    package mutating func get(_ pattern: RoutePattern, _ answer: Answering, summary: String = "") {
        add(.get, pattern, answer, summary: summary)
    }

    package mutating func get(_ pattern: RoutePattern, _ handler: @escaping Handler, summary: String = "") {
        add(.get, pattern, Answering(handler), summary: summary)
    }

    package mutating func post(_ pattern: RoutePattern, _ handler: @escaping Handler, summary: String = "") {
        add(.post, pattern, Answering(handler), summary: summary)
    }

    package mutating func put(_ pattern: RoutePattern, _ handler: @escaping Handler, summary: String = "") {
        add(.put, pattern, Answering(handler), summary: summary)
    }

    package mutating func patch(_ pattern: RoutePattern, _ handler: @escaping Handler, summary: String = "") {
        add(.patch, pattern, Answering(handler), summary: summary)
    }

    package mutating func delete(_ pattern: RoutePattern, _ handler: @escaping Handler, summary: String = "") {
        add(.delete, pattern, Answering(handler), summary: summary)
    }
}
