internal import Addresses
internal import HTTP
internal import Locks

/// Counts the wrong tokens of each address, so that nobody can try many. A token that is right is never counted, nor refused: clients
/// behind one proxy share its address, and one of them must not lock the others out. What is tried has 16 random characters at least.
final class FailedAttempts: Sendable {
    private let buckets = Lock<[NetworkAddress: TokenBucket]>([:])
    private let perMinute: Int
    private let now: @Sendable () -> ContinuousClock.Instant

    /// How many addresses are remembered: a few hundred kilobytes.
    static let addressCountMax = 4_096

    init(perMinute: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.perMinute = perMinute
        self.now = now
    }

    /// Counts one more.
    ///
    /// - Returns: nil where it was one of those that may be; else after how many seconds the next one may be.
    func add(from client: NetworkAddress?) -> Int? {
        // Without an address all are one: that of a socket that has gone.
        let (address, moment) = (client?.network ?? NetworkAddress(high: 0, low: 0), now())
        return buckets.withLock { buckets in
            if buckets[address] == nil, buckets.count >= Self.addressCountMax { Self.makeRoom(in: &buckets, at: moment) }
            var bucket = buckets[address] ?? TokenBucket(perMinute: perMinute, at: moment)
            let isAllowed = bucket.take(at: moment)
            buckets[address] = bucket
            return isAllowed ? nil : bucket.secondsToNext
        }
    }

    var addressCount: Int { buckets.withLock { $0.count } }

    /// Forgets those who have waited long enough; all of them where nobody has, since memory is bounded.
    private static func makeRoom(in buckets: inout [NetworkAddress: TokenBucket], at moment: ContinuousClock.Instant) {
        buckets = buckets.filter { pair in
            var bucket = pair.value
            return !bucket.isFull(at: moment)
        }
        if buckets.count >= addressCountMax { buckets.removeAll() }
    }
}
