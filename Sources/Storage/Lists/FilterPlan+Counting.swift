import Newsroom
import SQLite

// What is asked of all matches, in no order.
extension FilterPlan {
    /// The statement that counts all matches.
    ///
    /// - Parameter few: the filter whose rows are few, if there is one.
    func countStatement(_ few: Int? = nil) -> ListStatement {
        var sql = SQLText()
        requireAll(few, in: &sql)
        return ListStatement(sql: SQL(assembled: "SELECT count(*)\nFROM \(R.table)\(sql.whereClause)"), values: sql.values)
    }

    /// The statement for each value that a member has among the matches, with the key of the resource that has it; those of one resource
    /// next to each other, or equal ones. Nil for what is not counted by value.
    func valuesStatement(_ source: FilterSource, _ few: Int? = nil) -> ListStatement? {
        var sql = SQLText()
        requireAll(few, in: &sql)
        let text: String
        switch source {
        case .column(let column):
            text = "SELECT \(column.name), \(R.table).key\nFROM \(R.table)\(sql.whereClause)"
        case .reference(let column, _):
            text = "SELECT \(column), \(R.table).key\nFROM \(R.table)\(sql.whereClause)"
        case .part(let part, let column):
            text = values(column.name, part, sql)
        case .partReference(let part, let column, _):
            text = values(column, part, sql)
        case .externalID, .window: return nil
        }
        return ListStatement(sql: SQL(assembled: text), values: sql.values)
    }

    private func values(_ column: String, _ part: FilterSource.Part, _ sql: SQLText) -> String {
        let select = "SELECT \(column), \(part.table).\(part.owner)\nFROM "
        guard !sql.conditions.isEmpty else { return select + part.table }
        return select + "\(R.table)\nCROSS JOIN \(part.table) ON \(part.table).\(part.owner) = \(R.table).key\(sql.whereClause)"
    }

    private func requireAll(_ few: Int?, in sql: inout SQLText) {
        if let few, let keys = keys(few, scans: true, in: &sql) {
            sql.require("\(R.table).key IN (\(keys))")
            for index in filters.indices where index != few { require(index, as: .tested, in: &sql) }
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
                case .reference, .partReference: 3
                case .part: 2
                case .column(let column) where column.isSelective: 2
                case .column: 1
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
