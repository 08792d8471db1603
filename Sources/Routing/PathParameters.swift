import HTTP

/// Which segment of a path is which parameter.
struct ParameterPlace: Sendable, Hashable {
    let name: String
    let index: Int
}

/// What stood in a path where its pattern has parameters. Each is decoded when it is asked for.
package struct PathParameters: Sendable {
    private let places: [ParameterPlace]
    private let target: RequestTarget

    init(places: [ParameterPlace], target: RequestTarget) {
        self.places = places
        self.target = target
    }

    /// Parameters without a request, for tests of handlers.
    package init(_ values: KeyValuePairs<String, String>) {
        places = values.enumerated().map { ParameterPlace(name: $1.key, index: $0) }
        target = RequestTarget(segments: values.map(\.value))
    }

    /// The value of a parameter, which is never empty. Asking for one that the route's pattern does not name is a programmer's mistake.
    package subscript(name: String) -> String {
        guard let place = place(of: name), let text = target.segment(at: place) else {
            preconditionFailure("The route has no parameter \(name).")
        }
        return text
    }

    /// Lends the value's bytes without decoding them: escaped are those alone that cannot stand in a path as they are.
    package func withBytes<Result>(of name: String, _ body: (Span<UInt8>) -> Result) -> Result {
        guard let place = place(of: name), let result = target.withSegment(at: place, body) else {
            preconditionFailure("The route has no parameter \(name).")
        }
        return result
    }

    private func place(of name: String) -> Int? {
        places.first { $0.name == name }?.index
    }
}
