import Testing

@testable import JSON

struct JSONRoundTripTests {
    @Test(arguments: AcceptedTexts.all)
    func `what was read is written and read as the same`(_ text: AcceptedText) throws {
        let value = try JSONReader.read(text.bytes)
        for isPretty in [false, true] {
            let written = JSONWriter.text(of: value, pretty: isPretty)
            #expect(try JSONReader.read(written) == value)
            #expect(JSONWriter.text(of: try JSONReader.read(written), pretty: isPretty) == written)
        }
    }

    @Test(arguments: 0..<40)
    func `any value survives writing and reading`(_ seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        for _ in 0..<25 {
            let value = values.next(depthMax: 5)
            #expect(try JSONReader.read(JSONWriter.text(of: value)) == value)
            #expect(try JSONReader.read(JSONWriter.text(of: value, pretty: true)) == value)
        }
    }

    @Test func `any finite Double survives to the last bit`() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<20_000 {
            let double = Double(bitPattern: generator.next())
            guard double.isFinite else { continue }
            let read = try JSONReader.read(JSONWriter.text(of: .double(double)))
            guard case .double(let back) = read else {
                Issue.record("\(double) was read as \(read)")
                continue
            }
            #expect(back.bitPattern == double.bitPattern)
        }
    }

    @Test func `short decimals are read as the compiler and the standard library read them`() {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<20_000 {
            let digits = generator.next() >> UInt64.random(in: 1..<64, using: &generator)
            let text = "\(digits).\(generator.next() % 1_000)e\(Int.random(in: -40...40, using: &generator))"
            #expect(outcome(of: text).value == Double(text).map { .double($0) })
        }
    }

    @Test(arguments: 0..<40)
    func `bytes changed at random never crash the reader, and what it takes is written and read as the same`(
        _ seed: UInt64
    ) throws {
        var values = RandomValues(seed: seed &+ 1_000)
        for _ in 0..<8 {
            let text = JSONWriter.text(of: values.next(depthMax: 5), pretty: values.flip())
            for _ in 0..<60 {
                let changed = values.mutated(text)
                switch outcome(of: changed) {
                case .success(let value): #expect(try JSONReader.read(JSONWriter.text(of: value)) == value)
                case .failure(let error):
                    #expect(0...changed.count ~= error.offset && error.line >= 1 && error.column >= 1)
                }
            }
        }
    }

    @Test func `bytes at random never crash the reader`() {
        var generator = SeededGenerator(seed: 10)
        let alphabet =
            Array("[]{}:,\"\\u0123456789eE+-.truefalsn \n".utf8) + [
                0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xA9, 0xED, 0xF0, 0xFF,
            ]
        for _ in 0..<20_000 {
            let byteCount = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<byteCount).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
            if case .failure(let error) = outcome(of: bytes) {
                #expect(0...bytes.count ~= error.offset)
            }
        }
    }
}

/// Values and changes of texts, the same for the same seed.
private struct RandomValues {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func flip() -> Bool { Bool.random(using: &generator) }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    mutating func next(depthMax: Int) -> JSONValue {
        switch below(depthMax > 0 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(flip())
        case 2: return .integer(Int64(truncatingIfNeeded: generator.next()) >> Int64(below(64)))
        case 3: return .double(double())
        case 4, 5: return .string(string())
        case 6: return .array((0..<below(8)).map { _ in next(depthMax: depthMax - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<below(8) { object[string()] = next(depthMax: depthMax - 1) }
            return .object(object)
        }
    }

    private mutating func double() -> Double {
        let double = Double(bitPattern: generator.next())
        return double.isFinite && flip() ? double : Double(below(2_000_001) - 1_000_000) / 1_000
    }

    private mutating func string() -> String {
        var scalars = String.UnicodeScalarView()
        let codeMax: UInt32 = [0x20, 0x7F, 0x7F, 0x7F, 0x7FF, 0xFFFF, 0x10FFFF][below(7)]
        for _ in 0..<below(flip() ? 12 : 80) {
            scalars.append(Unicode.Scalar(UInt32.random(in: 0...codeMax, using: &generator)) ?? "?")
        }
        return String(scalars)
    }

    /// One to three bytes flipped, taken out, put in or doubled.
    mutating func mutated(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...below(3) where !text.isEmpty {
            let place = below(text.count)
            switch below(5) {
            case 0: text[place] ^= 1 << UInt8(below(8))
            case 1: text[place] = UInt8(below(256))
            case 2: text.remove(at: place)
            case 3: text.insert(Array("{}[],:\"\\0-.e".utf8)[below(12)], at: place)
            default: text.removeSubrange(place...)
            }
        }
        return text
    }
}
