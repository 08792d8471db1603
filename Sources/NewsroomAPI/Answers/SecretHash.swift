/// A hash of bytes by a secret that each process draws for itself: whoever chooses the bytes cannot choose them so that many share a hash.
///
/// It multiplies 16 bytes at a time into 128 bits and folds them, as wyhash does, which the tables of Go and others use for the same: a
/// third of the instructions of Swift's `Hasher` for a target.
enum SecretHash {
    private static let secrets = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    /// - Parameter seed: what belongs to it beside the bytes.
    static func hash(_ bytes: Span<UInt8>, with seed: UInt64) -> UInt64 {
        let secrets = secrets
        let raw = bytes.bytes
        var state = mixed(secrets.0 ^ seed, secrets.1 ^ UInt64(bytes.count))
        var index = 0
        while index &+ 16 <= bytes.count {
            state = mixed(word(of: raw, at: index) ^ secrets.1, word(of: raw, at: index &+ 8) ^ state)
            index &+= 16
        }
        if index &+ 8 <= bytes.count {
            state = mixed(word(of: raw, at: index) ^ secrets.2, state ^ secrets.0)
            index &+= 8
        }
        var last: UInt64 = 0
        while index < bytes.count {
            last = last &<< 8 | UInt64(bytes[index])
            index &+= 1
        }
        return mixed(last ^ secrets.0, state ^ secrets.2)
    }

    /// Bounds are checked; unsafe is only that any eight bytes are taken for an integer, which is what is wanted.
    @inline(__always)
    private static func word(of raw: RawSpan, at index: Int) -> UInt64 {
        raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    }

    @inline(__always)
    private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }
}
