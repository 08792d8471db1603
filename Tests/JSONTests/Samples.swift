import Testing

@testable import JSON

/// A text and the value that it stands for.
struct AcceptedText: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let value: JSONValue

    init(_ text: String, _ value: JSONValue) {
        self.init(Array(text.utf8), value)
    }

    init(_ bytes: [UInt8], _ value: JSONValue) {
        self.bytes = bytes
        self.value = value
    }

    var testDescription: String { described(bytes) }
}

/// A text that is not JSON, why not, and where.
struct RefusedText: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let reason: JSONError.Reason
    let offset: Int

    init(_ text: String, _ reason: JSONError.Reason, at offset: Int) {
        self.init(Array(text.utf8), reason, at: offset)
    }

    init(_ bytes: [UInt8], _ reason: JSONError.Reason, at offset: Int) {
        self.bytes = bytes
        self.reason = reason
        self.offset = offset
    }

    var testDescription: String { described(bytes) }
}

/// Bytes between quotes, as a string of the text would hold them.
func quoted(_ bytes: UInt8...) -> [UInt8] {
    [0x22] + bytes + [0x22]
}

/// The value or the error of a text; a test compares it whole.
func outcome(of bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> Result<JSONValue, JSONError> {
    Result { () throws(JSONError) in try JSONReader.read(bytes, limits: limits) }
}

func outcome(of text: String, limits: JSONLimits = JSONLimits()) -> Result<JSONValue, JSONError> {
    outcome(of: Array(text.utf8), limits: limits)
}

extension Result where Success == JSONValue, Failure == JSONError {
    var value: JSONValue? { try? get() }

    var error: JSONError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

/// The same pseudo-random numbers in every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private func described(_ bytes: [UInt8]) -> String {
    let shown = bytes.prefix(48).map { byte in
        if 0x20..<0x7F ~= byte { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "<\(digits.count < 2 ? "0" : "")\(digits)>"
    }
    return shown.joined() + (bytes.count > 48 ? "…" : "")
}
