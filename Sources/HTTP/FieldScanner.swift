/// Reads the small grammars of field values from left to right (RFC 9110 §5.6).
struct FieldScanner {
    private let bytes: [UInt8]
    private var index = 0
    /// Whether a quote was found that nothing closes. Every quote behind it is escaped, as seen from there, and is not closed either: none
    /// is looked for again, so that a value is read in one pass whatever it holds.
    private var standsOpen = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    /// Passes over `text` if it comes next.
    mutating func take(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    func isNext(_ byte: UInt8) -> Bool {
        index < bytes.count && bytes[index] == byte
    }

    /// Passes over white space; whether there was any.
    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = index
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        return index > start
    }

    /// Passes over what is left of a list's element, quoted commas included.
    mutating func skipElement() {
        while index < bytes.count, bytes[index] != UInt8(ascii: ",") {
            if quotedString() == nil { index += 1 }
        }
    }

    mutating func token() -> String? {
        span { $0.isTokenCharacter }
    }

    /// The longest run of such bytes, at least one.
    mutating func span(while isMember: (UInt8) -> Bool) -> String? {
        let start = index
        while index < bytes.count, isMember(bytes[index]) { index += 1 }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// A quoted string, without its quotes and backslashes (RFC 9110 §5.6.4); nothing is passed over when it is not closed.
    mutating func quotedString() -> String? {
        guard !standsOpen, isNext(UInt8(ascii: "\"")) else { return nil }
        var text: [UInt8] = []
        var end = index + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") { end += 1 }
            if end < bytes.count { text.append(bytes[end]) }
            end += 1
        }
        guard end < bytes.count else {
            standsOpen = true
            return nil
        }
        index = end + 1
        return String(decoding: text, as: UTF8.self)
    }
}
