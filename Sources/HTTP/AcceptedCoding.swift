internal import HTTPTypes

/// What Accept-Encoding lets the body of an answer be coded as (RFC 9110 §12.5.3), of the two codings that there are: gzip and none.
package enum AcceptedCoding: Sendable, Hashable {
    /// As it is: there is no Accept-Encoding, or it prefers that.
    case identity
    /// With gzip where that pays, else as it is.
    case gzipOrIdentity
    /// With gzip alone.
    case gzip
    /// Neither.
    case none

    /// Reads the field, its lines being one list. Elements that are malformed or name other codings are passed over.
    package init(of fields: RequestFields) {
        guard let value = fields[.acceptEncoding] else {
            self = .identity
            return
        }
        self.init(value)
    }

    package init(_ value: String) {
        switch value {
        // What nearly every client sends that sends anything, without the reading.
        case "gzip", "gzip, deflate", "gzip, deflate, br", "gzip, deflate, br, zstd", "deflate, gzip", "deflate, gzip, br, zstd":
            self = .gzipOrIdentity
        default:
            self = AcceptedCoding.reading(WeightedList(value))
        }
    }

    private static func reading(_ list: WeightedList) -> AcceptedCoding {
        let others = list.weight(of: ["*"])
        // §8.4.1.3: a recipient should take x-gzip for gzip.
        let gzip = list.weight(of: ["gzip", "x-gzip"]) ?? others ?? 0
        // What is not named can be used, but nobody asked for it.
        let identity = list.weight(of: ["identity"]) ?? others
        if identity == 0 { return gzip > 0 ? .gzip : .none }
        return gzip > 0 && gzip >= identity ?? 0 ? .gzipOrIdentity : .identity
    }
}

extension WeightedList {
    /// The weight of the first element with one of these values; nil when there is none.
    fileprivate func weight(of values: Set<String>) -> Int? {
        elements.first { values.contains($0.value) }?.weight
    }
}
