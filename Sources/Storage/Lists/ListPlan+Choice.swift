import Newsroom
import SQLite

/// Which rows of a list are looked at, and in which order they come.
enum ListLead: Equatable {
    /// All rows along the index of the order, from where the list begins and within the bounds that filters on the order's column set.
    case order
    /// The rows that are equal by this filter, along its index, which has them in the order.
    case equals(Int)
    /// The same along the table of the parts that the filter is about.
    case parts(Int)
    /// Few rows, found by their keys and then sorted.
    case few(FewRows)
}

extension ListPlan {
    /// How many rows are rather sorted than walked over: about as many as a walk for one page looks at when one row in a hundred fits. It
    /// takes some milliseconds.
    static var fewCountMax: Int { 2_000 }

    /// The choice that needs no look at the rows: where each row of a walk is wanted, or there is at most one row.
    static func choice(for plan: FilterPlan<R>, _ sort: SortColumn) -> ListLead? {
        let filters = plan.filters
        if let unique = filters.firstIndex(where: { $0.isUnique(of: R.self) }) { return .few(.filter(unique)) }
        let others = filters.indices.filter { !filters[$0].bounds(sort, of: R.self) }
        guard others.count <= 1 else { return nil }
        guard let other = others.first else { return .order }
        return walk(along: other, of: plan, sort)
    }

    /// The choice that the rows decide: a filter that leaves few of them leads, unless the walk in the list's order is as short.
    static func choice(
        for plan: FilterPlan<R>, _ sort: SortColumn, countMax: Int, in database: Database
    ) throws(SQLiteError) -> ListLead {
        let filters = plan.filters
        let walks = filters.indices.compactMap { walk(along: $0, of: plan, sort) }
        // Along a table of parts, or of all that is equal: what others make of it, the walk never is longer than that.
        for walk in walks {
            guard let index = walk.filter, let count = try plan.count(of: index, upTo: countMax, scans: false, in: database) else {
                continue
            }
            if count <= countMax { return walk }
        }
        if let few = try plan.fewest(upTo: countMax, in: database) {
            return filters[few].bounds(sort, of: R.self) && walks.isEmpty ? .order : .few(.filter(few))
        }
        return walks.first ?? .order
    }

    private static func walk(along index: Int, of plan: FilterPlan<R>, _ sort: SortColumn) -> ListLead? {
        let filter = plan.filters[index]
        guard filter.comparison == .equal, filter.values.count == 1 else { return nil }
        switch plan.source(index) {
        case .part(let part, _), .partReference(let part, _, _): return part.carries == sort.name ? .parts(index) : nil
        case .column(let column): return column.ordersBy == sort.name ? .equals(index) : nil
        case .reference, .guarded, .parties, .externalID, .window, .office: return nil
        }
    }
}

extension ListLead {
    /// The filter that all rows fit to that are looked at.
    var filter: Int? {
        switch self {
        case .order, .few(.keys): nil
        case .equals(let index), .parts(let index), .few(.filter(let index)): index
        }
    }

    /// Whether all rows are read before the first is known.
    var isSorted: Bool {
        switch self {
        case .few: true
        case .order, .equals, .parts: false
        }
    }
}

extension Filter {
    /// Whether at most one row has the value.
    fileprivate func isUnique<R: StoredResource>(of _: R.Type) -> Bool where R.FilterMember == Member {
        guard comparison == .equal else { return false }
        switch R.filterSource(member) {
        case .column(let column): return column.isUnique
        case .externalID: return true
        case .reference, .guarded, .parties, .part, .partReference, .window, .office: return false
        }
    }

    /// Whether it says between which values of the order's column a list lies.
    func bounds<R: StoredResource>(_ sort: SortColumn, of _: R.Type) -> Bool where R.FilterMember == Member {
        guard case .column(let column) = R.filterSource(member) else { return false }
        switch comparison {
        case .equal where column.name == sort.name && !column.foldsCase, .startsWith where column.name == sort.name: return true
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return column.name == sort.name || column.leadsOrder == sort.name
        case .equal, .startsWith, .notEqual, .oneOf, .contains, .isNull, .overlaps: return false
        }
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
        case .column, .reference, .guarded, .parties, .externalID, .window, .office: return nil
        }
        if part.hasRepeats {
            // The first of the parts with this value stands for all of them.
            sql.require(
                """
                NOT EXISTS (SELECT 1 FROM \(part.table) AS earlier WHERE earlier.\(part.owner) = \(part.table).\(part.owner) \
                AND earlier.position < \(part.table).position AND \(value.column(of: "earlier")) = \(value))
                """)
        }
        sort = column.of(part.table)
    }
}
