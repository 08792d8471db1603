import Glibc
import Newsroom

/// The system's own random bits, fetched for many ids at once: a call of the system for each costs more than the rest of the id.
package struct BufferedRandomSource: RandomSource {
    private var words: [UInt64] = []

    /// What getentropy(3) gives at once.
    private static let wordCount = 32

    package init() {}

    package mutating func next() -> UInt64 {
        if let word = words.popLast() { return word }
        var fetched = [UInt64](repeating: 0, count: BufferedRandomSource.wordCount)
        let code = fetched.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) }
        var generator = SystemRandomNumberGenerator()
        guard code == 0 else { return generator.next() }
        words = fetched
        return words.popLast() ?? generator.next()
    }
}
