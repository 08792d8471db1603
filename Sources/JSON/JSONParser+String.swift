extension JSONParser {
    /// The string that begins with the quote at `position` (RFC 8259 §7).
    mutating func string() throws(JSONError) -> String {
        let first = position + 1
        var isASCII = true
        let stop = try endOfRun(from: first, &isASCII)
        if stop.pointee == UInt8(ascii: "\"") {
            position = stop + 1
            return try string(first, count: stop - first, isASCII: isASCII, quotedFrom: first - 1)
        }
        return try stringWithEscapes(first, firstEscape: stop, isASCII)
    }

    private mutating func stringWithEscapes(
        _ first: UnsafePointer<UInt8>, firstEscape: UnsafePointer<UInt8>, _ isASCIISoFar: Bool
    ) throws(JSONError) -> String {
        let text = scratch ?? .allocate(capacity: end - first)
        scratch = text
        var count = 0
        var isASCII = isASCIISoFar
        var run = first
        var stop = firstEscape
        while true {
            (text + count).initialize(from: run, count: stop - run)
            count += stop - run
            if stop.pointee == UInt8(ascii: "\"") { break }
            position = stop
            let scalar = try escape()
            count += Self.append(scalar, to: text + count)
            isASCII = isASCII && scalar < 0x80
            run = position
            stop = try endOfRun(from: run, &isASCII)
        }
        position = stop + 1
        return try string(text, count: count, isASCII: isASCII, quotedFrom: first - 1)
    }

    /// Makes the string without looking at its bytes again: `endOfRun` and `append` saw to it that they are
    /// UTF-8.
    private mutating func string(
        _ first: UnsafePointer<UInt8>, count: Int, isASCII: Bool, quotedFrom place: UnsafePointer<UInt8>
    ) throws(JSONError) -> String {
        let codeUnits = UnsafeBufferPointer(start: first, count: count).span
        let string = String(copying: UTF8Span(unchecked: codeUnits, isKnownASCII: isASCII))
        isLastStringASCII = isASCII
        if !isASCII && CombiningMarks.runTooLong(in: string) { throw failure(.tooManyCombiningMarks, at: place) }
        return string
    }

    /// The quote or backslash that ends the run of bytes which stand for themselves; all before it is valid
    /// UTF-8.
    private func endOfRun(
        from first: UnsafePointer<UInt8>, _ isASCII: inout Bool
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        var place = first
        while true {
            place = Self.skipPlain(from: place, to: end)
            guard place < end else { throw failure(.unexpectedEnd, at: end) }
            switch place.pointee {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return place
            case 0..<0x20: throw failure(.controlCharacter, at: place)
            default:
                isASCII = false
                repeat {
                    let count = Self.sequenceByteCount(at: place, before: end)
                    guard count > 0 else { throw failure(.invalidUTF8, at: place) }
                    place += count
                } while place < end && place.pointee >= 0x80
            }
        }
    }

    /// The first byte that is `"`, `\`, below 0x20 or above 0x7F, or the end.
    private static func skipPlain(
        from first: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        var place = first
        while end - place >= 8 {
            let mask = ByteWord(loadedFrom: place).escapableOrNonASCII
            if mask != 0 { return place + ByteWord.firstIndex(of: mask) }
            place += 8
        }
        while place < end {
            let byte = place.pointee
            if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            place += 1
        }
        return place
    }

    /// The length of the UTF-8 sequence of two to four bytes that begins here, 0 if it is none (RFC 3629 §4,
    /// Unicode table 3-7).
    private static func sequenceByteCount(at place: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Int {
        let left = end - place
        let lead = place[0]
        if lead < 0xE0 {
            return lead >= 0xC2 && left >= 2 && isContinuation(place[1]) ? 2 : 0
        }
        guard left >= 3, isContinuation(place[1]), isContinuation(place[2]) else { return 0 }
        if lead < 0xF0 {
            // Overlong below E0 A0, surrogates from ED A0.
            let isValid = lead == 0xE0 ? place[1] >= 0xA0 : lead == 0xED ? place[1] < 0xA0 : true
            return isValid ? 3 : 0
        }
        guard left >= 4, isContinuation(place[3]) else { return 0 }
        // Overlong below F0 90, beyond U+10FFFF from F4 90.
        let isValid = lead == 0xF0 ? place[1] >= 0x90 : lead == 0xF4 ? place[1] < 0x90 : lead < 0xF4
        return isValid ? 4 : 0
    }

    @inline(__always)
    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The scalar that the escape at `position` stands for; one escape or a surrogate pair of them. Passes it.
    private mutating func escape() throws(JSONError) -> UInt32 {
        let place = position
        guard end - place >= 2 else { throw failure(.unexpectedEnd, at: end) }
        position = place + 2
        switch place[1] {
        case UInt8(ascii: "\""): return 0x22
        case UInt8(ascii: "\\"): return 0x5C
        case UInt8(ascii: "/"): return 0x2F
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"): break
        default: throw failure(.invalidEscape, at: place)
        }
        let unit = try hexUnit(ofEscapeAt: place)
        guard unit & 0xF800 == 0xD800 else { return unit }
        guard unit < 0xDC00, end - position >= 2, position[0] == UInt8(ascii: "\\"), position[1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate, at: place) }
        let second = position
        position += 2
        let low = try hexUnit(ofEscapeAt: second)
        guard low & 0xFC00 == 0xDC00 else { throw failure(.loneSurrogate, at: place) }
        return 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
    }

    /// The four hexadecimal digits at `position`.
    private mutating func hexUnit(ofEscapeAt place: UnsafePointer<UInt8>) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard position < end else { throw failure(.unexpectedEnd, at: end) }
            let digit =
                switch position.pointee {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): position.pointee - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): position.pointee - UInt8(ascii: "a") + 10
                case UInt8(ascii: "A")...UInt8(ascii: "F"): position.pointee - UInt8(ascii: "A") + 10
                default: throw failure(.invalidEscape, at: place)
                }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    /// Writes the scalar as UTF-8, in no more bytes than its escape took; how many.
    private static func append(_ scalar: UInt32, to out: UnsafeMutablePointer<UInt8>) -> Int {
        func continuation(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80:
            out[0] = UInt8(scalar)
            return 1
        case ..<0x800:
            out[0] = 0xC0 | UInt8(scalar >> 6)
            out[1] = continuation(0)
            return 2
        case ..<0x10000:
            out[0] = 0xE0 | UInt8(scalar >> 12)
            out[1] = continuation(6)
            out[2] = continuation(0)
            return 3
        default:
            out[0] = 0xF0 | UInt8(scalar >> 18)
            out[1] = continuation(12)
            out[2] = continuation(6)
            out[3] = continuation(0)
            return 4
        }
    }
}
