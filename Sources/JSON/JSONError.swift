/// Why a text is not JSON that we take, and where.
package struct JSONError: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// Nothing, or only white space.
        case emptyText
        case byteOrderMark
        /// The text ends inside a value.
        case unexpectedEnd
        case expectedValue
        case expectedName
        case expectedColon
        case expectedCommaOrBracket
        case expectedCommaOrBrace
        case trailingComma
        /// Something follows the value.
        case trailingText
        case invalidLiteral
        case invalidNumber
        /// An integer outside Int64, or another number that no Double is near.
        case numberOutOfRange
        /// A byte below 0x20 that should have been escaped.
        case controlCharacter
        case invalidEscape
        /// A `\u` escape of one half of a surrogate pair without the other.
        case loneSurrogate
        /// Overlong, truncated, a surrogate, beyond U+10FFFF, or no UTF-8 at all.
        case invalidUTF8
        /// More than 128 in a row, which no language writes and which `String` takes quadratic time to compare.
        case tooManyCombiningMarks
        case duplicateName(String)
        case tooDeep(depthMax: Int)
        case tooManyValues(valueCountMax: Int)
    }

    package let reason: Reason
    /// From 1; lines end at LF.
    package let line: Int
    /// From 1, in bytes.
    package let column: Int
    /// From 0, in bytes: of the first byte that cannot stand where it stands; of the whole token where it is
    /// the token that is refused (a number out of range, a literal, an escape, a duplicate name); the byte
    /// count of the text where more was expected.
    package let offset: Int
}

extension JSONError {
    /// Whether the text may well be JSON, and goes beyond what one may cost.
    package var isLimit: Bool {
        switch reason {
        case .tooDeep, .tooManyValues, .tooManyCombiningMarks: true
        default: false
        }
    }

    /// One line for the client, without a full stop. Of the input it repeats nothing but a member name, and
    /// that shortened.
    package var message: String {
        "\(reason.message) at line \(line), column \(column)"
    }

    /// Finds line and column of `offset`, which costs one walk over what lies before it.
    init(_ reason: Reason, at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var lineStart = 0
        for index in 0..<offset where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        self.init(reason: reason, line: line, column: offset - lineStart + 1, offset: offset)
    }
}

extension JSONError.Reason {
    var message: String {
        switch self {
        case .emptyText: "empty text, a JSON value is expected"
        case .byteOrderMark: "byte order mark, which JSON texts must not begin with"
        case .unexpectedEnd: "unexpected end of text"
        case .expectedValue: "a value is expected"
        case .expectedName: "a member name in double quotes is expected"
        case .expectedColon: "':' is expected"
        case .expectedCommaOrBracket: "',' or ']' is expected"
        case .expectedCommaOrBrace: "',' or '}' is expected"
        case .trailingComma: "comma before a closing bracket"
        case .trailingText: "text after the end of the value"
        case .invalidLiteral: "unknown literal (true, false and null are known)"
        case .invalidNumber: "malformed number"
        case .numberOutOfRange: "number out of range"
        case .controlCharacter: "control character that is not escaped"
        case .invalidEscape: "invalid escape"
        case .loneSurrogate: "escape of half a surrogate pair"
        case .invalidUTF8: "invalid UTF-8"
        case .tooManyCombiningMarks: "string with more than \(CombiningMarks.runCountMax) combining marks in a row"
        case .duplicateName(let name): "duplicate member name \"\(Self.shortened(name))\""
        case .tooDeep(let depthMax): "more than \(depthMax) levels of nesting"
        case .tooManyValues(let valueCountMax): "more than \(valueCountMax) values"
        }
    }

    private static func shortened(_ name: String) -> String {
        let scalarCountMax = 64
        let head = name.unicodeScalars.prefix(scalarCountMax)
        return head.endIndex == name.endIndex ? name : String(head) + "…"
    }
}
