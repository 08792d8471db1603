/// What one request is called in logs, problems and the field `X-Request-ID`: as the client calls it, or as the server does.
///
/// One of the server's is fifteen letters and digits in two words, and becomes text only where somebody reads it.
package struct RequestID: Sendable, Equatable, CustomStringConvertible {
    private let first: UInt64
    private let last: UInt64
    /// What a client calls it: in a box, so that the ids that are not given cost no more than two words.
    private let given: Given?

    private final class Given: Sendable, Equatable {
        let text: String
        init(_ text: String) { self.text = text }
        static func == (one: Given, other: Given) -> Bool { one.text == other.text }
    }

    /// Fifteen letters and digits as they stand in memory: eight in `first`, seven in `last`, the earliest in the lowest byte.
    package init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
        given = nil
    }

    /// What a client calls its request; nil unless it is a token of 1 to 64 characters (RFC 9110 §5.6.2), so that it can be repeated in a
    /// field and in a log.
    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(\.isTokenCharacter) else { return nil }
        (first, last) = (0, 0)
        given = Given(text)
    }

    package var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(to out: inout [UInt8]) {
        if let given { return out.append(text: given.text) }
        out.append(word: first, byteCount: 8)
        out.append(word: last, byteCount: 7)
    }
}

extension RequestID: ExpressibleByStringLiteral {
    /// A name written in this program: a token of 1 to 64 characters.
    package init(stringLiteral text: String) {
        guard let id = RequestID(text) else { preconditionFailure("\(text) is no token of 1 to 64 characters.") }
        self = id
    }
}
