internal import HTTP

/// Makes the ids by which logs and problems call requests: without a system call, without memory, and short enough to live inside a
/// `String`'s own 16 bytes.
///
/// Six characters are random for each loop of each run, nine count up: 15 characters that sort in the order of their making.
struct RequestIdentifiers {
    private let prefix: UInt64
    private var count: UInt64
    private var spanState: UInt64

    init(using random: inout some RandomNumberGenerator) {
        var prefix: UInt64 = 0
        for place in 0..<6 { prefix |= Self.digit(.random(in: 0..<32, using: &random)) << UInt64(8 * place) }
        self.prefix = prefix
        // Not from nought, so that two runs with the same prefix would still differ.
        count = .random(in: 0..<(1 << 44), using: &random)
        spanState = .random(in: 0...UInt64.max, using: &random)
    }

    /// What this server calls its part of a trace; never 0. The generator of SplitMix64: each number once before any comes again.
    mutating func nextSpan() -> UInt64 {
        spanState &+= 0x9E37_79B9_7F4A_7C15
        var mixed = spanState
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return max(1, mixed)
    }

    mutating func next() -> RequestID {
        count &+= 1
        let first = prefix | Self.digit(count >> 40) << 48 | Self.digit(count >> 35) << 56
        var last: UInt64 = 0
        for place in UInt64(0)..<7 { last |= Self.digit(count >> (30 - 5 * place)) << (8 * place) }
        return RequestID(first: first, last: last)
    }

    /// Base 32 with digits before letters (RFC 4648 §7), in lower case.
    @inline(__always)
    private static func digit(_ bits: UInt64) -> UInt64 {
        let value = bits & 31
        return value < 10 ? 0x30 &+ value : 0x57 &+ value
    }
}
