import Newsroom
import SQLite

/// A walk along the matches of one kind, the newest first, that asks of each whether the viewer may see it and whether the filters hold.
struct MatchWalk<R: StoredResource> {
    let match: String
    /// What the walk is bounded by, beside the kind's own keys.
    let keys: ClosedRange<Int64>
    let viewer: Viewer
    let now: Instant
    let filters: [Filter<R.FilterMember>]
    /// When an article was published, exactly: keys are of seconds.
    var publishedFrom: Instant?
    var publishedTo: Instant?
    /// What else is selected, behind (key, resource's key, whether it is one, rank).
    var columns: [String] = []

    /// How many rows are looked at in one walk, those that the viewer may not see included.
    static var examinedCountMax: Int { 20_000 }

    /// Whether all matches were looked at.
    ///
    /// - Parameter factors: nil: not ranked.
    /// - Throws: `invalid` for a filter that means nothing.
    func each(
        _ database: Database, ranking factors: RankingFactors?, _ body: (borrowing Row) throws(SQLiteError) -> Bool
    ) throws -> Bool {
        var sql = SQLText()
        let wanted = try wanted(in: &sql)
        let visible = wanted.isEmpty ? "1" : wanted.joined(separator: " AND ")
        let length = "search_document.word_count"
        let place = "$\(sql.values.count + 1)"
        let rank = factors == nil ? "NULL" : "CASE WHEN \(visible) THEN ranked(search_index, \(length), \(place)) END"
        let next = sql.values.count + (factors == nil ? 1 : 2)
        let table = R.table
        let text = """
            SELECT search_index.rowid, search_document.resource_key, \(visible), \(rank)\(columns.map { ", " + $0 }.joined())
            FROM search_index
            CROSS JOIN search_document ON search_document.key = search_index.rowid
            CROSS JOIN \(table) ON \(table).key = search_document.resource_key
            WHERE search_index MATCH $\(next) AND search_index.rowid >= $\(next + 1) AND search_index.rowid <= $\(next + 2)
            ORDER BY search_index.rowid
            """
        var examined = 0
        var isWhole = true
        try database.each(SQL(assembled: text)) {
            $0.add(sql.values)
            if let factors { $0.add(blob: factors.bytes) }
            $0.add(match)
            $0.add(keys.lowerBound)
            $0.add(keys.upperBound)
        } while: { row throws(SQLiteError) in
            examined += 1
            guard examined <= MatchWalk.examinedCountMax else {
                isWhole = false
                return false
            }
            guard row.integer(2) != 0 else { return true }
            let goesOn = try body(row)
            if !goesOn { isWhole = false }
            return goesOn
        }
        return isWhole
    }

    private func wanted(in sql: inout SQLText) throws(StoreError) -> [String] {
        var conditions: [String] = []
        if let visibility = R.visibility(to: viewer, at: now) {
            conditions.append(visibility.condition(sql.bind(.integer(now.milliseconds)), "+"))
        }
        if let publishedFrom { conditions.append("+\(R.table).published_at_ms >= \(sql.bind(.integer(publishedFrom.milliseconds)))") }
        if let publishedTo { conditions.append("+\(R.table).published_at_ms <= \(sql.bind(.integer(publishedTo.milliseconds)))") }
        for filter in filters {
            let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
            guard let text = condition.text(R.filterSource(filter.member), of: R.self, in: &sql) else {
                let failure = MemberFailure(
                    path: "/" + filter.member.rawValue, rule: .invalidValue, message: "cannot be compared with that")
                throw .invalid(ValidationFailure([failure]))
            }
            conditions.append("(\(text))")
        }
        return conditions
    }
}
