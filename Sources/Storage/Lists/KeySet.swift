/// A set of rows by their keys, a bit each: what an index tells is read into one, so that sets are intersected and rows are tested without
/// a look at their table. Keys that lie close together, as those of a table do, take little more than a bit.
struct KeySet: Sendable, Equatable {
    /// Of 65,536 neighbouring keys each.
    private var chunks: [Int64: [UInt64]] = [:]
    private(set) var count = 0

    private static let wordsInChunk = 1_024

    init() {}

    init(_ keys: some Sequence<Int64>) {
        for key in keys { insert(key) }
    }

    mutating func insert(_ key: Int64) {
        let (word, bit) = KeySet.place(of: key)
        let isNew = Self.set(bit, in: &chunks[key >> 16, default: Array(repeating: 0, count: KeySet.wordsInChunk)][word])
        if isNew { count += 1 }
    }

    /// Whether the bit was not set before.
    private static func set(_ bit: UInt64, in word: inout UInt64) -> Bool {
        defer { word |= bit }
        return word & bit == 0
    }

    func contains(_ key: Int64) -> Bool {
        guard let chunk = chunks[key >> 16] else { return false }
        let (word, bit) = KeySet.place(of: key)
        return chunk[word] & bit != 0
    }

    func intersection(_ other: KeySet) -> KeySet {
        var common = KeySet()
        for (number, chunk) in chunks {
            guard let others = other.chunks[number] else { continue }
            var shared = chunk
            for index in shared.indices { shared[index] &= others[index] }
            let sharedCount = shared.reduce(0) { $0 + $1.nonzeroBitCount }
            guard sharedCount > 0 else { continue }
            common.chunks[number] = shared
            common.count += sharedCount
        }
        return common
    }

    /// The keys, the least first.
    var keys: [Int64] {
        var keys: [Int64] = []
        keys.reserveCapacity(count)
        for number in chunks.keys.sorted() {
            for (index, word) in (chunks[number] ?? []).enumerated() where word != 0 {
                for bit in 0..<64 where word & (1 << UInt64(bit)) != 0 { keys.append(number << 16 + Int64(index * 64 + bit)) }
            }
        }
        return keys
    }

    /// A statement for the keys, bound as one JSON array (sqlite.org/json1.html#jeach), so that sets of all sizes are one statement.
    func statement(in sql: inout SQLText) -> String {
        "SELECT value FROM json_each(\(sql.bind(.text("[" + keys.map { "\($0)" }.joined(separator: ",") + "]"))))"
    }

    /// Where a key is in its chunk.
    private static func place(of key: Int64) -> (word: Int, bit: UInt64) {
        let offset = Int(key & 0xFFFF)
        return (offset >> 6, 1 << UInt64(offset & 63))
    }
}
