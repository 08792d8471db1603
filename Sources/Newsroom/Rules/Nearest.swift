/// Finds the name that somebody who mistyped may have meant.
package enum Nearest {
    /// The candidate with the fewest slips (a byte left out, put in, changed, or two neighbours swapped), the first of equals; nil where
    /// even that one has more than a third of its length, or where the name is longer than 64 bytes.
    package static func name(to name: String, in candidates: some Sequence<String>) -> String? {
        let wanted = name.utf8.map(\.lowercased)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        var best: (name: String, slips: Int)?
        for candidate in candidates {
            let bytes = Array(candidate.utf8)
            let bound = min(max(1, min(wanted.count, bytes.count) / 3), (best?.slips ?? .max) - 1)
            guard bound >= 0, abs(bytes.count - wanted.count) <= bound else { continue }
            let slips = self.slips(from: wanted, to: bytes)
            if slips <= bound { best = (candidate, slips) }
        }
        return best?.name
    }

    /// The Damerau-Levenshtein distance in which no place is changed twice.
    package static func slips(from one: [UInt8], to other: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: other.count + 1)
        var last = Array(0...other.count)
        var row = last
        for i in one.indices {
            row[0] = i + 1
            for j in other.indices {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { least = min(least, beforeLast[j - 1] + 1) }
                row[j + 1] = least
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[other.count]
    }
}
