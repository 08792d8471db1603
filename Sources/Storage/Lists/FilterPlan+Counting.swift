import Newsroom
import SQLite

// What is asked of all matches, in no order.
extension FilterPlan {
    /// The statement that counts all matches.
    ///
    /// - Parameter few: the rows that lead, where they are few.
    func countStatement(_ few: FewRows? = nil) -> ListStatement {
        var sql = SQLText()
        requireAll(few, in: &sql)
        return ListStatement(sql: SQL(assembled: "SELECT count(*)\nFROM \(R.table)\(sql.whereClause)"), values: sql.values)
    }

    func requireAll(_ few: FewRows?, in sql: inout SQLText) {
        if let few, let keys = keys(of: few, in: &sql) {
            sql.require("\(R.table).key IN (\(keys))")
            for index in filters.indices where few != .filter(index) { require(index, as: .tested, in: &sql) }
            return requireVisible(mayLead: false, in: &sql)
        }
        let leader = FilterPlan.leader(of: filters)
        for index in filters.indices {
            let isLed = leader != nil && leader != index
            require(index, as: isLed ? .tested : .leading, in: &sql)
        }
        requireVisible(mayLead: filters.isEmpty, in: &sql)
    }

    /// The filter whose index leads where none leaves few rows: the most selective equality; nil when there is none.
    static func leader(of filters: [Filter<R.FilterMember>]) -> Int? {
        var best: (index: Int, rank: Int)?
        for (index, filter) in filters.enumerated() where filter.comparison == .equal || filter.comparison == .oneOf {
            let rank =
                switch R.filterSource(filter.member) {
                case .column(let column) where column.isUnique: 4
                case .externalID: 4
                case .reference, .guarded, .partReference, .parties: 3
                case .part: 2
                case .column(let column) where column.isSelective: 2
                case .column: 1
                case .office: 3
                case .window: 0
                }
            if rank > best?.rank ?? 0 { best = (index, rank) }
        }
        return best?.index
    }
}

/// A statement that was put together, with its values.
struct ListStatement {
    let sql: SQL
    let values: [SQLValue]
}
