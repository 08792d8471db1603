import Newsroom

/// The words of a segment that is being made, each under a number, found by their hashes: open addressing, since a word is looked up each
/// time it occurs.
struct TermTable {
    /// Numbers of words, one more than they are; 0 where there is none.
    private var slots: [UInt32]
    private var hashes: [UInt64] = []
    private var letters: [UInt8] = []
    /// Where the letters of each word end.
    private var ends: [Int] = []

    init() {
        slots = [UInt32](repeating: 0, count: 1 << 14)
    }

    var count: Int { hashes.count }

    /// The number of a word.
    ///
    /// - Parameter fold: the word's letters, which is asked for when it has no number yet.
    mutating func number(of hash: UInt64, _ fold: () -> [UInt8]) -> UInt32 {
        let mask = slots.count &- 1
        var slot = TermTable.slot(hash, mask)
        while slots[slot] != 0 {
            let number = slots[slot] &- 1
            if hashes[Int(number)] == hash { return number }
            slot = (slot &+ 1) & mask
        }
        let number = UInt32(hashes.count)
        hashes.append(hash)
        letters.append(contentsOf: fold())
        ends.append(letters.count)
        slots[slot] = number + 1
        if hashes.count * 2 > slots.count { grow() }
        return number
    }

    func word(_ number: UInt32) -> ArraySlice<UInt8> {
        letters[(number == 0 ? 0 : ends[Int(number) - 1])..<ends[Int(number)]]
    }

    /// The numbers in the order of the words.
    func sorted() -> [UInt32] {
        // Most words differ in their first eight letters.
        var order = (0..<UInt32(hashes.count)).map { (beginning: beginning(of: $0), number: $0) }
        order.sort { one, other in
            one.beginning != other.beginning
                ? one.beginning < other.beginning : word(one.number).lexicographicallyPrecedes(word(other.number))
        }
        return order.map(\.number)
    }

    private func beginning(of number: UInt32) -> UInt64 {
        let word = word(number)
        var value: UInt64 = 0
        for place in 0..<8 {
            let index = word.startIndex + place
            value = value << 8 | (index < word.endIndex ? UInt64(word[index]) : 0)
        }
        return value
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = TermTable.slot(hash, mask)
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number) + 1
        }
    }

    /// FNV's lower bits alone are alike for words that differ only near their ends.
    private static func slot(_ hash: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    }
}
