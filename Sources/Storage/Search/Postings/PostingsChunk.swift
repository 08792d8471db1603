import SQLite

/// Some of the postings of one word in one segment, read: the documents' numbers in ascending order, and a code for each.
struct PostingsChunk {
    private(set) var keys: [Int64] = []
    private(set) var codes: [PostingCode] = []
    /// Where the words stand, one posting after the other; empty where it was not wanted.
    private(set) var places: [UInt8] = []

    /// Reads the chunk that a header tells of.
    ///
    /// - Throws: `damagedPostings` where the bytes are not what the header says.
    mutating func read(_ header: ChunkHeader, of bytes: Span<UInt8>, withPlaces: Bool) throws(SQLiteError) {
        try readDocuments(header, bytes)
        places.removeAll(keepingCapacity: true)
        if withPlaces { bytes.extracting(header.places).withUnsafeBufferPointer { places.append(contentsOf: $0) } }
    }

    private mutating func readDocuments(_ header: ChunkHeader, _ bytes: Span<UInt8>) throws(SQLiteError) {
        keys.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        keys.reserveCapacity(header.count)
        codes.reserveCapacity(header.count)
        let documents = bytes.extracting(header.documents)
        var key = header.firstKey
        var index = 1
        keys.append(key)
        codes.append(PostingCode(rawValue: documents[0]))
        for _ in 1..<header.count {
            let next = key &+ (try Varint.read(documents, at: &index))
            guard next > key, next <= header.lastKey, index < documents.count else { throw .damagedPostings }
            key = next
            keys.append(key)
            codes.append(PostingCode(rawValue: documents[index]))
            index &+= 1
        }
        guard index == documents.count, key == header.lastKey else { throw .damagedPostings }
    }
}

/// What stands before a chunk in a block.
struct ChunkHeader {
    let firstKey: Int64
    let lastKey: Int64
    /// Of the postings; at least one.
    let count: Int
    /// Where a code for each posting is, and between two what the next number lies behind the one before.
    let documents: Range<Int>
    let places: Range<Int>
}

/// Goes through the chunks of a block, which stand in the order of their words, those of a word in the order of their documents.
struct BlockWalk {
    /// The word of the chunk that was met last.
    private(set) var term: [UInt8] = []
    /// Where the next chunk begins.
    private(set) var offset = 0

    /// The next chunk's header; nil behind the last one.
    ///
    /// - Throws: `damagedPostings` for what is none.
    mutating func next(in bytes: Span<UInt8>) throws(SQLiteError) -> ChunkHeader? {
        guard offset < bytes.count else { return nil }
        var index = offset
        let sharedCount = try Varint.read(bytes, at: &index)
        let ownCount = try Varint.read(bytes, at: &index)
        guard sharedCount <= term.count, ownCount <= bytes.count - index else { throw .damagedPostings }
        let end = index + Int(ownCount)
        if sharedCount < term.count || ownCount > 0 {
            term.removeLast(term.count - Int(sharedCount))
            bytes.extracting(index..<end).withUnsafeBufferPointer { term.append(contentsOf: $0) }
        }
        index = end
        let firstKey = try Varint.read(bytes, at: &index)
        let lastKey = firstKey &+ (try Varint.read(bytes, at: &index))
        let count = try Varint.read(bytes, at: &index)
        let documentByteCount = try Varint.read(bytes, at: &index)
        let placeByteCount = try Varint.read(bytes, at: &index)
        let byteCount = Int64(bytes.count - index)
        guard firstKey <= lastKey, count >= 1, count <= documentByteCount, documentByteCount <= byteCount,
            placeByteCount <= byteCount - documentByteCount
        else { throw .damagedPostings }
        let documents = index..<index + Int(documentByteCount)
        let places = documents.upperBound..<documents.upperBound + Int(placeByteCount)
        offset = places.upperBound
        return ChunkHeader(firstKey: firstKey, lastKey: lastKey, count: Int(count), documents: documents, places: places)
    }
}
