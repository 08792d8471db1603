import HTTP
import HTTPTypes

/// All that answers one pattern.
final class PathResource: Sendable {
    /// A struct, since functions in tuples and optionals are called through an extra frame.
    struct MethodHandler: Sendable {
        let method: HTTPRequest.Method
        let answer: Answering
    }

    let pattern: RoutePattern
    /// Its place among the patterns, from 0.
    let index: Int
    let places: [ParameterPlace]
    /// The value of `Allow`: the methods of the handlers, and HEAD and OPTIONS, which are answered by themselves.
    let allow: String
    private let handlers: [MethodHandler]
    /// What is asked first by nearly all that come, without a look through the handlers.
    private let atOnceOfGet: ImmediateHandler?

    init(pattern: RoutePattern, index: Int, handlers: [MethodHandler] = []) {
        self.pattern = pattern
        self.handlers = handlers
        atOnceOfGet = handlers.first { $0.method == .get }?.answer.handleAtOnce
        self.index = index
        places = pattern.parameters
        allow = RouteTable.allow(handlers.map(\.method))
    }

    /// The handler of a method; that of GET answers HEAD as well (RFC 9110 §9.3.2).
    func handler(_ method: HTTPRequest.Method) -> MethodHandler? {
        for handler in handlers where handler.method == method { return handler }
        return method == .head ? handler(.get) : nil
    }

    /// What answers a method at once; nil where nothing does.
    func handlerAtOnce(_ method: HTTPRequest.Method) -> ImmediateHandler? {
        method == .get ? atOnceOfGet : handler(method)?.answer.handleAtOnce
    }

    func adding(_ method: HTTPRequest.Method, _ answer: Answering) -> PathResource {
        precondition(!handlers.contains { $0.method == method }, "\(method.rawValue) \(pattern) is there twice.")
        return PathResource(
            pattern: pattern, index: index, handlers: handlers + [MethodHandler(method: method, answer: answer)])
    }
}

/// The patterns of a router as a tree of segments.
///
/// Kept in a few flat arrays without references, so that to match a path touches nothing that is counted.
struct RouteTable: Sendable {
    private struct Node: Sendable {
        /// Places in `literals`, `nodes` and `resources`; nil: none.
        var firstLiteral: Int?
        var parameter: Int?
        var resource: Int?
    }

    /// A segment that is written out in a pattern, and the next of the same node.
    private struct Literal: Sendable {
        /// Where in `text` it stands.
        let text: Range<Int>
        let node: Int
        var next: Int?
    }

    private var nodes = [Node()]
    private var literals: [Literal] = []
    private var text: [UInt8] = []
    /// In the order in which their patterns were added.
    private(set) var resources: [PathResource] = []

    mutating func add(_ method: HTTPRequest.Method, _ pattern: RoutePattern, _ answer: Answering) {
        var node = 0
        for segment in pattern.segments { node = child(of: node, segment) }
        let index = nodes[node].resource ?? resources.count
        if index == resources.count {
            nodes[node].resource = index
            resources.append(PathResource(pattern: pattern, index: index))
        }
        precondition(resources[index].pattern == pattern, "\(pattern) and \(resources[index].pattern) are the same path.")
        resources[index] = resources[index].adding(method, answer)
    }

    /// The resource that a path leads to.
    ///
    /// A literal segment goes before a parameter; the parameter is tried when the literal leads nowhere. Where both lead somewhere the
    /// literal decides alone, whatever the method: a path is one resource.
    func match(_ target: RequestTarget) -> PathResource? {
        guard !target.isAsterisk else { return nil }
        // The root has no segments.
        let path = target.bytes.span.extracting(0..<target.pathEnd)
        return match(path, from: path.count == 1 ? 1 : 0, at: 0).map { resources[$0] }
    }

    /// - Parameter start: where the next segment's slash is, or the path's end.
    private func match(_ path: Span<UInt8>, from start: Int, at node: Int) -> Int? {
        guard start < path.count else { return nodes[node].resource }
        let end = path.first(UInt8(ascii: "/"), from: start + 1, to: path.count)
        var literal = nodes[node].firstLiteral
        while let place = literal {
            if isEqual(literals[place].text, path, start + 1..<end), let resource = match(path, from: end, at: literals[place].node) {
                return resource
            }
            literal = literals[place].next
        }
        // A parameter has a value: `/v1/articles/` is not an article without a name.
        guard let parameter = nodes[node].parameter, end > start + 1 else { return nil }
        return match(path, from: end, at: parameter)
    }

    private func isEqual(_ range: Range<Int>, _ path: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        guard range.count == segment.count else { return false }
        for offset in 0..<range.count where text[range.lowerBound + offset] != path[segment.lowerBound + offset] { return false }
        return true
    }

    private mutating func child(of node: Int, _ segment: RoutePattern.Segment) -> Int {
        switch segment {
        case .literal(let literal): return child(of: node, Array(literal.utf8))
        case .parameter:
            if let parameter = nodes[node].parameter { return parameter }
            nodes.append(Node())
            nodes[node].parameter = nodes.count - 1
            return nodes.count - 1
        }
    }

    private mutating func child(of node: Int, _ literal: [UInt8]) -> Int {
        var (known, last) = (nodes[node].firstLiteral, Int?.none)
        while let place = known {
            if text[literals[place].text].elementsEqual(literal) { return literals[place].node }
            (last, known) = (place, literals[place].next)
        }
        nodes.append(Node())
        literals.append(Literal(text: text.count..<text.count + literal.count, node: nodes.count - 1))
        text += literal
        if let last { literals[last].next = literals.count - 1 } else { nodes[node].firstLiteral = literals.count - 1 }
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
