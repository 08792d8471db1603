import Newsroom

/// In which rows articles were found, as one connection remembers: it spares the next reader of an article the way through the index of
/// ids, which is half of the pages that a read looks at.
///
/// What is remembered may be out of date, for a row's number can come to another article. So it only says where to look, and a rendering
/// says itself whose it is.
struct FoundKeys {
    /// Each at the place that the mark of its id says: the key, and that mark in the lowest bits; 0: none. The newer one takes the place.
    private var entries: [UInt64] = []
    private var count = 0

    private static let countMin = 1_024
    /// Two megabytes.
    private static let countMax = 262_144
    private static let markBitCount: UInt64 = 30

    func key(of id: ID<Article>) -> Int64? {
        guard !entries.isEmpty else { return nil }
        let mark = FoundKeys.mark(of: id)
        let entry = entries[place(of: mark)]
        guard entry != 0, entry & FoundKeys.markMask == mark else { return nil }
        return Int64(entry >> FoundKeys.markBitCount)
    }

    mutating func note(_ key: Int64, of id: ID<Article>) {
        guard key > 0, key < 1 << 33 else { return }
        // Where a quarter of the places is taken, articles begin to take each other's: there are to be more.
        if count * 4 >= entries.count, entries.count < FoundKeys.countMax { grow() }
        keep(UInt64(key) << FoundKeys.markBitCount | FoundKeys.mark(of: id))
    }

    private mutating func grow() {
        let old = entries
        entries = [UInt64](repeating: 0, count: max(FoundKeys.countMin, old.count * 2))
        count = 0
        for entry in old where entry != 0 { keep(entry) }
    }

    private mutating func keep(_ entry: UInt64) {
        let place = place(of: entry & FoundKeys.markMask)
        if entries[place] == 0 { count += 1 }
        entries[place] = entry
    }

    private func place(of mark: UInt64) -> Int { Int(mark) & (entries.count - 1) }

    private static let markMask: UInt64 = (1 << markBitCount) - 1

    /// Some of the random part of the id. Whoever chooses ids that fall together makes nothing but misses.
    private static func mark(of id: ID<Article>) -> UInt64 { UInt64(truncatingIfNeeded: id.ulid.bits) & markMask }

    /// Whether a rendering is this article's, whose text begins with its id.
    static func isRendering(_ json: Span<UInt8>, of id: ID<Article>) -> Bool {
        let start = 7
        guard json.count > start + ID<Article>.length, json[start - 1] == UInt8(ascii: "\"") else { return false }
        let expected = id.bytes
        for place in expected.indices where json[start + place] != expected[place] { return false }
        return true
    }
}
