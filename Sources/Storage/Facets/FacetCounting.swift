import Newsroom
import SQLite

/// Counts how often values occur among the resources that filters leave.
///
/// Rows are counted here and not by GROUP BY: what has been counted when the time is up is an answer too.
struct FacetCounting<R: StoredResource>: Sendable {
    private let query: FacetQuery<R>
    private let plan: FilterPlan<R>

    /// - Throws: `invalid` for a filter that means nothing.
    init(_ query: FacetQuery<R>, for viewer: Viewer, at now: Instant) throws(StoreError) {
        self.query = query
        plan = try FilterPlan(query.filters, for: viewer, at: now)
    }

    /// Within the query's time, of which each member gets its share; what one leaves is the others'.
    func facets(from database: Database) throws(SQLiteError) -> [Facet<R>] {
        let deadline = database.deadline
        defer { database.deadline = deadline }
        let end = min(deadline, MonotonicTime.now + query.within)
        let few = try plan.fewest(upTo: ListPlan<R>.fewCountMax, in: database)
        var facets: [Facet<R>?] = query.members.map { _ in nil }
        var leftCount = query.members.count
        for group in groups {
            let now = MonotonicTime.now
            let left = end > now ? end.nanoseconds - now.nanoseconds : 0
            database.deadline = now + .nanoseconds(Int64(left) / Int64(leftCount) * Int64(group.count))
            leftCount -= group.count
            var tallies = group.map { FacetTally(source($0), holdsIntegers: query.members[$0].valueType == .integer) }
            var isComplete = false
            if left > 0 { isComplete = try count(group.map { source($0) }, few, into: &tallies, from: database) }
            // What the values are called is not part of the counting: a few look-ups.
            database.deadline = deadline
            for (index, tally) in zip(group, tallies) {
                let values = try tally.values(query.valueCountMax, from: database)
                facets[index] = Facet(member: query.members[index], values: values, isComplete: isComplete && !tally.isFull)
            }
        }
        return facets.compactMap { $0 }
    }

    /// The members that are counted in one go: where each row has to be looked up anyway, all that stand in it; else each from its own
    /// index, which is read faster.
    private var groups: [[Int]] {
        let looksUp = !query.filters.isEmpty || plan.visibility != nil
        let inRow = query.members.indices.filter { source($0).isInRow }
        let others = query.members.indices.filter { !source($0).isInRow }.map { [$0] }
        return (looksUp ? [inRow].filter { !$0.isEmpty } : inRow.map { [$0] }) + others
    }

    private func source(_ index: Int) -> FilterSource { R.filterSource(query.members[index]) }

    /// Whether all has been looked at.
    private func count(
        _ sources: [FilterSource], _ few: Int?, into tallies: inout [FacetTally], from database: Database
    ) throws(SQLiteError) -> Bool {
        guard let statement = plan.valuesStatement(sources, few) else { return false }
        var counted = tallies
        defer { tallies = counted }
        do {
            try database.each(
                statement.sql, { $0.add(statement.values) },
                while: { row throws(SQLiteError) in
                    var goesOn = false
                    for index in counted.indices { goesOn = counted[index].add(row, at: Int32(index), key: Int32(counted.count)) || goesOn }
                    return goesOn
                })
        } catch {
            guard error.code.primary == .interrupted else { throw error }
            return false
        }
        return true
    }
}

extension FilterSource {
    /// Whether it is in the kind's own table.
    fileprivate var isInRow: Bool {
        switch self {
        case .column, .reference: true
        case .part, .partReference, .externalID, .window: false
        }
    }
}
