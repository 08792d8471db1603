/// An absolute `http` or `https` URL of at most 2,000 characters, kept as it was given.
///
/// It names a host and nobody's password, and holds none of what a page that shows it would have to fear: white space, control characters
/// and those that turn the direction of writing, quotation marks and angle brackets (RFC 3986 §2 has none of them).
package struct WebURL: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package static let lengthMax = 2_000

    package init?(_ text: String) {
        guard text.utf8.count <= WebURL.lengthMax || text.unicodeScalars.count <= WebURL.lengthMax,
            let start = WebURL.schemeEnd(in: text.utf8.span), WebURL.holdsAllowed(text)
        else { return nil }
        let authority = text.utf8.dropFirst(start).prefix { !"/?#".utf8.contains($0) }
        guard WebURL.isAuthority(Substring(authority)) else { return nil }
        self.text = text
    }

    package var description: String { text }

    /// Where the host begins: after `http://` or `https://`, in either case.
    private static func schemeEnd(in bytes: Span<UInt8>) -> Int? {
        var position = 0
        for letter in "http".utf8 {
            guard position < bytes.count, bytes[position].lowercased == letter else { return nil }
            position += 1
        }
        if position < bytes.count, bytes[position].lowercased == UInt8(ascii: "s") { position += 1 }
        for byte in "://".utf8 {
            guard position < bytes.count, bytes[position] == byte else { return nil }
            position += 1
        }
        return position
    }

    private static func holdsAllowed(_ text: String) -> Bool {
        let bytes = text.utf8.span
        var isASCII = true
        for index in bytes.indices {
            switch bytes[index] {
            case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
                return false
            case 0x80...: isASCII = false
            default: break
            }
        }
        return isASCII
            || text.unicodeScalars.allSatisfy {
                !(0x80...0x9F).contains($0.value) && !$0.properties.isWhitespace && !$0.properties.isBidiControl
            }
    }

    /// A host, perhaps with a port; no user before it.
    private static func isAuthority(_ text: Substring) -> Bool {
        guard let first = text.utf8.first else { return false }
        let host: Substring
        if first == UInt8(ascii: "[") {
            guard let end = text.utf8.firstIndex(of: UInt8(ascii: "]")) else { return false }
            host = text[..<text.utf8.index(after: end)]
            guard host.utf8.count > 2, host.utf8.dropFirst().dropLast().allSatisfy(isOfAddress) else { return false }
        } else {
            host = Substring(text.utf8.prefix { $0 != UInt8(ascii: ":") })
            guard !host.isEmpty, host.unicodeScalars.allSatisfy(isOfName) else { return false }
        }
        let port = text.utf8[host.endIndex...]
        return port.isEmpty || (port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit))
    }

    /// A byte of an IPv6 address.
    private static func isOfAddress(_ byte: UInt8) -> Bool {
        byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte.lowercased) || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: ".")
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return !scalar.properties.isDefaultIgnorableCodePoint }
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "%": return true
        default: return false
        }
    }
}
