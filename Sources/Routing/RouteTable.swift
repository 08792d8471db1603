import HTTPTypes

/// All that answers one pattern.
final class PathResource: Sendable {
    /// A struct, since functions in tuples and optionals are called through an extra frame.
    struct MethodHandler: Sendable {
        let method: HTTPRequest.Method
        let handle: Handler
    }

    let pattern: RoutePattern
    let name: String
    let places: [ParameterPlace]
    /// The value of `Allow`: the methods of the handlers, and HEAD and OPTIONS, which are answered by themselves.
    let allow: String
    private let handlers: [MethodHandler]

    init(pattern: RoutePattern, handlers: [MethodHandler] = []) {
        self.pattern = pattern
        self.handlers = handlers
        name = pattern.description
        places = pattern.parameters
        allow = RouteTable.allow(handlers.map(\.method))
    }

    /// The handler of a method; that of GET answers HEAD as well (RFC 9110 §9.3.2).
    func handler(_ method: HTTPRequest.Method) -> MethodHandler? {
        for handler in handlers where handler.method == method { return handler }
        return method == .head ? handler(.get) : nil
    }

    func adding(_ method: HTTPRequest.Method, _ handler: @escaping Handler) -> PathResource {
        precondition(!handlers.contains { $0.method == method }, "\(method.rawValue) \(pattern) is there twice.")
        return PathResource(pattern: pattern, handlers: handlers + [MethodHandler(method: method, handle: handler)])
    }
}

/// The patterns of a router as a tree of segments.
struct RouteTable: Sendable {
    private struct Node: Sendable {
        var literals: [(text: String, node: Int)] = []
        var parameter: Int?
        var resource: PathResource?
    }

    private var nodes = [Node()]

    mutating func add(_ method: HTTPRequest.Method, _ pattern: RoutePattern, _ handler: @escaping Handler) {
        var node = 0
        for segment in pattern.segments { node = child(of: node, segment) }
        let resource = nodes[node].resource ?? PathResource(pattern: pattern)
        precondition(resource.pattern == pattern, "\(pattern) and \(resource.pattern) are the same path.")
        nodes[node].resource = resource.adding(method, handler)
    }

    /// The resource that a path leads to.
    ///
    /// A literal segment goes before a parameter; the parameter is tried when the literal leads nowhere. Where both lead somewhere the
    /// literal decides alone, whatever the method: a path is one resource.
    func match(_ segments: [String]) -> PathResource? {
        match(segments, at: 0, from: 0)
    }

    private func match(_ segments: [String], at index: Int, from node: Int) -> PathResource? {
        guard index < segments.count else { return nodes[node].resource }
        for literal in nodes[node].literals where literal.text == segments[index] {
            if let resource = match(segments, at: index + 1, from: literal.node) { return resource }
        }
        // A parameter has a value: `/v1/articles/` is not an article without a name.
        guard let parameter = nodes[node].parameter, !segments[index].isEmpty else { return nil }
        return match(segments, at: index + 1, from: parameter)
    }

    private mutating func child(of node: Int, _ segment: RoutePattern.Segment) -> Int {
        switch segment {
        case .literal(let text):
            if let literal = nodes[node].literals.first(where: { $0.text == text }) { return literal.node }
            nodes[node].literals.append((text, nodes.count))
        case .parameter:
            if let parameter = nodes[node].parameter { return parameter }
            nodes[node].parameter = nodes.count
        }
        nodes.append(Node())
        return nodes.count - 1
    }

    /// `GET, HEAD, PUT, OPTIONS`
    static func allow(_ methods: [HTTPRequest.Method]) -> String {
        var names: [String] = []
        for method in methods where !names.contains(method.rawValue) {
            names.append(method.rawValue)
            if method == .get, !methods.contains(.head) { names.append("HEAD") }
        }
        if !methods.contains(.options) { names.append("OPTIONS") }
        return names.joined(separator: ", ")
    }
}
