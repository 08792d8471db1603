/// A media type (RFC 9110 §8.3.1): `application/json`, `text/html; charset=utf-8`. Type, subtype and parameter names are in lower case.
package struct MediaType: Sendable, Equatable, CustomStringConvertible {
    package let type: String
    package let subtype: String
    package let parameters: [WeightedList.Parameter]

    package init(_ type: String, _ subtype: String) {
        self.type = type
        self.subtype = subtype
        parameters = []
    }

    /// Reads the value of a Content-Type; nil when it is not a media type.
    package init?(_ text: String) {
        var scanner = FieldScanner(text)
        guard let type = scanner.token(), scanner.take(UInt8(ascii: "/")), let subtype = scanner.token() else { return nil }
        var parameters: [WeightedList.Parameter] = []
        while let parameter = WeightedList.parameter(&scanner) { parameters.append(parameter) }
        guard scanner.isAtEnd else { return nil }
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        self.parameters = parameters
    }

    package static let json = MediaType("application", "json")
    package static let mergePatch = MediaType("application", "merge-patch+json")
    package static let problem = MediaType("application", "problem+json")
    package static let ndjson = MediaType("application", "x-ndjson")

    /// Type and subtype, without the parameters.
    package var essence: String { "\(type)/\(subtype)" }

    package var description: String {
        parameters.reduce(essence) { "\($0); \($1.name)=\($1.value)" }
    }

    /// Whether both name the same type, whatever their parameters.
    package func isSame(as other: MediaType) -> Bool {
        type == other.type && subtype == other.subtype
    }

    /// Whether a value of Content-Type names text that shrinks much when it is compressed: JSON in its forms, and every `text/` type.
    package static func compresses(_ contentType: String) -> Bool {
        let essence = contentType.prefix { $0 != ";" && $0 != " " }.lowercased()
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence == "application/jsonl"
    }

    /// The value of a parameter, nil when it is not there.
    package subscript(parameter: String) -> String? {
        parameters.first { $0.name == parameter }?.value
    }
}

extension MediaType {
    /// The one of `offered` that the client likes best, the first of them when it likes several equally; nil when it wants none of them.
    ///
    /// - Parameter accept: the value of Accept. When there is none, or nothing in it can be read, the client takes anything.
    package static func preferred(of offered: [MediaType], accept: String?) -> MediaType? {
        guard let accept else { return offered.first }
        let ranges = WeightedList(accept).elements
        guard !ranges.isEmpty else { return offered.first }
        var best: (type: MediaType, weight: Int)?
        for type in offered {
            let weight = type.weight(in: ranges)
            if weight > best?.weight ?? 0 { best = (type, weight) }
        }
        return best?.type
    }

    /// The weight that the most specific range gives this type (RFC 9110 §12.5.1), 0 when none covers it.
    private func weight(in ranges: [WeightedList.Element]) -> Int {
        var best = (specificity: 0, weight: 0)
        let names = (own: essence, family: "\(type)/*")
        for range in ranges {
            let specificity = specificity(of: range, names)
            if specificity > best.specificity { best = (specificity, range.weight) }
        }
        return best.weight
    }

    /// 0 when the range does not cover this type, 1 for `*/*`, 2 for `text/*`, 3 for the type itself, more with parameters.
    private func specificity(of range: WeightedList.Element, _ names: (own: String, family: String)) -> Int {
        let level =
            switch range.value {
            case names.own: 3
            case names.family: 2
            case "*/*": 1
            default: 0
            }
        guard level > 0 else { return 0 }
        // All that is sent here is UTF-8, so a charset says nothing that could fail to match.
        let demanded = range.parameters.filter { $0.name != "charset" }
        guard demanded.allSatisfy({ self[$0.name] == $0.value }) else { return 0 }
        return level + demanded.count
    }
}
