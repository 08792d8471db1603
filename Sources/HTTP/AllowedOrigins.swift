/// The origins whose scripts may read answers (https://fetch.spec.whatwg.org/#origin-header): all of them, or those that are listed.
package enum AllowedOrigins: Sendable, Equatable {
    case any
    case listed(Set<String>)

    /// What a listed origin looks like, for messages.
    package static let form = "* alone, or origins by comma: scheme://host or scheme://host:port, without a path; or null"

    /// Reads `*`, or origins by comma, in either case; an origin's default port may be there. Nil when one of them is none.
    package init?(_ text: String) {
        guard text != "*" else {
            self = .any
            return
        }
        var origins: Set<String> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let origin = AllowedOrigins.origin(AllowedOrigins.trimmed(part)) else { return nil }
            origins.insert(origin)
        }
        self = .listed(origins)
    }

    /// What is to be said to this origin, nil when it is not allowed. With a list it is named, and its browser may send what it knows the
    /// user by; never so with `*`, and not with `null`, which every sandboxed page has.
    package func allowing(_ origin: String?) -> (origin: String, withCredentials: Bool)? {
        switch self {
        case .any:
            return ("*", false)
        case .listed(let origins):
            // Byte by byte: browsers send origins in lower case.
            guard let origin, origins.contains(origin) else { return nil }
            return (origin, origin != "null")
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }

    /// An origin as browsers send it: in lower case, without the default port of its scheme.
    private static func origin(_ text: Substring) -> String? {
        // Looked at before it is lower case: the sign for kelvin then is a k.
        guard text.utf8.allSatisfy({ $0 > .space && $0 < 0x7F }) else { return nil }
        let text = text.lowercased()
        if text == "null" { return text }
        guard let colon = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<colon.lowerBound]
        guard let first = scheme.utf8.first, first.isLowercaseLetter,
            scheme.utf8.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || "+-.".utf8.contains($0) })
        else { return nil }
        let authority = Array(text[colon.upperBound...].utf8)
        guard Authority.isValid(authority.span, 0..<authority.count), let port = portStart(in: authority) else { return nil }
        guard port < authority.count else { return text }
        let digits = authority[(port + 1)...]
        guard let number = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(number), digits.first != UInt8(ascii: "0")
        else { return nil }
        let isStandard = scheme == "http" && number == 80 || scheme == "https" && number == 443
        return isStandard ? "\(scheme)://\(String(decoding: authority[..<port], as: UTF8.self))" : text
    }

    /// Where the colon before the port is, the end when there is none; nil when the host is none that an origin has.
    private static func portStart(in authority: [UInt8]) -> Int? {
        let hostEnd = authority.first == UInt8(ascii: "[") ? authority.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : 0
        guard let hostEnd else { return nil }
        let port = authority[hostEnd...].firstIndex(of: UInt8(ascii: ":")) ?? authority.count
        let isName = authority[hostEnd..<port].allSatisfy { $0.isLowercaseLetter || $0.isDigit || "-._".utf8.contains($0) }
        return isName && port > 0 ? port : nil
    }
}

extension UInt8 {
    fileprivate var isLowercaseLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}
