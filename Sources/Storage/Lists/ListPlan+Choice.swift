import Newsroom

extension ListPlan {
    /// The first filter along whose table the list can be walked in its order.
    static func driver(of filters: [Filter<R.FilterMember>], _ sort: SortColumn) -> Int? {
        filters.firstIndex { filter in
            guard filter.comparison == .equal, filter.values.count == 1 else { return false }
            switch R.filterSource(filter.member) {
            case .part(let part, _), .partReference(let part, _, _): return part.carries == sort.name
            case .column, .reference, .externalID, .window: return false
            }
        }
    }

    /// The filter whose index leads: the most selective equality; nil when there is none.
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

/// A walk along the table of a list member that carries the sort column.
struct Walk<R: StoredResource> {
    let part: FilterSource.Part
    let sort: SortColumn

    /// Requires that the rows walked along have the filter's value, each resource once.
    init?(_ filter: Filter<R.FilterMember>, _ column: SortColumn, in sql: inout SQLText) {
        let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
        let value: String
        switch R.filterSource(filter.member) {
        case .part(let part, let column):
            guard let text = condition.condition(on: column, in: &sql) else { return nil }
            self.part = part
            value = column.name
            sql.require(text)
        case .partReference(let part, let column, let kind):
            guard let text = condition.reference(column, to: kind, in: &sql) else { return nil }
            self.part = part
            value = column
            sql.require(text)
        case .column, .reference, .externalID, .window: return nil
        }
        if part.hasRepeats {
            // The first of the parts with this value stands for all of them.
            sql.require(
                """
                NOT EXISTS (SELECT 1 FROM \(part.table) AS earlier WHERE earlier.\(part.owner) = \(part.table).\(part.owner) \
                AND earlier.position < \(part.table).position AND earlier\(value.drop { $0 != "." }) = \(value))
                """)
        }
        let name = column.name.drop { $0 != "." }
        sort = SortColumn(name: part.table + name, foldsCase: column.foldsCase, isNullable: column.isNullable)
    }
}
