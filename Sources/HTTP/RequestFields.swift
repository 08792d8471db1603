package import HTTPTypes

/// The field lines of a request, in the order received, looked up in the bytes that they came in.
///
/// A value becomes text when it is asked for: of the dozen fields that a browser sends a handler reads two or three, and making
/// `HTTPFields` of all costs more than the rest of the parsing.
package struct RequestFields: Sendable, ExpressibleByDictionaryLiteral {
    struct Line: Sendable {
        let name: Range<Int32>
        let value: Range<Int32>
    }

    private let bytes: [UInt8]
    private let lines: [Line]
    /// One bit or more for each name that is there: most look-ups are for fields that are not, and end here.
    private let marks: UInt64

    /// - Parameter lines: where in `bytes` names (tokens) and values (trimmed, without control characters) are.
    init(bytes: [UInt8], lines: [Line]) {
        self.bytes = bytes
        self.lines = lines
        var marks: UInt64 = 0
        for line in lines { marks |= Self.mark(bytes[Int(line.name.lowerBound)], line.name.count) }
        self.marks = marks
    }

    /// By the name's first letter and its length.
    private static func mark(_ first: UInt8, _ length: Int) -> UInt64 {
        1 &<< UInt64(truncatingIfNeeded: (Int(first & 0x1F) &* 5 &+ length) & 63)
    }

    private func mayContain(_ canonicalName: String) -> Bool {
        guard let first = canonicalName.utf8.first else { return false }
        return marks & Self.mark(first, canonicalName.utf8.count) != 0
    }

    /// Fields that did not come through a parser.
    package init(_ fields: HTTPFields) {
        var bytes: [UInt8] = []
        let lines = fields.map { field in
            let start = Int32(bytes.count)
            bytes.append(text: field.name.rawName)
            let middle = Int32(bytes.count)
            bytes.append(text: field.value)
            return Line(name: start..<middle, value: middle..<Int32(bytes.count))
        }
        self.init(bytes: bytes, lines: lines)
    }

    package init(dictionaryLiteral elements: (HTTPField.Name, String)...) {
        var fields = HTTPFields()
        for (name, value) in elements { fields.append(HTTPField(name: name, value: value)) }
        self.init(fields)
    }

    package var count: Int { lines.count }

    /// The value of a field, its lines joined by `, ` when there are several (RFC 9110 §5.3); nil when there is none.
    package subscript(name: HTTPField.Name) -> String? {
        guard mayContain(name.canonicalName) else { return nil }
        var joined: String?
        for line in lines where isNamed(line, name.canonicalName) {
            let value = value(line)
            joined = joined.map { "\($0), \(value)" } ?? value
        }
        return joined
    }

    /// The values of a field, one a line.
    package subscript(values name: HTTPField.Name) -> [String] {
        lines.filter { isNamed($0, name.canonicalName) }.map(value)
    }

    package func contains(_ name: HTTPField.Name) -> Bool {
        mayContain(name.canonicalName) && lines.contains { isNamed($0, name.canonicalName) }
    }

    /// Looks at the value of a field as it came, and at nil when the field is there in several lines; nil when it is not there at all.
    package func withOnlyValue<Outcome>(of name: HTTPField.Name, _ body: (Span<UInt8>?) -> Outcome) -> Outcome? {
        guard mayContain(name.canonicalName) else { return nil }
        var only: Line?
        for line in lines where isNamed(line, name.canonicalName) {
            guard only == nil else { return body(nil) }
            only = line
        }
        guard let only else { return nil }
        return body(bytes.span.extracting(Self.range(only.value)))
    }

    private func isNamed(_ line: Line, _ canonicalName: String) -> Bool {
        line.name.count == canonicalName.utf8.count && bytes.span.equalsIgnoringCase(canonicalName, in: Self.range(line.name))
    }

    /// RFC 9110 §5.5: a value may hold bytes above 0x7F that are not UTF-8; they become U+FFFD.
    private func value(_ line: Line) -> String {
        bytes.span.text(Self.range(line.value)) ?? String(decoding: bytes[Self.range(line.value)], as: UTF8.self)
    }

    private static func range(_ range: Range<Int32>) -> Range<Int> {
        Int(range.lowerBound)..<Int(range.upperBound)
    }
}
