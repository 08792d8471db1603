/// Makes the ids by which logs and problems call requests: without a system call, and short enough to live inside a `String`'s own 16
/// bytes.
///
/// Six characters are random for each loop of each run, nine count up: 15 characters that sort in the order of their making.
struct RequestIdentifiers {
    private let prefix: UInt64
    private var count: UInt64

    init(using random: inout some RandomNumberGenerator) {
        prefix = .random(in: 0..<(1 << 30), using: &random)
        // Not from nought, so that two runs with the same prefix would still differ.
        count = .random(in: 0..<(1 << 44), using: &random)
    }

    mutating func next() -> String {
        count &+= 1
        return Self.text(prefix, count)
    }

    private static func text(_ prefix: UInt64, _ count: UInt64) -> String {
        String(unsafeUninitializedCapacity: 15) { buffer in
            for place in 0..<6 { buffer[place] = digit(prefix >> UInt64(5 * (5 - place))) }
            for place in 0..<9 { buffer[6 + place] = digit(count >> UInt64(5 * (8 - place))) }
            return 15
        }
    }

    /// Base 32 with digits before letters (RFC 4648 §7), in lower case.
    private static func digit(_ bits: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: bits & 31)
        return value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ value &- 10
    }
}
