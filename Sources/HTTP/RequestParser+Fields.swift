extension RequestParser {
    /// Reads the field lines that fill `start..<end`, each with its CR LF (RFC 9112 §5), and tells where they will be when they are kept
    /// from `place` on.
    static func fieldLines(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, keptFrom place: Int, limits: HeadLimits, facts: inout FieldFacts
    ) throws(ParseError) -> FieldLines {
        var lines = FieldLines()
        var index = start
        while index < end {
            guard lines.count < limits.fieldCountMax else { throw .tooManyFields }
            let (name, value) = try fieldLine(bytes, index: &index, end: end)
            try facts.add(bytes, name: name, value: value)
            lines.append(FieldLine(name: kept(name, place - start), value: kept(value, place - start)))
        }
        return lines
    }

    /// Reads `name ":" OWS value OWS CR LF`, and leaves `index` behind it.
    private static func fieldLine(
        _ bytes: Span<UInt8>, index: inout Int, end: Int
    ) throws(ParseError) -> (name: Range<Int>, value: Range<Int>) {
        let nameEnd = bytes.firstOutside(.token, from: index, to: end)
        guard nameEnd < end, bytes[nameEnd] == UInt8(ascii: ":") else { throw nameFault(bytes, from: index, fault: nameEnd, to: end) }
        guard nameEnd > index else { throw .fieldNameMissing }
        let name = index..<nameEnd
        let lineEnd = lineEnd(bytes, from: nameEnd + 1, to: end)
        index = lineEnd + 2
        return (name, trimmed(bytes, nameEnd + 1..<lineEnd))
    }

    /// Which rule a line breaks whose name does not end with a colon.
    private static func nameFault(_ bytes: Span<UInt8>, from start: Int, fault: Int, to end: Int) -> ParseError {
        if bytes[start].isBlank { return .foldedLine }
        guard fault < end else { return .colonMissing }
        var index = fault
        while index < end, bytes[index].isBlank { index += 1 }
        if index > fault, index < end, bytes[index] == UInt8(ascii: ":") { return .blankBeforeColon }
        return bytes[fault] == .carriageReturn ? .colonMissing : .fieldNameNotToken
    }

    /// The CR that ends this line. The scan has shown that no control character but HTAB stands in front of it.
    private static func lineEnd(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var index = bytes.firstControl(from: start, to: end)
        while index < end, bytes[index] == .tab { index = bytes.firstControl(from: index + 1, to: end) }
        return index
    }

    private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start].isBlank { start += 1 }
        while start < end, bytes[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// A head has at most `HeadLimits.headByteCountMax` bytes, and a normal form three times that, so its places fit.
    private static func kept(_ range: Range<Int>, _ shift: Int) -> Range<Int32> {
        Int32(truncatingIfNeeded: range.lowerBound + shift)..<Int32(truncatingIfNeeded: range.upperBound + shift)
    }
}
