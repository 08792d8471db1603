package import HTTPTypes

/// The field lines of a request, in the order received, looked up in the bytes that they came in.
///
/// A value becomes text when it is asked for: of the dozen fields that a browser sends a handler reads two or three, and making
/// `HTTPFields` of all costs more than the rest of the parsing. A class, so that to ask copies nothing.
package final class RequestFields: Sendable, ExpressibleByDictionaryLiteral {
    private let bytes: [UInt8]
    private let lines: FieldLines
    /// One bit or more for each name that is there: most look-ups are for fields that are not, and end here.
    private let marks: UInt64

    /// - Parameter lines: where in `bytes` names (tokens) and values (trimmed, without control characters) are.
    init(bytes: [UInt8], lines: FieldLines) {
        var marks: UInt64 = 0
        for index in 0..<lines.count {
            let name = lines[index].name
            marks |= Self.mark(bytes[Int(name.lowerBound)], name.count)
        }
        self.bytes = bytes
        self.lines = lines
        self.marks = marks
    }

    /// By the name's first letter and its length.
    private static func mark(_ first: UInt8, _ length: Int) -> UInt64 {
        1 &<< UInt64(truncatingIfNeeded: (Int(first & 0x1F) &* 5 &+ length) & 63)
    }

    private func mayContain(_ canonicalName: String) -> Bool {
        let name = canonicalName.utf8.span
        return !name.isEmpty && marks & Self.mark(name[0], name.count) != 0
    }

    /// Fields that did not come through a parser.
    package convenience init(_ fields: HTTPFields) {
        var bytes: [UInt8] = []
        var lines = FieldLines()
        for field in fields {
            let start = Int32(bytes.count)
            bytes.append(text: field.name.rawName)
            let middle = Int32(bytes.count)
            bytes.append(text: field.value)
            lines.append(FieldLine(name: start..<middle, value: middle..<Int32(bytes.count)))
        }
        self.init(bytes: bytes, lines: lines)
    }

    package convenience init(dictionaryLiteral elements: (HTTPField.Name, String)...) {
        var fields = HTTPFields()
        for (name, value) in elements { fields.append(HTTPField(name: name, value: value)) }
        self.init(fields)
    }

    package var count: Int { lines.count }

    /// The value of a field, its lines joined by `, ` when there are several (RFC 9110 §5.3); nil when there is none.
    package subscript(name: HTTPField.Name) -> String? {
        guard mayContain(name.canonicalName) else { return nil }
        var joined: String?
        for index in 0..<lines.count where isNamed(lines[index], name.canonicalName) {
            let value = value(lines[index])
            joined = joined.map { "\($0), \(value)" } ?? value
        }
        return joined
    }

    /// The values of a field, one a line.
    package subscript(values name: HTTPField.Name) -> [String] {
        (0..<lines.count).filter { isNamed(lines[$0], name.canonicalName) }.map { value(lines[$0]) }
    }

    package func contains(_ name: HTTPField.Name) -> Bool {
        guard mayContain(name.canonicalName) else { return false }
        for index in 0..<lines.count where isNamed(lines[index], name.canonicalName) { return true }
        return false
    }

    /// Looks at the value of a field as it came, and at nil when the field is there in several lines; nil when it is not there at all.
    package func withOnlyValue<Outcome>(of name: HTTPField.Name, _ body: (Span<UInt8>?) -> Outcome) -> Outcome? {
        guard mayContain(name.canonicalName) else { return nil }
        var only = -1
        for index in 0..<lines.count where isNamed(lines[index], name.canonicalName) {
            guard only < 0 else { return body(nil) }
            only = index
        }
        guard only >= 0 else { return nil }
        let bytes = bytes
        return body(bytes.span.extracting(Self.range(lines[only].value)))
    }

    private func isNamed(_ line: FieldLine, _ canonicalName: String) -> Bool {
        let bytes = bytes
        return bytes.span.isName(canonicalName, in: Self.range(line.name))
    }

    /// RFC 9110 §5.5: a value may hold bytes above 0x7F that are not UTF-8; they become U+FFFD.
    private func value(_ line: FieldLine) -> String {
        let bytes = bytes
        return bytes.span.text(Self.range(line.value)) ?? String(decoding: bytes[Self.range(line.value)], as: UTF8.self)
    }

    private static func range(_ range: Range<Int32>) -> Range<Int> {
        Int(range.lowerBound)..<Int(range.upperBound)
    }
}
