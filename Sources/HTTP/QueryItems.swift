/// The parameters of a query: `a=1&b=2`, decoded once, in the order given, each as often as it was given.
package struct QueryItems: Sendable {
    package let items: [(name: String, value: String)]

    /// Reads a query. A parameter without `=` has an empty value, `+` is a space, and empty parameters (`a=1&&b=2`) are passed over.
    ///
    /// - Throws: 400 `malformed_target` when an escape is incomplete, stands for NUL, or is not UTF-8.
    package init(_ query: String?) throws(Problem) {
        guard let query, !query.isEmpty else {
            items = []
            return
        }
        do throws(ParseError) {
            items = try Self.read(Array(query.utf8))
        } catch {
            throw Problem(error, limits: .init())
        }
    }

    package var isEmpty: Bool { items.isEmpty }

    /// The first value of a name, nil when it is not there.
    package subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    package func values(_ name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }

    private static func read(_ query: [UInt8]) throws(ParseError) -> [(name: String, value: String)] {
        var items: [(name: String, value: String)] = []
        var start = 0
        while start < query.count {
            let end = query[start...].firstIndex(of: UInt8(ascii: "&")) ?? query.count
            defer { start = end + 1 }
            guard end > start else { continue }
            let nameEnd = query[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
            let name = try decode(query, start..<nameEnd)
            items.append((name, try decode(query, min(nameEnd + 1, end)..<end)))
        }
        return items
    }

    private static func decode(_ query: [UInt8], _ range: Range<Int>) throws(ParseError) -> String {
        let part = query[range].map { $0 == UInt8(ascii: "+") ? .space : $0 }
        return try PercentDecoding.decode(part.span, part.indices, controls: .allButNUL)
    }
}
