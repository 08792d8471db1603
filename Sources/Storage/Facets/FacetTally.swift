import Newsroom
import SQLite

/// The counts of one member's values as they grow.
///
/// Rows have a value in one column and the resource's key in another, those of one resource next to each other, or equal ones.
struct FacetTally {
    /// How many different values are told apart: a bound on memory, some 20 MB.
    private static let valueCountMax = 100_000

    private enum Name: Hashable {
        case text(String)
        case integer(Int64)
    }

    /// Of references: the table of what they are to.
    private let target: String?
    private let isInteger: Bool
    private var counts: [Name: Int] = [:]
    /// The values that the newest resource has been counted for.
    private var newest: (key: Int64, names: [Name])?
    private let hasRepeats: Bool
    /// Whether there are more values than are told apart; what came after is not counted.
    private(set) var isFull = false

    init(_ source: FilterSource, holdsIntegers: Bool) {
        switch source {
        case .column, .externalID, .window: (target, hasRepeats) = (nil, false)
        case .reference(_, let kind): (target, hasRepeats) = (kind, false)
        case .part(let part, _): (target, hasRepeats) = (nil, part.hasRepeats)
        case .partReference(let part, _, let kind): (target, hasRepeats) = (kind, part.hasRepeats)
        }
        isInteger = holdsIntegers || target != nil
    }

    /// False when no more can be counted.
    mutating func add(_ row: borrowing Row, at column: Int32, key: Int32) -> Bool {
        guard !row.isNull(column) else { return true }
        let name: Name = isInteger ? .integer(row.integer(column)) : .text(row.text(column))
        if hasRepeats {
            let key = row.integer(key)
            if newest?.key != key { newest = (key, []) }
            guard newest?.names.contains(name) == false else { return true }
            newest?.names.append(name)
        }
        if counts.count >= FacetTally.valueCountMax, counts[name] == nil {
            isFull = true
            return false
        }
        counts[name, default: 0] += 1
        return true
    }

    /// The most frequent values.
    func values(_ countMax: Int, from database: Database) throws(SQLiteError) -> [FacetValue] {
        let top = counts.sorted { one, other in
            one.value != other.value ? one.value > other.value : FacetTally.isBefore(one.key, other.key)
        }.prefix(countMax)
        var values: [FacetValue] = []
        for (name, count) in top {
            if let value = try value(name, from: database) { values.append(FacetValue(value, count: count)) }
        }
        return values
    }

    private static func isBefore(_ one: Name, _ other: Name) -> Bool {
        switch (one, other) {
        case (.text(let one), .text(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        case (.integer(let one), .integer(let other)): one < other
        case (.integer, .text): true
        case (.text, .integer): false
        }
    }

    private func value(_ name: Name, from database: Database) throws(SQLiteError) -> FacetValue.Value? {
        switch name {
        case .text(let text): return .text(text)
        case .integer(let number):
            guard let target else { return .integer(number) }
            return try database.first(FacetTally.captions[target] ?? FacetTally.personCaption) { $0.add(number) }
        }
    }

    private static let personCaption = caption("person", "name")
    private static let captions = [
        "person": personCaption, "organization": caption("organization", "name"), "event": caption("event", "title"),
    ]

    private static func caption(_ table: String, _ column: String) -> Query<FacetValue.Value> {
        Query("SELECT id, \(column) FROM \(table) WHERE key = $1") { row throws(SQLiteError) in
            .reference(id: row.text(0), caption: row.text(1))
        }
    }
}
