internal import Synchronization

/// What is counted of the requests of one route: how many by method and status, how long they took, how many bytes they were answered with.
///
/// Counting is an atomic addition each, without a lock and without memory: it happens on the loops' threads, for every request.
final class RouteFigures: Sendable {
    /// The methods that are told apart; any other token is `other`, so that nobody can make series by inventing methods.
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"]

    /// The statuses that the program answers with; any other is counted as its class: `2xx`.
    static let statuses = [
        200, 201, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 417, 422, 428, 429, 431, 500, 501, 503, 505,
        507,
    ]
    /// The labels of all slots: the statuses, then the classes.
    static let statusLabels = statuses.map { String($0) } + ["1xx", "2xx", "3xx", "4xx", "5xx"]

    /// The upper bounds of the buckets, in nanoseconds, inclusive; there is one bucket more, for what takes longer.
    static let bucketBounds: [UInt64] = [
        100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
        500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]

    /// Eight methods times 32 statuses and classes.
    private let counts = InlineArray<256, Atomic<UInt64>> { _ in Atomic(0) }
    private let buckets = InlineArray<17, Atomic<UInt64>> { _ in Atomic(0) }
    private let nanoseconds = Atomic<UInt64>(0)
    private let responseBytes = Atomic<UInt64>(0)
    private let stalls = Atomic<UInt64>(0)

    func record(method: String, status: Int, nanoseconds taken: UInt64, responseByteCount: Int) {
        let slot = RouteFigures.methodSlot(method) * 32 + RouteFigures.statusSlot(status)
        counts[slot].add(1, ordering: .relaxed)
        buckets[RouteFigures.bucketSlot(taken)].add(1, ordering: .relaxed)
        nanoseconds.add(taken, ordering: .relaxed)
        responseBytes.add(UInt64(max(responseByteCount, 0)), ordering: .relaxed)
    }

    func recordStall() {
        stalls.add(1, ordering: .relaxed)
    }

    var stallCount: UInt64 { stalls.load(ordering: .relaxed) }

    /// How many requests of each method and status there were: those that are not zero, and those that are usual.
    func requestCounts(alwaysShowing usual: [(method: String, status: String)]) -> [(method: String, status: String, count: UInt64)] {
        var all: [(method: String, status: String, count: UInt64)] = []
        for (methodSlot, method) in RouteFigures.methods.enumerated() {
            for (statusSlot, status) in RouteFigures.statusLabels.enumerated() {
                let count = counts[methodSlot * 32 + statusSlot].load(ordering: .relaxed)
                let isUsual = count == 0 && usual.contains { $0.method == method && $0.status == status }
                if count > 0 || isUsual { all.append((method: method, status: status, count: count)) }
            }
        }
        return all
    }

    /// What each bucket holds by itself, the last for what took longest; and the sum of all times.
    var durations: (counts: [UInt64], nanoseconds: UInt64) {
        let counts = (0..<17).map { buckets[$0].load(ordering: .relaxed) }
        return (counts: counts, nanoseconds: nanoseconds.load(ordering: .relaxed))
    }

    var responseByteCount: UInt64 { responseBytes.load(ordering: .relaxed) }

    private static func methodSlot(_ method: String) -> Int {
        switch method {
        case "GET": 0
        case "HEAD": 1
        case "POST": 2
        case "PUT": 3
        case "PATCH": 4
        case "DELETE": 5
        case "OPTIONS": 6
        default: 7
        }
    }

    private static func statusSlot(_ status: Int) -> Int {
        var slot = 0
        for known in statuses {
            if known == status { return slot }
            slot += 1
        }
        return slot + min(max(status / 100, 1), 5) - 1
    }

    private static func bucketSlot(_ nanoseconds: UInt64) -> Int {
        var slot = 0
        for bound in bucketBounds {
            if nanoseconds <= bound { return slot }
            slot += 1
        }
        return slot
    }
}
