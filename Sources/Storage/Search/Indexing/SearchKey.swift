import Newsroom

/// The number of a document in the index. In its order the kinds are apart, and within a kind the newest comes first: so FTS5, which walks
/// along these numbers, finds the newest matches first, whatever the word.
///
/// Above the kind's base it counts down with the seconds since 1970; four bits tell documents of one second apart, and where they do not
/// suffice a document counts for some seconds older than it is.
enum SearchKey {
    /// Of what was published the time is `published_at`, of all else that of its newest change.
    static func base(of kind: Kind) -> Int64 {
        switch kind {
        case .article: 0
        case .organization: 1 << 56
        case .person: 2 << 56
        case .event: 3 << 56
        case .statement: 4 << 56
        }
    }

    /// Articles without a date come behind all that have one.
    static let undated: Int64 = 1 << 50
    /// Half a millennium in sixteenths of a second: times beyond count as that.
    private static let reach: Int64 = 1 << 38
    /// How much greater a key may be because its second was crowded: some hours, which a hundred thousand of one second do not fill.
    static let crowding: Int64 = 1 << 20

    /// All keys of a kind.
    static func range(of kind: Kind) -> ClosedRange<Int64> {
        base(of: kind)...(base(of: kind) + (1 << 55))
    }

    static func kind(of key: Int64) -> Kind {
        Kind.allCases.first { range(of: $0).contains(key) } ?? .article
    }

    /// The first of the keys of a moment.
    static func first(_ base: Int64, _ milliseconds: Int64) -> Int64 {
        let seconds = milliseconds / 1_000 - (milliseconds % 1_000 < 0 ? 1 : 0)
        return base + reach - min(max(seconds, -reach >> 4), (reach >> 4) - 1) << 4
    }

    /// The place in the order of time, comparable among kinds: the newest is the least.
    static func place(of key: Int64) -> Int64 { key & (1 << 56 - 1) }

    /// A free key for a moment: in its second, else a little behind it.
    static func free<Failure: Error>(
        from first: Int64, seed: UInt64, isTaken: (Int64) throws(Failure) -> Bool
    ) throws(Failure) -> Int64 {
        for slot in 0..<Int64(16) where try !isTaken(first + slot) { return first + slot }
        // Thousands may be of one second: the wider the window, the likelier a place in it is free.
        var state = seed | 1
        for width in stride(from: UInt64(8), through: 20, by: 2) {
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let key = first + Int64(state >> (64 - width))
                if try !isTaken(key) { return key }
            }
        }
        var key = first + crowding
        while try isTaken(key) { key += 1 }
        return key
    }
}
