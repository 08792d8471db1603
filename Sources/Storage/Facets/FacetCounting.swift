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
        let end = min(database.deadline, MonotonicTime.now + query.within)
        let deadline = database.deadline
        defer { database.deadline = deadline }
        let few = try plan.fewest(upTo: ListPlan<R>.fewCountMax, in: database)
        var facets: [Facet<R>] = []
        for (index, member) in query.members.enumerated() {
            let now = MonotonicTime.now
            let left = end > now ? end.nanoseconds - now.nanoseconds : 0
            database.deadline = now + .nanoseconds(Int64(left) / Int64(query.members.count - index))
            var tally = FacetTally(R.filterSource(member), holdsIntegers: member.valueType == .integer)
            let isComplete = try count(member, few, into: &tally, from: database)
            // What the values are called is not part of the counting: a few look-ups.
            database.deadline = deadline
            let values = try tally.values(query.valueCountMax, from: database)
            facets.append(Facet(member: member, values: values, isComplete: isComplete))
        }
        return facets
    }

    /// Whether all has been counted.
    private func count(
        _ member: R.FilterMember, _ few: Int?, into tally: inout FacetTally, from database: Database
    ) throws(SQLiteError) -> Bool {
        guard let statement = plan.valuesStatement(R.filterSource(member), few) else { return false }
        var counted = tally
        defer { tally = counted }
        do {
            try database.each(statement.sql, { $0.add(statement.values) }, while: { row throws(SQLiteError) in counted.add(row) })
        } catch {
            guard error.code.primary == .interrupted else { throw error }
            return false
        }
        return !counted.isFull
    }
}
