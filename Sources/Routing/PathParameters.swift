package import HTTP

/// Which segment of a path is which parameter.
struct ParameterPlace: Sendable, Hashable {
    let name: String
    let index: Int
}

/// What stood in a path where its pattern has parameters. Each is decoded when it is asked for.
package struct PathParameters: Sendable {
    private let places: [ParameterPlace]
    package let target: RequestTarget

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
        guard let index = index(of: name), let text = target.segment(at: index) else {
            preconditionFailure("The route has no parameter \(name).")
        }
        return text
    }

    /// Where a parameter's value is in `target.bytes`, not decoded: escaped is that alone which cannot stand in a path as it is.
    package func place(of name: String) -> Range<Int> {
        guard let index = index(of: name), let place = target.place(ofSegment: index) else {
            preconditionFailure("The route has no parameter \(name).")
        }
        return place
    }

    private func index(of name: String) -> Int? {
        places.first { $0.name == name }?.index
    }
}
