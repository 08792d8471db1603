import HTTP
import HTTPTypes
import Testing

struct RequestParserSplitTests {
    static let heads: [Head] = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n\r\nPOST /v1/import?on_error=skip HTTP/1.1\r\nHost: a:80\r\nContent-Length: 3\r\nX:\t y \t\r\n\r\n",
        "PUT /v1/articles/caf%C3%A9/../b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
        "GET /\tx HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: \u{0}\r\n\r\n", Head(Array("GET /\(String(repeating: "a", count: 8_192)) X\r\nHost: a\r\n\r\n".utf8)),
    ]

    @Test(arguments: heads)
    func `a head cut in two anywhere has one outcome`(_ head: Head) {
        let whole = description(of: parse(head))
        for cut in 0...head.bytes.count {
            var searched = 0
            let first = RequestParser.parse(head.bytes.span.extracting(first: cut), searched: &searched)
            guard case .incomplete = first else {
                #expect(description(of: first) == whole, "at \(cut)")
                continue
            }
            let second = RequestParser.parse(head.bytes.span, searched: &searched)
            #expect(description(of: second) == whole, "at \(cut)")
        }
    }

    @Test(arguments: heads)
    func `a head that comes byte by byte has the same outcome`(_ head: Head) {
        #expect(description(of: parseByteByByte(head.bytes)) == description(of: parse(head)))
    }

    @Test func `each byte is looked through once`() {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 5_000)
        var searched = 0
        for count in 1...bytes.count {
            _ = RequestParser.parse(bytes.span.extracting(first: count), searched: &searched)
            // All but a CR whose LF is still to come.
            #expect(searched >= count - 1)
        }
    }

    @Test func `requests in one buffer come out one by one`() {
        let heads = ["GET /1 HTTP/1.1\r\nHost: a\r\n\r\n", "\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /3 HTTP/1.0\r\n\r\n"]
        var rest = Array(heads.joined().utf8)
        var paths: [String] = []
        while case .request(let head, let byteCount) = parse(Head(rest)) {
            paths.append(head.target.path)
            rest.removeFirst(byteCount)
        }
        #expect(paths == ["/1", "/2", "/3"])
        #expect(rest.isEmpty)
    }

    @Test func `mutated heads never crash the parser, nor make it take more than there is`() {
        var generator = SeededGenerator(state: 2024)
        let corpus = Self.heads.map(\.bytes) + RefusedHeads.all.map(\.0.bytes).filter { $0.count < 400 }
        for round in 0..<6_000 {
            let bytes = mutated(corpus[Int.random(in: 0..<corpus.count, using: &generator)], &generator)
            let outcome = parse(Head(bytes))
            if case .request(let head, let byteCount) = outcome {
                #expect(byteCount <= bytes.count)
                #expect(byteCount >= 18)
                _ = head.fields[.accept]
                _ = head.target.path
            }
            if round % 10 == 0 { #expect(description(of: parseByteByByte(bytes)) == description(of: outcome)) }
        }
    }

    private func mutated(_ original: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        let telling = Array("\r\n :%/?#*\0\u{7F},;=\"\\[]@\té0aHGC".utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let byte =
                Bool.random(using: &generator) ? telling.randomElement(using: &generator) ?? 0 : .random(in: 0...255, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            default: bytes.insert(contentsOf: bytes[index..<min(index + 7, bytes.count)], at: index)
            }
        }
        return bytes
    }
}
