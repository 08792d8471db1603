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

    /// The statement for the values that members have among the matches, and in the last column the key of the resource that has them;
    /// those of one resource next to each other, or equal ones. Nil for what is not counted by value.
    ///
    /// - Parameter sources: members in the kind's own table, or one that is not.
    func valuesStatement(_ sources: [FilterSource], _ few: Int? = nil) -> ListStatement? {
        var sql = SQLText()
        requireAll(few, in: &sql)
        var columns: [String] = []
        for source in sources {
            switch source {
            case .column(let column): columns.append(column.name)
            case .reference(let column, _): columns.append(column)
            case .part(let part, let column):
                return ListStatement(sql: SQL(assembled: values(column.name, part, sql)), values: sql.values)
            case .partReference(let part, let column, _):
                return ListStatement(sql: SQL(assembled: values(column, part, sql)), values: sql.values)
            case .externalID, .window: return nil
            }
        }
        let text = "SELECT \(columns.joined(separator: ", ")), \(R.table).key\nFROM \(R.table)\(sql.whereClause)"
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
