import Newsroom

/// Makes postings of documents, in memory. Documents are added in the order of their keys.
struct SegmentBuilder {
    private var terms = TermTable()
    private var keys: [Int64] = []
    /// Words of each document's body.
    private var lengths: [Int] = []
    // Of each word that occurs, one after the other: its number, its document's number here, and where it stands.
    private var termNumbers: [UInt32] = []
    private var documents: [UInt32] = []
    private var places: [WordPlace] = []

    var documentCount: Int { keys.count }

    /// How many postings there are at most.
    var wordCount: Int { places.count }

    mutating func add(_ text: IndexedText, key: Int64) {
        let document = UInt32(keys.count)
        keys.append(key)
        _ = add(text.title, false, document, field: 0, from: 1)
        var position: UInt32 = 1
        // A phrase must not reach from one part into the next.
        for part in text.lead { position = add(part, false, document, field: 1, from: position) + 1 }
        lengths.append(Int(add(text.body, text.isHTML, document, field: 2, from: 1)) - 1)
    }

    /// The position behind the text's last word.
    private mutating func add(_ text: String, _ isHTML: Bool, _ document: UInt32, field: UInt32, from first: UInt32) -> UInt32 {
        var position = first
        let bytes = text.utf8.span
        SearchWords.scan(bytes, isHTML: isHTML, keepsLetters: false) { occurrence, _ in
            termNumbers.append(terms.number(of: occurrence.hash) { SearchWords.letters(of: occurrence, in: bytes) })
            documents.append(document)
            places.append(WordPlace(field: field, position: position))
            position += 1
            return true
        }
        return position
    }

    /// All postings, word by word.
    func build(_ builder: inout BlockBuilder) {
        let (starts, order) = byTerm()
        let documents = order.map { self.documents[Int($0)] }
        let places = order.map { self.places[Int($0)] }
        for number in terms.sorted() {
            builder.begin(Array(terms.word(number)))
            add(starts[Int(number)]..<starts[Int(number) + 1], documents, places, to: &builder)
        }
        builder.finish()
    }

    /// The postings of one word.
    private func add(_ range: Range<Int>, _ documents: [UInt32], _ places: [WordPlace], to builder: inout BlockBuilder) {
        var start = range.lowerBound
        while start < range.upperBound {
            let document = documents[start]
            var counts = (title: 0, lead: 0, body: 0)
            var end = start
            while end < range.upperBound, documents[end] == document {
                switch places[end].field {
                case 0: counts.title += 1
                case 1: counts.lead += 1
                default: counts.body += 1
                }
                end += 1
            }
            let code = PostingCode(counts: counts, length: lengths[Int(document)])
            builder.add(keys[Int(document)], code, places: places[start..<end])
            start = end
        }
    }

    /// The occurrences ordered by word, those of a word as they came: counted first, then each put where its word's are.
    private func byTerm() -> (starts: [Int], order: [UInt32]) {
        var starts = [Int](repeating: 0, count: terms.count + 1)
        for number in termNumbers { starts[Int(number) + 1] += 1 }
        for number in 1..<starts.count { starts[number] += starts[number - 1] }
        var next = starts
        var order = [UInt32](repeating: 0, count: termNumbers.count)
        for (index, number) in termNumbers.enumerated() {
            order[next[Int(number)]] = UInt32(index)
            next[Int(number)] += 1
        }
        return (starts, order)
    }
}
