/// Which segment of a path is which parameter.
struct ParameterPlace: Sendable, Hashable {
    let name: String
    let index: Int
}

/// What stood in a path where its pattern has parameters, decoded.
package struct PathParameters: Sendable {
    private let places: [ParameterPlace]
    private let segments: [String]

    init(places: [ParameterPlace], segments: [String]) {
        self.places = places
        self.segments = segments
    }

    /// Parameters without a request, for tests of handlers.
    package init(_ values: KeyValuePairs<String, String>) {
        places = values.enumerated().map { ParameterPlace(name: $1.key, index: $0) }
        segments = values.map(\.value)
    }

    /// The value of a parameter, which is never empty. Asking for one that the route's pattern does not name is a programmer's mistake.
    package subscript(name: String) -> String {
        for place in places where place.name == name { return segments[place.index] }
        preconditionFailure("The route has no parameter \(name).")
    }
}
