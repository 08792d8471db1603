import Newsroom

/// The rest of a sorted list behind a place in it, as stretches of an index, one after the other.
///
/// `(key, tie) > (a, b)` in one piece would walk over everything that is equal to `a`; in stretches each is found at once. SQLite sorts
/// NULL first, and last when the order descends.
struct KeysetSegments {
    let column: SortColumn
    /// The unique number by which equals are ordered: `article.key`.
    let key: String
    let isDescending: Bool
    /// Whether what has no value in the column is left out, without being walked over. The column holds integers then.
    var leavesOutNull = false
    /// Whether the column's index is to be walked along; else the rows come from elsewhere and are sorted.
    var isWalked = true

    /// What each stretch requires, added to a copy of the statement so far.
    func segments(after position: Position?, of sql: SQLText) -> [SQLText] {
        guard let position else { return [withValue(sql)] }
        let before = isDescending ? "<" : ">"
        switch position.sortKey {
        case .null where leavesOutNull:
            return isDescending ? [] : [withValue(sql)]
        case .null:
            let ties = with(sql) { sql in
                sql.require("\(name) IS NULL")
                sql.require("\(key) \(before) \(sql.bind(.integer(position.tieBreaker)))")
            }
            return isDescending ? [ties] : [ties, with(sql) { $0.require("\(name) IS NOT NULL") }]
        case .text(let text): return segments(from: .text(text), position.tieBreaker, before, of: sql)
        case .integer(let number): return segments(from: .integer(number), position.tieBreaker, before, of: sql)
        }
    }

    private func segments(from value: SQLValue, _ tieBreaker: Int64, _ before: String, of sql: SQLText) -> [SQLText] {
        let ties = with(sql) { sql in
            sql.require("\(ordered) = \(sql.bind(value))")
            sql.require("\(key) \(before) \(sql.bind(.integer(tieBreaker)))")
        }
        let rest = with(sql) { sql in sql.require("\(ordered) \(before) \(sql.bind(value))") }
        guard isDescending, column.isNullable else { return [ties, rest] }
        guard !leavesOutNull else { return [ties, withValue(rest)] }
        return [ties, rest, with(sql) { $0.require("\(name) IS NULL") }]
    }

    var orderClause: String {
        let direction = isDescending ? " DESC" : ""
        return "\nORDER BY \(ordered)\(direction), \(key)\(direction)"
    }

    private var ordered: String { column.foldsCase ? "\(name) COLLATE NOCASE" : name }

    private var name: String { isWalked ? column.name : "+" + column.name }

    /// As a range, which an index serves; for `IS NOT NULL` SQLite would walk over the NULLs.
    private func withValue(_ sql: SQLText) -> SQLText {
        leavesOutNull ? with(sql) { $0.require("\(name) > \(Int64.min)") } : sql
    }

    private func with(_ sql: SQLText, _ change: (inout SQLText) -> Void) -> SQLText {
        var changed = sql
        change(&changed)
        return changed
    }
}
