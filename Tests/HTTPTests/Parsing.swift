import HTTP
import HTTPTypes
import Testing

/// A request head as bytes, shown in a test's name as it would be written.
struct Head: Sendable, ExpressibleByStringLiteral, CustomTestStringConvertible {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(stringLiteral text: String) {
        self.init(Array(text.utf8))
    }

    /// The rest of a head around a target or a field line.
    static func target(_ target: String, method: String = "GET") -> Head {
        Head(Array("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
    }

    static func field(_ line: String) -> Head {
        Head(Array("POST / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n".utf8))
    }

    static func host(_ value: String) -> Head {
        Head(Array("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n".utf8))
    }

    var testDescription: String {
        let text = String(decoding: bytes.prefix(120), as: UTF8.self).debugDescription
        return bytes.count > 120 ? "\(text)… (\(bytes.count) bytes)" : text
    }
}

/// Parses all bytes at once.
func parse(_ head: Head, limits: HeadLimits = .init()) -> ParseOutcome {
    var searched = 0
    return RequestParser.parse(head.bytes.span, limits: limits, searched: &searched)
}

/// The head, when the bytes are one and nothing else.
func parsed(_ head: Head, limits: HeadLimits = .init()) throws -> RequestHead {
    guard case .request(let request, let byteCount) = parse(head, limits: limits) else { throw NotParsed() }
    #expect(byteCount == head.bytes.count)
    return request
}

struct NotParsed: Error {}

/// All that can be seen of an outcome, to compare two.
func description(of outcome: ParseOutcome) -> String {
    switch outcome {
    case .incomplete: "incomplete"
    case .refusal(let problem): "refusal \(problem)"
    case .faulty(let head, let problem, let byteCount): "\(byteCount) \(description(of: head)) but \(problem)"
    case .request(let head, let byteCount): "\(byteCount) \(description(of: head))"
    }
}

private func description(of head: RequestHead) -> String {
    "\(head.method) \(head.target) \(head.version) \(head.fields) \(head.framing) \(head.keepsAlive) \(head.expectsContinue)"
}

/// Gives the bytes one by one, as a slow sender would, and stops at the first outcome.
func parseByteByByte(_ bytes: [UInt8], limits: HeadLimits = .init()) -> ParseOutcome {
    var searched = 0
    for count in 0...bytes.count {
        let outcome = RequestParser.parse(bytes.span.extracting(first: count), limits: limits, searched: &searched)
        #expect(searched <= count)
        if case .incomplete = outcome { continue }
        return outcome
    }
    return .incomplete
}

/// A generator of numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
