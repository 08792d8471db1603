/// The shape of a path: `/v1/articles/{id}`. A segment is a literal or the name of a parameter in braces.
package struct RoutePattern: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String)
    }

    /// As written.
    package let description: String
    let segments: [Segment]

    /// A pattern written in this program: it begins with a slash, ends without one, and names each parameter once.
    package init(_ text: String) {
        precondition(text.hasPrefix("/"), "The pattern \(text) does not begin with a slash.")
        description = text
        segments = text == "/" ? [] : text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(Self.segment)
        let names = parameters.map(\.name)
        precondition(Set(names).count == names.count, "The pattern \(text) names a parameter twice.")
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    /// Each parameter, and which segment of the path it is.
    var parameters: [ParameterPlace] {
        segments.enumerated().compactMap { index, segment in
            if case .parameter(let name) = segment { ParameterPlace(name: name, index: index) } else { nil }
        }
    }

    private static func segment(_ text: Substring) -> Segment {
        precondition(!text.isEmpty, "A pattern has an empty segment.")
        guard text.hasPrefix("{") else { return .literal(String(text)) }
        precondition(text.hasSuffix("}") && text.count > 2, "The parameter \(text) has no closing brace or no name.")
        return .parameter(String(text.dropFirst().dropLast()))
    }
}
