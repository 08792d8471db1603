import Newsroom
import SQLite

/// The words of the index, of all segments together.
struct Vocabulary {
    let index: IndexSnapshot

    /// How many blocks of a segment are read at most.
    private static let blockCountMax = 20_000

    /// The words that begin with some letters, in order, as far as they are wanted.
    func words(beginningWith beginning: [UInt8], onlyNames: Bool, countMax: Int) throws(SQLiteError) -> [[UInt8]] {
        var found: Set<[UInt8]> = []
        for segment in index.segments {
            var count = 0
            try each(in: segment, from: beginning) { word, isName in
                guard word.starts(with: beginning) else { return false }
                if isName || !onlyNames {
                    found.insert(word)
                    count += 1
                }
                // Of each segment the first: what comes behind them comes behind them in all.
                return count < countMax
            }
        }
        return Array(found.sorted { $0.lexicographicallyPrecedes($1) }.prefix(countMax))
    }

    /// Tells each word between two, once for each segment, until the body answers false; also whether it occurs in what is no article.
    func each(
        from first: [UInt8], to end: [UInt8], _ body: ([UInt8], _ isName: Bool) -> Bool
    ) throws(SQLiteError) {
        for segment in index.segments {
            var goesOn = true
            try each(in: segment, from: first) { word, isName in
                guard word.lexicographicallyPrecedes(end) else { return false }
                goesOn = body(word, isName)
                return goesOn
            }
            guard goesOn else { return }
        }
    }

    /// The words of a segment from one on. A word that takes many blocks is passed over: its last chunk says whether it is a name.
    private func each(
        in segment: Segment, from first: [UInt8], _ body: ([UInt8], _ isName: Bool) -> Bool
    ) throws(SQLiteError) {
        var reader = WordReader(from: first)
        var wanted = first
        var block: Int64 = -1
        for _ in 0..<Vocabulary.blockCountMax {
            var goesOn = true
            var met: Int64 = -1
            let look = { (key: Int64, bytes: Span<UInt8>) throws(SQLiteError) in
                met = key
                goesOn = try reader.read(bytes, body)
            }
            guard try index.tables.find(wanted, from: 0, in: segment, look), goesOn else { return }
            if met <= block {
                // The search led to the block that was read: words go on in the next one.
                guard segment.blocks.contains(block + 1), try index.tables.read(block + 1, look), goesOn else { break }
            }
            block = max(block, met)
            wanted = reader.behind
        }
        reader.finish(body)
    }
}

/// Reads words off blocks, each once, whatever the number of its chunks.
private struct WordReader {
    private let first: [UInt8]
    private var word: [UInt8]?
    private var isName = false

    init(from first: [UInt8]) {
        self.first = first
    }

    /// Before any word behind the one that was met last.
    var behind: [UInt8] { (word ?? first) + [0] }

    /// Whether it goes on.
    mutating func read(_ bytes: Span<UInt8>, _ body: ([UInt8], Bool) -> Bool) throws(SQLiteError) -> Bool {
        var walk = BlockWalk()
        while let header = try walk.next(in: bytes) {
            let isNameHere = header.lastKey >= SearchKey.base(of: .organization)
            if walk.term == word {
                isName = isName || isNameHere
                continue
            }
            // Of a block that is read again, what was told already.
            if walk.term.lexicographicallyPrecedes(word ?? first) { continue }
            if let word, !body(word, isName) { return false }
            (word, isName) = (walk.term, isNameHere)
        }
        return true
    }

    mutating func finish(_ body: ([UInt8], Bool) -> Bool) {
        if let word { _ = body(word, isName) }
        word = nil
    }
}
