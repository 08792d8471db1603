import Gzip
import Inflating
import Testing

struct GzipEncoderTests {
    private static let nothing: [UInt8] = []
    private static let text = Array(
        String(repeating: "The council adopted a resolution; the delegation stays at home. ", count: 2_000).utf8)

    /// Bytes that no coding makes fewer.
    private static func noise(_ byteCount: Int) -> [UInt8] {
        var state: UInt64 = 17
        return (0..<byteCount).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    private func coded(_ bytes: [UInt8], level: Int = GzipEncoder.levelStandard, byteCount: Int? = nil) throws -> [UInt8] {
        var encoder = try GzipEncoder(level: level, byteCount: byteCount)
        var output: [UInt8] = []
        try encoder.append(bytes.span, .end, to: &output)
        return output
    }

    @Test(arguments: [0, 1, 1_023, 8_192, 8_193, 32_768, 32_769, 128_000])
    func `what goes in comes out, whatever its size and the memory for it`(_ byteCount: Int) throws {
        for bytes in [Array(Self.text.prefix(byteCount)), Self.noise(byteCount)] {
            for expected in [nil, byteCount, 0] {
                for level in [1, 6, 9] {
                    let coded = try coded(bytes, level: level, byteCount: expected)
                    let inflated = try inflated(coded)
                    #expect(inflated.bytes == bytes && inflated.isWhole)
                }
            }
        }
    }

    @Test func `text becomes much less, and noise hardly more`() throws {
        #expect(try coded(Self.text).count < Self.text.count / 20)
        #expect(try coded(Self.noise(100_000)).count < 100_200)
    }

    @Test func `a part that is flushed can be read before the next`() throws {
        var encoder = try GzipEncoder()
        var output: [UInt8] = []
        for count in 1...5 {
            try encoder.append(Array("line \(count)\n".utf8).span, .part, to: &output)
            let soFar = try inflated(output)
            #expect(String(decoding: soFar.bytes, as: UTF8.self).hasSuffix("line \(count)\n") && !soFar.isWhole)
        }
        try encoder.append(Self.nothing.span, .end, to: &output)
        let whole = try inflated(output)
        #expect(whole.bytes == Array("line 1\nline 2\nline 3\nline 4\nline 5\n".utf8) && whole.isWhole)
    }

    @Test func `parts that are not flushed come in the end`() throws {
        var encoder = try GzipEncoder()
        var output: [UInt8] = []
        for start in stride(from: 0, to: Self.text.count, by: 1_000) {
            try encoder.append(Self.text.span.extracting(start..<start + 1_000), .whenDue, to: &output)
        }
        #expect(try inflated(output).isWhole == false)
        try encoder.append(Self.nothing.span, .end, to: &output)
        #expect(try inflated(output).bytes == Self.text)
    }

    @Test func `flushing what is flushed already adds nothing`() throws {
        var encoder = try GzipEncoder()
        var output: [UInt8] = []
        try encoder.append(Self.text.span, .part, to: &output)
        let before = output
        try encoder.append(Self.nothing.span, .part, to: &output)
        try encoder.append(Self.nothing.span, .whenDue, to: &output)
        #expect(output == before)
    }

    @Test func `the same bytes give the same coding`() throws {
        #expect(try coded(Self.text) == coded(Self.text))
        // No time and no name in the header (RFC 1952 §2.3).
        #expect(try coded(Self.text).prefix(8).elementsEqual([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]))
    }

    @Test func `nothing can follow the end`() throws {
        var encoder = try GzipEncoder()
        var output: [UInt8] = []
        try encoder.append(Self.text.span, .end, to: &output)
        var failure: GzipError?
        do throws(GzipError) { try encoder.append(Self.text.span, .end, to: &output) } catch { failure = error }
        #expect(failure != nil)
    }

    @Test func `a level that there is none of is refused`() {
        var failure: GzipError?
        do throws(GzipError) { _ = try GzipEncoder(level: 42) } catch { failure = error }
        #expect(failure == .failed(code: -2))
    }
}
