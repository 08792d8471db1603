import Newsroom
import SQLite

/// A walk along the matches of one kind, the newest first, that asks of each whether it is still what was indexed, whether the viewer may
/// see it, and whether the filters hold.
struct MatchWalk<R: StoredResource> {
    let matches: Matches
    /// What the walk is bounded by, beside the kind's own keys.
    let keys: ClosedRange<Int64>
    let sight: Sight
    let filters: [Filter<R.FilterMember>]
    /// When an article was published, exactly: keys are of seconds.
    var publishedFrom: Instant?
    var publishedTo: Instant?
    /// What else is selected, behind the resource's key.
    var columns: [String] = []

    /// How many matches are looked at in one walk, those that the viewer may not see included.
    static var examinedCountMax: Int { 20_000 }

    /// Tells each match that counts until the body answers false. Whether all were looked at.
    ///
    /// - Throws: `invalidQuery` for a filter that means nothing.
    func each(_ database: Database, _ body: (Matches.Match) -> Bool) throws -> Bool {
        var sql = SQLText()
        guard try wanted(in: &sql).isEmpty else { return try eachRow(database) { match, _ in body(match) } }
        // Nothing is asked of the resources, and most matches are known to be there still.
        var count = 0
        while count < MatchWalk.examinedCountMax, let match = try matches.next(in: keys) {
            guard let isLive = match.isLive else { return try eachRow(database, from: match) { match, _ in body(match) } }
            if isLive, !body(match) { return false }
            count += 1
        }
        return count < MatchWalk.examinedCountMax
    }

    /// Tells each match that counts, with the row of its resource: its key, and `columns`.
    func eachRow(
        _ database: Database, _ body: (Matches.Match, borrowing Row) throws(SQLiteError) -> Bool
    ) throws -> Bool {
        // Where nothing matches, nothing is to be asked.
        guard let first = try matches.next(in: keys) else { return true }
        return try eachRow(database, from: first, body)
    }

    private func eachRow(
        _ database: Database, from first: Matches.Match, _ body: (Matches.Match, borrowing Row) throws(SQLiteError) -> Bool
    ) throws -> Bool {
        var sql = SQLText()
        let wanted = try wanted(in: &sql)
        let next = sql.values.count
        // The resource is only looked at where something is asked of it.
        let resource = wanted.isEmpty && columns.isEmpty ? "" : "CROSS JOIN \(R.table) ON \(R.table).key = search_document.resource_key"
        let text = """
            SELECT search_document.resource_key\(columns.map { ", " + $0 }.joined())
            FROM search_document \(resource)
            WHERE \((wanted + ["search_document.key = $\(next + 1)", "search_document.seq >= $\(next + 2)"]).joined(separator: " AND "))
                AND search_document.seq <= $\(next + 3)
            """
        return try database.repeating(SQL(assembled: text)) {
            $0.add(sql.values)
        } _: { statement throws(SQLiteError) in
            try walk(from: first, statement, database, body)
        }
    }

    private func walk(
        from first: Matches.Match, _ statement: borrowing RepeatedStatement, _ database: Database,
        _ body: (Matches.Match, borrowing Row) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) -> Bool {
        var match = first
        for _ in 0..<MatchWalk.examinedCountMax {
            try database.checkDeadline("what matches a search")
            var goesOn = true
            _ = try statement.one(match.key, match.sequences.lowerBound, match.sequences.upperBound) { row throws(SQLiteError) in
                goesOn = try body(match, row)
            }
            guard goesOn else { return false }
            guard let next = try matches.next(in: match.key...keys.upperBound) else { return true }
            match = next
        }
        return false
    }

    private func wanted(in sql: inout SQLText) throws(StoreError) -> [String] {
        var conditions: [String] = []
        if let visibility = R.visibility(to: sight.viewer, at: sight.now) {
            conditions.append(visibility.condition(at: sight.now, in: &sql))
        }
        if let publishedFrom { conditions.append("+\(R.table).published_at_ms >= \(sql.bind(.integer(publishedFrom.milliseconds)))") }
        if let publishedTo { conditions.append("+\(R.table).published_at_ms <= \(sql.bind(.integer(publishedTo.milliseconds)))") }
        for filter in filters {
            let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
            guard let text = condition.text(R.filterSource(filter.member), of: R.self, by: sight, in: &sql) else {
                throw .invalidQuery(member: filter.member.rawValue, message: "cannot be compared with that")
            }
            conditions.append("(\(text))")
        }
        return conditions
    }
}
