import HTTP
import HTTPTypes
import Testing

struct ChunkedDecoderTests {
    /// Decodes bytes that come in parts; what is left of the last part, and whether the body ended.
    private func decode(
        _ parts: [[UInt8]], limits: ChunkedDecoder.Limits = .init()
    ) throws(Problem) -> (content: String, rest: Int, isAtEnd: Bool) {
        var decoder = ChunkedDecoder(limits: limits)
        var content: [UInt8] = []
        for part in parts {
            let (consumed, isAtEnd) = try decoder.decode(part.span, into: &content)
            #expect(consumed <= part.count)
            if isAtEnd { return (String(decoding: content, as: UTF8.self), part.count - consumed, true) }
            #expect(consumed == part.count)
        }
        return (String(decoding: content, as: UTF8.self), 0, false)
    }

    private static let bodies: [(String, String)] = [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
        ("0005\r\nhello\r\n000\r\n\r\n", "hello"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ("5;a\r\nhello\r\n0;b\r\n\r\n", "hello"),
        ("5;a=b;c=\"d;\\\"e\";f\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5 ; a = b ; c\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5;a=\"\t é\"\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5\r\nhello\r\n0\r\nA: b\r\nC:\r\n\r\n", "hello"),
    ]

    @Test(arguments: bodies)
    func `a chunked body is put together`(_ text: String, _ content: String) throws {
        let decoded = try decode([Array(text.utf8)])
        #expect(decoded == (content, 0, true))
    }

    @Test(arguments: bodies)
    func `it may be cut anywhere`(_ text: String, _ content: String) throws {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            #expect(try decode([Array(bytes[..<cut]), Array(bytes[cut...])]).content == content)
        }
        let decoded = try decode(bytes.map { [$0] })
        #expect(decoded == (content, 0, true))
    }

    @Test func `what follows the body is left`() throws {
        let decoded = try decode([Array("1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n".utf8)])
        #expect(decoded == ("a", 16, true))
    }

    @Test(arguments: ["", "5", "5\r\n", "5\r\nhel", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n", "0\r\nA: b\r\n"])
    func `a body without its end is not at its end`(_ text: String) throws {
        #expect(try !decode([Array(text.utf8)]).isAtEnd)
    }

    @Test(arguments: [
        "x\r\n", "\r\n", "-1\r\n", "+5\r\n", "0x5\r\n", " 5\r\n", "5\nhello\r\n", "5\rhello", "5\r\nhello\n", "5\r\nhelloX",
        "5\r\nhello\rX", "5\r\nhel\r\n0\r\n\r\n",
        "5 \r\nhello\r\n", "5\t\r\n", "5 5\r\n", "5,\r\n", "5;\r\n", "5;=\r\n", "5;a=\r\n", "5;a=\"b\r\n", "5;a=\"b\n\"\r\n",
        "5;a=\"b\"c\r\n", "5;a b\r\n", "5;a\n",
        "5;a=b=c\r\n", "5;a=\u{0}\r\n", "5;\"a\"\r\n", "1000000000000000\r\n", "ffffffffffffffff\r\n", "0000000000000005\r\n", "g\r\n",
        "0\r\nA\r\n\r\n", "0\r\n: b\r\n\r\n", "0\r\n A: b\r\n\r\n", "0\r\nA : b\r\n\r\n", "0\r\nA: b\nC: d\r\n\r\n",
        "0\r\nA: \u{0}\r\n\r\n", "0\r\nA: b\rX",
        "0\r\n\rX", "0\r\nX\r\n", "0\n\r\n", "0\r\n\n",
    ])
    func `broken chunks are refused, however they are cut`(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(refusal([bytes]) == "malformed_body")
        #expect(refusal(bytes.map { [$0] }) == "malformed_body")
    }

    @Test func `there may be somewhat more of extensions than of content`() throws {
        let limits = ChunkedDecoder.Limits(extensionByteCountMax: 6, trailerByteCountMax: 10)
        let fits = "1;ab\r\nx\r\n1;abc\r\nx\r\n0\r\n\r\n"
        #expect(try decode([Array(fits.utf8)], limits: limits).content == "xx")
        let long = "1;ab\r\nx\r\n1;abcd\r\nx\r\n0\r\n\r\n"
        #expect(refusal([Array(long.utf8)], limits: limits) == "malformed_body")
        let paid = String(repeating: "5;abcd\r\n01234\r\n", count: 100) + "0\r\n\r\n"
        #expect(try decode([Array(paid.utf8)], limits: limits).isAtEnd)
    }

    @Test func `trailers are bounded`() throws {
        let limits = ChunkedDecoder.Limits(extensionByteCountMax: 6, trailerByteCountMax: 10)
        #expect(try decode([Array("0\r\nA: bcd\r\n\r\n".utf8)], limits: limits).isAtEnd == true)
        #expect(refusal([Array("0\r\nA: bcde\r\n\r\n".utf8)], limits: limits) == "head_too_large")
    }

    @Test func `mutated bodies never crash the decoder, and cut or whole they come to the same`() throws {
        var generator = SeededGenerator(state: 7)
        let corpus = Self.bodies.map { Array($0.0.utf8) }
        for _ in 0..<4_000 {
            var bytes = corpus[Int.random(in: 0..<corpus.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                let telling = Array("\r\n;=\"\\0159afG \t:".utf8)
                bytes[index] = telling.randomElement(using: &generator) ?? 0
            }
            #expect(outcome(bytes.map { [$0] }) == outcome([bytes]))
        }
    }

    /// The code of the problem with these parts, nil when there is none.
    private func refusal(_ parts: [[UInt8]], limits: ChunkedDecoder.Limits = .init()) -> String? {
        do throws(Problem) {
            _ = try decode(parts, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    private func outcome(_ parts: [[UInt8]]) -> String {
        do throws(Problem) {
            let decoded = try decode(parts)
            return "\(decoded.content) \(decoded.isAtEnd)"
        } catch {
            return error.detail
        }
    }
}

struct ChunkedEncoderTests {
    @Test(arguments: [(1, "1"), (15, "f"), (16, "10"), (255, "ff"), (4_096, "1000"), (65_535, "ffff")])
    func `a chunk is its size, its bytes and two line ends`(_ count: Int, _ size: String) {
        var out = Array("x".utf8)
        ChunkedEncoder.append([UInt8](repeating: UInt8(ascii: "a"), count: count), to: &out)
        #expect(out == Array("x\(size)\r\n".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: count) + Array("\r\n".utf8))
    }

    @Test func `no bytes make no chunk, since that would be the end`() {
        var out: [UInt8] = []
        ChunkedEncoder.append([], to: &out)
        #expect(out == [])
    }

    @Test func `what is encoded can be decoded`() throws {
        var out: [UInt8] = []
        ChunkedEncoder.append(Array("hello ".utf8), to: &out)
        ChunkedEncoder.append(Array("world".utf8), to: &out)
        ChunkedEncoder.appendEnd(to: &out)
        var decoder = ChunkedDecoder()
        var content: [UInt8] = []
        let (consumed, isAtEnd) = try decoder.decode(out.span, into: &content)
        #expect(consumed == out.count)
        #expect(isAtEnd)
        #expect(content == Array("hello world".utf8))
    }
}
