import Newsroom
import SQLite

/// The filters of a list and what its viewer may see, as conditions of statements.
struct FilterPlan<R: StoredResource>: Sendable {
    let filters: [Filter<R.FilterMember>]
    let sight: Sight

    /// More conditions than this are nobody's question.
    static var filterCountMax: Int { 64 }

    /// - Throws: `invalidQuery` for a filter that means nothing, or is not the viewer's to ask.
    init(_ filters: [Filter<R.FilterMember>], by sight: Sight) throws(StoreError) {
        self.filters = R.settled(filters, at: sight.instant)
        self.sight = sight
        guard filters.count <= FilterPlan.filterCountMax else {
            throw StoreError.invalidQuery(member: "", message: "may have \(FilterPlan.filterCountMax) filters at most")
        }
        for filter in filters where filter.member.isInternal && !sight.viewer.isOfNewsroom {
            throw FilterPlan.refusal(filter, "is for the newsroom alone")
        }
        var sql = SQLText()
        for (index, filter) in self.filters.enumerated() where condition(index, .leading, in: &sql) == nil {
            throw FilterPlan.refusal(filter, "cannot be compared by `\(filter.comparison.rawValue)` with that")
        }
    }

    /// - Throws: `invalidQuery` for a filter by what is known of now alone.
    static func checkIsOfPast(_ filters: [Filter<R.FilterMember>]) throws(StoreError) {
        for filter in filters where filter.member.isInternal {
            throw refusal(filter, "is known of now alone, and does not go with as_of")
        }
    }

    var visibility: Visibility? { sight.visibility(of: R.self) }

    /// Requires a filter. What means nothing was refused when the plan was made.
    func require(_ index: Int, as role: FilterRole, in sql: inout SQLText) {
        if let condition = condition(index, role, in: &sql) { sql.require(condition) }
    }

    /// Requires what the viewer may see.
    func requireVisible(mayLead: Bool, in sql: inout SQLText) {
        guard let visibility else { return }
        sql.require(visibility.condition(at: sight.instant, mayLead: mayLead, in: &sql))
    }

    func source(_ index: Int) -> FilterSource { R.filterSource(filters[index].member) }

    func condition(_ index: Int, _ role: FilterRole, in sql: inout SQLText) -> String? {
        FilterCondition(comparison: filters[index].comparison, values: filters[index].values, role: role).text(
            source(index), of: R.self, by: sight, in: &sql)
    }

    private static func refusal(_ filter: Filter<R.FilterMember>, _ message: String) -> StoreError {
        .invalidQuery(member: filter.member.rawValue, message: message)
    }
}

// Where the rows that one filter leaves are found by an index of their own.
extension FilterPlan {
    /// A statement for the keys of the rows that a filter leaves; nil where no index finds them.
    ///
    /// - Parameter scans: whether an index that has to be read from end to end counts as one that finds them.
    func keys(_ index: Int, scans: Bool, in sql: inout SQLText) -> String? {
        let filter = filters[index]
        let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
        switch source(index).of("found") {
        case .column(let column):
            guard filter.isFound(scans: scans) else { return nil }
            return found(condition.condition(on: column, in: &sql))
        case .reference(let column, let kind):
            guard filter.isFound(scans: scans) else { return nil }
            return found(condition.reference(column, to: kind, in: &sql))
        case .guarded(let column, let kind):
            guard filter.isFound(scans: scans), !condition.holdsOfNothing else { return nil }
            return found(condition.guarded(column, to: kind, by: sight, in: &sql))
        case .parties(let columns):
            guard filter.isFound(scans: scans) else { return nil }
            return found(condition.parties(columns, in: &sql))
        case .part(let part, let column):
            guard filter.comparison != .isNull, filter.isFound(scans: scans) else { return nil }
            return condition.condition(on: column, in: &sql).map { "SELECT \(part.owner) FROM \(part.table) WHERE \($0)" }
        case .partReference(let part, let column, let kind):
            guard filter.comparison != .isNull, filter.isFound(scans: scans) else { return nil }
            return condition.reference(column, to: kind, in: &sql).map { "SELECT \(part.owner) FROM \(part.table) WHERE \($0)" }
        case .externalID:
            guard filter.comparison != .isNull, filter.isFound(scans: scans) else { return nil }
            return found(condition.externalID("found.key", of: R.kind, by: sight, in: &sql))
        case .window(_, let first, let last):
            guard filter.comparison == .overlaps || filter.comparison == .isNull else {
                return found(condition.ordered(first, last, in: &sql))
            }
            return condition.overlapping(in: R.table, first, last, in: &sql)
        case .office:
            return condition.officeHolders(in: &sql)
        }
    }

    private func found(_ condition: String?) -> String? {
        condition.map { "SELECT found.key FROM \(R.table) AS found WHERE \($0)" }
    }

    /// How many rows a filter leaves, counted up to one more than `countMax`; nil where no index finds them.
    func count(
        of index: Int, upTo countMax: Int, scans: Bool, in database: Database
    ) throws(SQLiteError) -> Int? {
        var sql = SQLText()
        guard let keys = keys(index, scans: scans, in: &sql) else { return nil }
        let text = "SELECT count(*) FROM (\(keys) LIMIT \(countMax + 1))"
        let values = sql.values
        return try database.first(Query<Int>(SQL(assembled: text)) { row throws(SQLiteError) in Int(row.integer(0)) }) { $0.add(values) }
    }

    /// The filter that leaves the fewest rows, if they are few: at most `countMax`.
    ///
    /// Each filter that an index serves costs at most `countMax` steps along it. Only where none of these is enough, the indexes of the
    /// others are read from end to end: that still is less than to look at every row.
    func fewest(upTo countMax: Int, except walked: Int? = nil, in database: Database) throws(SQLiteError) -> Int? {
        for scans in [false, true] {
            var best: (index: Int, count: Int)?
            for index in filters.indices.prefix(FilterPlan.countedFilterCountMax) where index != walked {
                guard scans != filters[index].isFound(scans: false) else { continue }
                guard let count = try count(of: index, upTo: min(countMax, best?.count ?? countMax), scans: scans, in: database) else {
                    continue
                }
                if count <= countMax, count < best?.count ?? .max { best = (index, count) }
            }
            if let best { return best.index }
        }
        return nil
    }

    /// The rows that are few: by `fewest` filter, or else by all of those that an index serves together.
    func few(upTo countMax: Int, in database: Database) throws(SQLiteError) -> FewRows? {
        if let index = try fewest(upTo: countMax, in: database) { return .filter(index) }
        guard filters.count > 1, let common = try common(in: database), common.count <= countMax else { return nil }
        return .keys(common)
    }

    static var countedFilterCountMax: Int { 10 }
}

extension Filter {
    /// Whether an index of the member finds what fits, or (`scans`) at least has all that is to be looked at.
    func isFound(scans: Bool) -> Bool {
        switch comparison {
        case .equal, .oneOf, .less, .lessOrEqual, .greater, .greaterOrEqual, .startsWith, .overlaps: true
        case .isNull: values == [.integer(1)] || scans
        case .contains: scans
        case .notEqual: false
        }
    }
}
