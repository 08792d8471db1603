/// An absolute `http` or `https` URL of at most 2,000 characters, kept as it was given.
package struct WebURL: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package static let lengthMax = 2_000

    /// Nil without a scheme and a host, and for white space and control characters anywhere.
    package init?(_ text: String) {
        let bytes = text.utf8.span
        guard bytes.count <= WebURL.lengthMax || text.unicodeScalars.count <= WebURL.lengthMax else { return nil }
        guard var position = WebURL.schemeEnd(in: bytes) else { return nil }
        var hostLength = 0
        while position < bytes.count, !WebURL.endsHost(bytes[position]) {
            hostLength += 1
            position += 1
        }
        guard hostLength > 0 else { return nil }
        for index in bytes.indices where bytes[index] <= 0x20 || bytes[index] == 0x7F { return nil }
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

    private static func endsHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: ":"): true
        default: false
        }
    }
}
