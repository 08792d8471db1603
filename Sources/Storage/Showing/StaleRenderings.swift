import Locks

/// The articles that readers found without a rendering, or with a stale one: the writer makes them another when it has nothing better to
/// do. What is lost here is found by the next reader.
final class StaleRenderings: Sendable {
    private let keys = Lock<Set<Int64>>([])

    /// How many are remembered; what comes beyond that is not.
    static let countMax = 4_096

    func add(_ key: Int64) {
        keys.withLock { if $0.count < StaleRenderings.countMax { $0.insert(key) } }
    }

    var count: Int { keys.withLock { $0.count } }

    /// Takes some of them away.
    func take(countMax: Int) -> [Int64] {
        keys.withLock { keys in
            let taken = Array(keys.prefix(countMax))
            keys.subtract(taken)
            return taken
        }
    }
}
