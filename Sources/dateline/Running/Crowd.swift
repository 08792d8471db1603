/// Tells when a crowd of connections has gone, whose memory may go back to the system: the allocator would keep it for the next one.
struct Crowd {
    private var peak = 0

    /// Takes note of how many connections there are; true once after at least half of many have gone.
    mutating func hasGone(leaving openCount: Int) -> Bool {
        peak = max(peak, openCount)
        guard peak >= Self.countMin, openCount <= peak / 2 else { return false }
        peak = openCount
        return true
    }

    /// What fewer than these had is not worth the trouble: some megabytes.
    private static let countMin = 1_000
}
