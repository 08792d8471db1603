import Testing

@testable import JSON

struct JSONReaderTests {
    @Test(arguments: AcceptedTexts.all)
    func `a JSON text is read`(_ text: AcceptedText) throws {
        let value = try JSONReader.read(text.bytes)
        #expect(value == text.value)
        // Equality of Doubles is blind to the sign of zero, and that of strings to canonical equivalence.
        #expect(String(reflecting: value) == String(reflecting: text.value))
        if case (.string(let read), .string(let expected)) = (value, text.value) {
            #expect(Array(read.utf8) == Array(expected.utf8))
        }
    }

    @Test(arguments: RefusedTexts.all)
    func `what is not JSON is refused where it stops being JSON`(_ text: RefusedText) {
        let error = outcome(of: text.bytes).error
        #expect(error?.reason == text.reason)
        #expect(error?.offset == text.offset)
    }

    @Test(arguments: AcceptedTexts.all)
    func `a JSON text cut short is refused, unless it is a number that ends earlier`(_ text: AcceptedText) {
        for byteCount in 0..<text.bytes.count {
            let head = Array(text.bytes[..<byteCount])
            guard case .success(let value) = outcome(of: head) else { continue }
            switch value {
            case .integer, .double: break
            default: #expect(text.bytes[byteCount...].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
            }
        }
    }

    @Test func `only one part of a larger buffer is read when that part is given`() throws {
        let bytes = Array("[1,2][3]".utf8)
        #expect(try JSONReader.read(bytes.span.extracting(0..<5)) == [1, 2])
        #expect(try JSONReader.read(bytes.span.extracting(5..<8)) == [3])
        #expect(throws: JSONError.self) { try JSONReader.read(bytes.span.extracting(0..<4)) }
        // What lies beyond the part would complete the string, the number and the escape.
        let string = Array(#""ab\u0041cdefghijklmnop""#.utf8)
        for byteCount in 0..<string.count {
            #expect(throws: JSONError.self) { try JSONReader.read(string.span.extracting(0..<byteCount)) }
        }
    }

    @Test func `members keep the order of the text`() throws {
        guard case .object(let object) = try JSONReader.read(Array(#"{"z":1,"a":2,"m":3}"#.utf8)) else {
            Issue.record("no object")
            return
        }
        #expect(object.members.map(\.name) == ["z", "a", "m"])
        #expect(object["a"] == 2)
        #expect(object["x"] == nil)
    }

    @Test func `strings are told apart byte by byte wherever a quote, a backslash, a control or a letter stands`() {
        for length in 1...19 {
            for place in 0..<length {
                for byte in UInt8.min...UInt8.max {
                    var content = [UInt8](repeating: UInt8(ascii: "x"), count: length)
                    content[place] = byte
                    let result = outcome(of: [0x22] + content + [0x22])
                    switch byte {
                    case 0..<0x20: #expect(result.error?.reason == .controlCharacter)
                    case 0x22: #expect(result.error?.reason == .trailingText)
                    case 0x5C: #expect(result.error?.reason == (place + 1 < length ? .invalidEscape : .unexpectedEnd))
                    case 0x80...: #expect(result.error?.reason == .invalidUTF8)
                    default: #expect(result.value == .string(String(decoding: content, as: UTF8.self)))
                    }
                }
            }
        }
    }

    @Test func `every scalar value is read, raw and escaped, and no surrogate is`() {
        for code in UInt32(0x20)...0x10FFFF where code != 0x22 && code != 0x5C {
            guard code < 0x3000 || code % 61 == 0 || 0xD7F0...0xE010 ~= code || code > 0x10FFF0 else { continue }
            let raw = [0x22] + Self.utf8(code) + [0x22]
            let escaped = Array("\"\(Self.escape(code))\"".utf8)
            guard let scalar = Unicode.Scalar(code) else {
                #expect(outcome(of: raw).error?.reason == .invalidUTF8)
                #expect(outcome(of: escaped).error?.reason == .loneSurrogate)
                continue
            }
            #expect(outcome(of: raw).value == .string(String(scalar)))
            #expect(outcome(of: escaped).value == .string(String(scalar)))
        }
    }

    /// UTF-8 by the rule, for surrogates too.
    private static func utf8(_ code: UInt32) -> [UInt8] {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(code >> shift & 0x3F) }
        switch code {
        case ..<0x80: return [UInt8(code)]
        case ..<0x800: return [0xC0 | UInt8(code >> 6), tail(0)]
        case ..<0x10000: return [0xE0 | UInt8(code >> 12), tail(6), tail(0)]
        default: return [0xF0 | UInt8(code >> 18), tail(12), tail(6), tail(0)]
        }
    }

    private static func escape(_ code: UInt32) -> String {
        func unit(_ unit: UInt32) -> String {
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        guard code > 0xFFFF else { return unit(code) }
        let offset = code - 0x10000
        return unit(0xD800 + (offset >> 10)) + unit(0xDC00 + (offset & 0x3FF))
    }
}
