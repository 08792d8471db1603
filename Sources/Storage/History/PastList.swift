import Newsroom
import SQLite

/// One page of a list as of an instant.
///
/// What has not changed since is read from its table by the plan of any list. What has changed or is gone is read from the table of past
/// versions, and put between the others by the same order: by the sort key, then by the number that the row had.
struct PastList<R: HistoricResource>: Sendable {
    private let query: ListQuery<R>
    private let sight: Sight

    /// - Throws: `invalidQuery` for a filter that means nothing, or is not the viewer's to ask.
    init(_ query: ListQuery<R>, by sight: Sight) throws(StoreError) {
        self.query = query
        self.sight = sight
        _ = try FilterPlan<R>(query.filters, by: sight)
        try FilterPlan<R>.checkIsOfPast(query.filters)
    }

    /// - Throws: `interrupted` after the connection's deadline.
    func page(from database: Database) throws -> Page<R> {
        let moment = try PastMoment(at: sight.instant, in: database)
        let filters = try PastFilters(moment).resolved(query.filters)
        var unchanged = query
        unchanged.filters = filters + [R.unchanged(since: sight.instant)]
        // What has not changed since then is as public now as it was, or everybody was told.
        let sight = sight.at(moment)
        let plan = try ListPlan(unchanged, by: sight)
        let (rows, hasMoreRows) = try plan.rows(from: database, try plan.lead(in: database))
        let versions = PastVersions<R>(filters, at: moment, by: sight)
        let changed = try versions.first(
            query.limit + 1, by: query.sort, after: query.after, before: hasMoreRows ? rows.last?.place : nil)
        var page = Page<R>(items: [])
        var captions = PastCaptions(moment, for: sight.viewer)
        let view = try R.view(by: plan.plan.filters, at: sight.instant, in: database)
        var (rowIndex, changedIndex, byteCount) = (0, 0, 0)
        while page.items.count < query.limit, byteCount < query.byteCountMax {
            let row = rowIndex < rows.count ? rows[rowIndex] : nil
            let candidate = changedIndex < changed.count ? changed[changedIndex] : nil
            // Behind the last row that was read there may be more rows, which come before any later candidate.
            if row == nil && (hasMoreRows || candidate == nil) { break }
            let item: R
            if let row, candidate.map({ order.precedes(row.place, $0.place) }) ?? true {
                var stored = row.stored
                try R.addParts(to: &stored, from: database, namesExternalIDs: false)
                item = stored.resource
                page.next = row.place
                rowIndex += 1
            } else if let candidate {
                item = try resource(candidate, in: database)
                page.next = candidate.place
                changedIndex += 1
            } else {
                break
            }
            page.items.append(view(try item.captioned(by: &captions)).seen(by: sight.viewer, at: sight.now))
            byteCount += R.byteCount(of: page.items[page.items.count - 1])
        }
        let hasMore = hasMoreRows || rowIndex < rows.count || changedIndex < changed.count
        if !hasMore { page.next = nil }
        if query.counts { page.total = try plan.count(in: database) + versions.count() }
        return page
    }

    private var order: ListOrder { ListOrder(folds: R.sortColumn(query.sort.member).foldsCase, isDescending: query.sort.isDescending) }

    private func resource(_ candidate: PastVersions<R>.Candidate, in database: Database) throws(SQLiteError) -> R {
        var resource = candidate.resource
        if resource == nil { resource = try database.first(LoggedVersion<R>.bySequence, { $0.add(candidate.sequence) })?.resource }
        guard let resource else { throw .undecodable("log.document") }
        return query.isWhole ? resource : resource.abridged
    }
}

extension HistoricResource {
    /// The condition on the kind's own table that a row is as it was.
    static func unchanged(since instant: Instant) -> Filter<FilterMember> {
        Filter(updatedAtMember, .lessOrEqual, [.instant(instant)])
    }
}
