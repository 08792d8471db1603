/// Tells code from comments and string literals: enough of Swift's lexical rules for that, and no more.
struct SwiftScan {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// The text with comments and the insides of literals turned into spaces; line ends stay.
    private(set) var code: [UInt8] = []
    private(set) var literals: [SourceFile.Literal] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        code.reserveCapacity(bytes.count)
    }

    mutating func run() {
        while position < bytes.count { step() }
    }

    private mutating func step() {
        switch bytes[position] {
        case UInt8(ascii: "/") where has("//"):
            while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { skip() }
        case UInt8(ascii: "/") where has("/*"):
            while position < bytes.count, !has("*/") { skip() }
            skip(2)
        case UInt8(ascii: "#"), UInt8(ascii: "\""):
            if let pounds = literalPounds() { literal(pounds: pounds) } else { keep() }
        default:
            keep()
        }
    }

    /// How many `#` stand before the quote that begins here; nil where no literal begins.
    private func literalPounds() -> Int? {
        var index = position
        while index < bytes.count, bytes[index] == UInt8(ascii: "#") { index += 1 }
        return index < bytes.count && bytes[index] == UInt8(ascii: "\"") ? index - position : nil
    }

    private mutating func literal(pounds: Int) {
        let start = line
        for _ in 0..<pounds { keep() }
        let quote = has("\"\"\"") ? "\"\"\"" : "\""
        let end = quote + String(repeating: "#", count: pounds)
        let escape = "\\" + String(repeating: "#", count: pounds)
        for _ in quote.utf8 { keep() }
        var text: [UInt8] = []
        while position < bytes.count, !has(end) {
            if has(escape + "(") {
                text.append(UInt8(ascii: "?"))
                skip(escape.utf8.count + 1)
                interpolation()
            } else if has(escape) {
                skip(escape.utf8.count)
                if position < bytes.count { text.append(bytes[position]) }
                skip()
            } else {
                text.append(bytes[position])
                skip()
            }
        }
        for _ in end.utf8 { keep() }
        literals.append(.init(line: start, text: String(decoding: text, as: UTF8.self)))
    }

    /// The code inside `\( … )`, literals within it included.
    private mutating func interpolation() {
        var depth = 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "(") { depth += 1 }
            if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return skip() }
            step()
        }
    }

    private func has(_ text: String) -> Bool {
        var index = position
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private mutating func keep() {
        guard position < bytes.count else { return }
        code.append(bytes[position])
        advance()
    }

    private mutating func skip(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            code.append(bytes[position] == UInt8(ascii: "\n") ? UInt8(ascii: "\n") : UInt8(ascii: " "))
            advance()
        }
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }
}
