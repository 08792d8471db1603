/// Postings as the bytes of blocks: it is given words in ascending order, and for each its documents in ascending order.
///
/// A chunk is cut when it is big enough that looking into it costs something; a block holds chunks of any number of words and is about
/// as big as what fits a page of the file beside SQLite's own bytes, so that it is read where it lies.
struct BlockBuilder {
    struct Block {
        /// What it begins with.
        let term: [UInt8]
        let firstKey: Int64
        let bytes: [UInt8]
    }

    /// A block may only grow beyond by one posting that is bigger by itself.
    static let blockByteCount = 4_000
    private static let chunkByteCount = 1_240

    private var term: [UInt8] = []
    private var firstKey: Int64 = 0
    private var lastKey: Int64 = 0
    private var count = 0
    private var documents: [UInt8] = []
    private var places: [UInt8] = []

    private var bytes: [UInt8] = []
    private var blockTerm: [UInt8] = []
    private var blockFirstKey: Int64 = 0
    /// The word of the newest chunk in the block.
    private var lastTerm: [UInt8] = []

    /// Blocks that are done. Whoever takes them clears them.
    var done: [Block] = []

    mutating func begin(_ term: [UInt8]) {
        closeChunk()
        self.term = term
    }

    /// Adds a document of the word, with its places as they are in another block.
    mutating func add(_ key: Int64, _ code: PostingCode, _ encoded: ArraySlice<UInt8>) {
        addDocument(key, code)
        places.append(contentsOf: encoded)
    }

    /// Adds a document of the word.
    mutating func add(_ key: Int64, _ code: PostingCode, places: ArraySlice<WordPlace>) {
        addDocument(key, code)
        WordPlaces.append(places, to: &self.places)
    }

    mutating func finish() {
        closeChunk()
        closeBlock()
    }

    private mutating func addDocument(_ key: Int64, _ code: PostingCode) {
        if documents.count + places.count >= BlockBuilder.chunkByteCount { closeChunk() }
        if count == 0 {
            firstKey = key
        } else {
            Varint.append(UInt64(key - lastKey), to: &documents)
        }
        documents.append(code.rawValue)
        lastKey = key
        count += 1
    }

    private mutating func closeChunk() {
        guard count > 0 else { return }
        // The lengths and numbers before the postings take some 30 bytes.
        let room = documents.count + places.count + term.count + 30
        if !bytes.isEmpty, bytes.count + room > BlockBuilder.blockByteCount { closeBlock() }
        if bytes.isEmpty {
            blockTerm = term
            blockFirstKey = firstKey
        }
        let sharedCount = zip(lastTerm, term).prefix { $0 == $1 }.count
        Varint.append(UInt64(sharedCount), to: &bytes)
        Varint.append(UInt64(term.count - sharedCount), to: &bytes)
        bytes.append(contentsOf: term[sharedCount...])
        Varint.append(UInt64(firstKey), to: &bytes)
        Varint.append(UInt64(lastKey - firstKey), to: &bytes)
        Varint.append(UInt64(count), to: &bytes)
        Varint.append(UInt64(documents.count), to: &bytes)
        Varint.append(UInt64(places.count), to: &bytes)
        bytes.append(contentsOf: documents)
        bytes.append(contentsOf: places)
        lastTerm = term
        count = 0
        documents.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    private mutating func closeBlock() {
        guard !bytes.isEmpty else { return }
        done.append(Block(term: blockTerm, firstKey: blockFirstKey, bytes: bytes))
        bytes.removeAll(keepingCapacity: true)
        lastTerm = []
    }
}
