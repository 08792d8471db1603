import Newsroom
import SQLite

/// The counts of one member's values as they grow, beside a list or a search.
///
/// Resources that are referred to are counted by their keys: what they are called is looked up for those that are told.
struct FacetTally {
    /// How many different values are told apart: a bound on memory, some 20 MB.
    private static let valueCountMax = 100_000

    private var texts: [ExactText: Int] = [:]
    private var numbers: [Int64: Int] = [:]
    /// Of references: what they are to.
    private let target: Kind?
    /// Whether there are more values than are told apart; what came after is not counted.
    private(set) var isFull = false

    /// - Parameter target: the kind of the resources whose keys are counted; nil for plain values.
    init(of target: Kind? = nil) {
        self.target = target
    }

    /// False when no more can be counted.
    mutating func add(_ text: String, count: Int = 1) -> Bool {
        FacetTally.add(ExactText(text), count, to: &texts, &isFull)
    }

    /// False when no more can be counted.
    mutating func add(_ number: Int64, count: Int = 1) -> Bool {
        FacetTally.add(number, count, to: &numbers, &isFull)
    }

    private static func add<Name: Hashable>(_ name: Name, _ count: Int, to counts: inout [Name: Int], _ isFull: inout Bool) -> Bool {
        if counts.count >= FacetTally.valueCountMax, counts[name] == nil {
            isFull = true
            return false
        }
        counts[name, default: 0] += count
        return true
    }

    /// The most frequent values, with what they are called now.
    func values(_ countMax: Int, from database: Database) throws(SQLiteError) -> [FacetValue] {
        guard let target else { return plainValues(countMax) }
        // Nothing is counted by statements, which have no names.
        guard let caption = FacetTally.captions[target] else { return [] }
        var values: [FacetValue] = []
        for (key, count) in topNumbers(countMax) {
            if let value = try database.first(caption, { $0.add(key) }) { values.append(FacetValue(value, count: count)) }
        }
        return values
    }

    private func plainValues(_ countMax: Int) -> [FacetValue] {
        let texts = Self.top(self.texts, countMax) { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        // A member has values of one type.
        guard texts.isEmpty else { return texts.map { FacetValue(.text($0.0.text), count: $0.1) } }
        return topNumbers(countMax).map { FacetValue(.integer($0.0), count: $0.1) }
    }

    /// The numbers that are the most frequent, equals in their order.
    func topNumbers(_ countMax: Int) -> [(Int64, Int)] {
        Self.top(numbers, countMax) { $0 < $1 }
    }

    /// Most entries of a large tally are not even compared with more than the last of the best.
    private static func top<Name>(
        _ counts: [Name: Int], _ countMax: Int, _ isBefore: (Name, Name) -> Bool
    ) -> [(Name, Int)] {
        var best: [(Name, Int)] = []
        func precedes(_ one: (Name, Int), _ other: (Name, Int)) -> Bool {
            one.1 != other.1 ? one.1 > other.1 : isBefore(one.0, other.0)
        }
        for entry in counts {
            let entry = (entry.key, entry.value)
            if best.count == countMax, let last = best.last, !precedes(entry, last) { continue }
            let index = best.firstIndex { precedes(entry, $0) } ?? best.count
            best.insert(entry, at: index)
            if best.count > countMax { best.removeLast() }
        }
        return best
    }

    private static let captions: [Kind: Query<FacetValue.Value>] = [
        .person: caption(.person, "name"), .organization: caption(.organization, "name"), .event: caption(.event, "title"),
        .article: caption(.article, "headline"),
    ]

    private static func caption(_ kind: Kind, _ column: String) -> Query<FacetValue.Value> {
        Query("SELECT id, \(column) FROM \(kind.rawValue) WHERE key = $1") { row throws(SQLiteError) in
            .reference(id: row.text(0), caption: row.text(1))
        }
    }
}
