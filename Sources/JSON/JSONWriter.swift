/// Renders JSON texts straight into bytes. Commas, line breaks and indentation (two spaces, when pretty) are
/// its business.
///
/// It is passed on as `inout JSONWriter`; there is one of it, so nothing is copied by mistake. A name outside
/// an object, a second value after one name, or brackets that do not pair are mistakes of the program: debug
/// builds stop there, release builds do not look.
package struct JSONWriter: ~Copyable {
    var buffer: JSONBuffer
    private let isPretty: Bool
    private var depth = 0
    private var state = State.first
    /// For the outermost 64 levels, the lowest bit the outermost: whether it is an object. Only assertions ask.
    private var objects: UInt64 = 0

    private enum State {
        /// Nothing has been written at this level.
        case first
        /// A value has been written at this level.
        case next
        /// A name has been written and its value is due.
        case named
    }

    /// `reserving` is how many bytes the text is thought to take; it grows beyond that as it must.
    package init(pretty: Bool = false, reserving byteCount: Int = 0) {
        self.buffer = JSONBuffer(capacity: byteCount)
        self.isPretty = pretty
    }

    /// The text of a value.
    package static func text(of value: JSONValue, pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.value(value)
        return writer.finish()
    }

    /// The text, which is whole now.
    package consuming func finish() -> [UInt8] {
        assert(depth == 0 && state == .next, "the text is not whole")
        return buffer.bytes
    }

    /// What has been written since the last `take`; the writer goes on, in the same memory. For texts that are
    /// sent while they are made.
    package mutating func take() -> [UInt8] {
        defer { buffer.removeAll() }
        return buffer.bytes
    }

    /// How many bytes `take` or `finish` would answer now.
    package var byteCount: Int { buffer.count }

    /// Ends one text and its line, so that another may follow (NDJSON).
    package mutating func endLine() {
        assert(depth == 0 && state == .next, "the text is not whole")
        buffer.append(UInt8(ascii: "\n"))
        state = .first
    }

    /// Begins an object, where a value may stand. Debug builds trap where none may.
    package mutating func beginObject() {
        begin(UInt8(ascii: "{"))
        if depth <= 64 { objects |= 1 << UInt64(depth - 1) }
    }

    /// Ends the innermost object. Debug builds trap when an array is the innermost, or a name waits for its value.
    package mutating func endObject() {
        assert(isInside(object: true), "no object to end")
        end(UInt8(ascii: "}"))
    }

    /// Begins an array, where a value may stand. Debug builds trap where none may.
    package mutating func beginArray() {
        begin(UInt8(ascii: "["))
        if depth <= 64 { objects &= ~(1 << UInt64(depth - 1)) }
    }

    /// Ends the innermost array. Debug builds trap when an object is the innermost.
    package mutating func endArray() {
        assert(isInside(object: false), "no array to end")
        end(UInt8(ascii: "]"))
    }

    /// A member's name that stands in the source: ASCII, nothing in it to escape.
    package mutating func name(_ name: StaticString) {
        beginName()
        let bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        assert(bytes.allSatisfy { 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        buffer.append(quoted: bytes)
        endName()
    }

    /// A member's name from data. A literal goes to the other `name`, which need not look for what to escape.
    @_disfavoredOverload
    package mutating func name(_ name: String) {
        beginName()
        buffer.append(escaping: name)
        endName()
    }

    /// A string, escaped as it must be. As for every value, debug builds trap where none may stand.
    package mutating func string(_ value: String) {
        beginValue()
        buffer.append(escaping: value)
    }

    /// A string that is valid UTF-8 already, as a column of the database is.
    package mutating func string(utf8 value: Span<UInt8>) {
        beginValue()
        value.withUnsafeBufferPointer { buffer.append(escaping: $0) }
    }

    /// A number without fraction.
    package mutating func integer(_ value: Int64) {
        beginValue()
        buffer.append(decimal: value)
    }

    /// The shortest text that reads as the same Double, always with a point or an exponent: `1.0`, `1e-07`. The
    /// value must be finite, else this traps.
    package mutating func double(_ value: Double) {
        precondition(value.isFinite, "JSON has no such number")
        beginValue()
        var text = value.description
        text.withUTF8 { buffer.append($0) }
    }

    /// `true` or `false`.
    package mutating func bool(_ value: Bool) {
        beginValue()
        buffer.append(value ? "true" : "false")
    }

    /// `null`.
    package mutating func null() {
        beginValue()
        buffer.append("null")
    }

    /// A value with all that is in it. Traps when a Double in it is not finite.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .double(let value): double(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for (name, value) in object.members {
                self.name(name)
                self.value(value)
            }
            endObject()
        }
    }

    /// A value that is rendered already; it keeps its own line breaks, or its want of them.
    package mutating func raw(_ bytes: [UInt8]) {
        raw(bytes.span)
    }

    /// A value that is rendered already; it keeps its own line breaks, or its want of them.
    package mutating func raw(_ bytes: Span<UInt8>) {
        beginValue()
        bytes.withUnsafeBufferPointer { buffer.append($0) }
    }

    /// A value that is rendered already, without some of its bytes: with a member of an object goes the comma before it.
    package mutating func raw(_ bytes: Span<UInt8>, without range: Range<Int>) {
        raw(bytes.extracting(..<range.lowerBound))
        bytes.extracting(range.upperBound...).withUnsafeBufferPointer { buffer.append($0) }
    }
}

extension JSONWriter {
    private func isInside(object isObject: Bool) -> Bool {
        depth > 64 || depth > 0 && (objects >> UInt64(depth - 1) & 1 == 1) == isObject && state != .named
    }

    /// The comma after the sibling before, and the line of its own when pretty.
    @inline(__always)
    private mutating func separate() {
        if state == .next { buffer.append(UInt8(ascii: ",")) }
        if isPretty && depth > 0 { buffer.append(lineBreakAndSpaces: 2 * depth) }
    }

    @inline(__always)
    private mutating func beginName() {
        assert(isInside(object: true), "a name belongs into an object, after a value")
        separate()
    }

    @inline(__always)
    private mutating func endName() {
        buffer.append(UInt8(ascii: ":"))
        if isPretty { buffer.append(UInt8(ascii: " ")) }
        state = .named
    }

    @inline(__always)
    private mutating func beginValue() {
        if state != .named {
            assert(depth > 0 ? isInside(object: false) : state == .first, "a value has no place here")
            separate()
        }
        state = .next
    }

    @inline(__always)
    private mutating func begin(_ bracket: UInt8) {
        beginValue()
        buffer.append(bracket)
        depth += 1
        state = .first
    }

    @inline(__always)
    private mutating func end(_ bracket: UInt8) {
        depth -= 1
        if isPretty && state == .next { buffer.append(lineBreakAndSpaces: 2 * depth) }
        buffer.append(bracket)
        state = .next
    }
}
