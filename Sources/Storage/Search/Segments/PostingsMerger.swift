import SQLite

/// Merges the postings of several segments, which are given in the order of the log.
struct PostingsMerger {
    private let scans: [SegmentScan]
    /// Where to go on; nil where all was merged.
    private(set) var next: (term: [UInt8], document: Int64)?

    init(_ scans: [SegmentScan]) {
        self.scans = scans
    }

    /// Goes on until about so many postings are merged. How many there were.
    mutating func merge(into builder: inout BlockBuilder, countMax: Int) throws(SQLiteError) -> Int {
        var count = 0
        next = nil
        while let term = least() {
            builder.begin(term)
            let sources = scans.filter { $0.term == term }
            try merge(term, sources, into: &builder, countMax, &count)
            guard next == nil else { break }
        }
        return count
    }

    private func least() -> [UInt8]? {
        var least: [UInt8]?
        for scan in scans {
            guard let term = scan.term else { continue }
            if least.map({ term.lexicographicallyPrecedes($0) }) ?? true { least = term }
        }
        return least
    }

    /// The postings of one word.
    private mutating func merge(
        _ term: [UInt8], _ scans: [SegmentScan], into builder: inout BlockBuilder, _ countMax: Int, _ count: inout Int
    ) throws(SQLiteError) {
        var sources = scans
        while !sources.isEmpty {
            var place = 0
            for index in sources.indices.dropFirst() where sources[index].key < sources[place].key { place = index }
            let source = sources[place]
            let key = source.key
            guard count < countMax else {
                next = (term, key)
                return
            }
            // One number belongs to one document: of two the newer is the one that is there.
            for index in sources.indices.dropFirst(place + 1) where sources[index].key == key { throw .damagedPostings }
            builder.add(key, source.code, source.places)
            count += 1
            try source.next()
            if source.term != term { sources.remove(at: place) }
        }
    }
}
