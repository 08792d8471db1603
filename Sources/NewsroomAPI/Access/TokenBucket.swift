/// So many in a minute, as an allowance that fills up evenly and holds what a minute gives.
struct TokenBucket: Sendable {
    let perMinute: Int
    private var level: Double
    private var filledAt: ContinuousClock.Instant

    /// A full one.
    init(perMinute: Int, at now: ContinuousClock.Instant) {
        self.perMinute = perMinute
        level = Double(perMinute)
        filledAt = now
    }

    /// Takes one, if there is one.
    mutating func take(at now: ContinuousClock.Instant) -> Bool {
        fill(at: now)
        guard level >= 1 else { return false }
        level -= 1
        return true
    }

    /// How many there are now.
    var remaining: Int { Int(level) }

    /// In how many seconds there will be one more, as of the last `take`; at least 1.
    var secondsToNext: Int { max(1, Int(((Double(remaining + 1) - level) * 60 / Double(perMinute)).rounded(.up))) }

    mutating func isFull(at now: ContinuousClock.Instant) -> Bool {
        fill(at: now)
        return level >= Double(perMinute)
    }

    private mutating func fill(at now: ContinuousClock.Instant) {
        let passed = max(.zero, now - filledAt) / .seconds(1)
        level = min(Double(perMinute), level + passed * Double(perMinute) / 60)
        filledAt = max(filledAt, now)
    }
}
