import Newsroom
import SQLite

/// One page of a list as of an instant.
///
/// What has not changed since is read from its table by the plan of any list. What has changed or is gone is rebuilt from the log, judged
/// in memory by the same filters, and put between the others by the same order: by the sort key, then by the number that the row had.
struct PastList<R: HistoricResource>: Sendable {
    private let query: ListQuery<R>
    private let viewer: Viewer
    private let instant: Instant
    private let now: Instant

    /// - Throws: `invalid` for a filter that means nothing.
    init(_ query: ListQuery<R>, asOf instant: Instant, for viewer: Viewer, at now: Instant) throws(StoreError) {
        self.query = query
        self.viewer = viewer
        self.instant = instant
        self.now = now
        _ = try ListPlan(query, for: viewer, at: instant)
    }

    /// - Throws: `interrupted` after the connection's deadline.
    func page(from database: Database) throws -> Page<R> {
        let moment = try PastMoment(at: instant, in: database)
        var query = query
        query.filters = try PastFilters(moment).resolved(query.filters)
        // What has not changed since then is as public now as it was.
        let plan = try ListPlan(query, for: viewer, at: instant)
        let (rows, hasMoreRows) = try plan.rows(from: database)
        let changed = try changed(query, moment)
        var page = Page<R>(items: [])
        var captions = PastCaptions(moment, for: viewer)
        var (rowIndex, changedIndex, byteCount) = (0, 0, 0)
        while page.items.count < query.limit, byteCount < query.byteCountMax {
            let row = rowIndex < rows.count ? rows[rowIndex] : nil
            let candidate = changedIndex < changed.first.count ? changed.first[changedIndex] : nil
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
            page.items.append(try item.captioned(by: &captions))
            byteCount += R.byteCount(of: page.items[page.items.count - 1])
        }
        let hasMore = hasMoreRows || rowIndex < rows.count || changedIndex < changed.first.count
        if !hasMore { page.next = nil }
        if query.counts { page.total = try plan.count(in: database) + changed.count }
        return page
    }

    /// A version that is in no table any more, and where it stands in the list.
    private struct Candidate {
        let id: String
        let version: Int
        let place: Position
    }

    private var order: ListOrder { ListOrder(folds: R.sortColumn(query.sort.member).foldsCase, isDescending: query.sort.isDescending) }

    /// Of what has changed since: the first behind the query's place, one more than a page can have, and how many there are in all.
    private func changed(_ query: ListQuery<R>, _ moment: PastMoment) throws(SQLiteError) -> (first: [Candidate], count: Int) {
        let judge = FilterJudge<R>(filters: query.filters)
        var first: [Candidate] = []
        var count = 0
        try moment.database.each(.changedSince) {
            $0.add(R.kind.rawValue)
            $0.add(moment.sequence)
        } _: { row throws(SQLiteError) in
            // SQLite looks at the clock as it steps; reading documents is most of the time here.
            guard MonotonicTime.recently < moment.database.deadline else { throw .pastDeadline }
            let logged = try LogRow(row)
            guard try isVisible(logged, moment.database) else { return }
            let resource: R = try row.withText(LogRow.columnCount) { document throws(SQLiteError) in try R.resource(fromLog: document) }
            guard judge.holds(for: resource) else { return }
            count += 1
            let place = Position(sortKey: R.sortKey(query.sort.member, of: resource), tieBreaker: logged.key)
            if let after = query.after, !order.precedes(after, place) { return }
            if first.count > query.limit, let last = first.last, order.precedes(last.place, place) { return }
            let index = first.firstIndex { order.precedes(place, $0.place) } ?? first.count
            first.insert(Candidate(id: logged.id, version: logged.version, place: place), at: index)
            if first.count > query.limit + 1 { first.removeLast() }
        }
        return (first, count)
    }

    /// Whether the viewer could see it then, and may now.
    private func isVisible(_ row: LogRow, _ database: Database) throws(SQLiteError) -> Bool {
        guard viewer == .anonymous else { return true }
        guard row.isPublic(at: instant), let newest = try database.first(.newestOfID, { $0.add(row.id) }) else { return false }
        return !newest.isDeletion && newest.isPublic(at: now)
    }

    private func resource(_ candidate: Candidate, in database: Database) throws(SQLiteError) -> R {
        let version = try database.first(LoggedVersion<R>.query) {
            $0.add(candidate.id)
            $0.add(candidate.version)
        }
        guard let resource = version?.resource else { throw .undecodable("log.document") }
        return query.isWhole ? resource : resource.abridged
    }

}

extension SQL {
    /// What was there at a moment and has changed since, each once, as it was.
    fileprivate static let changedSince = SQL(
        """
        SELECT \(LogRow.columns(of: "past")), past.document
        FROM log AS later
        CROSS JOIN log AS past ON past.id = later.id AND past.version = later.version - 1
        WHERE later.kind = $1 AND later.seq > $2 AND past.seq <= $2 AND past.operation <> 'deleted'
        """)
}

extension ListPlan.ListedRow {
    var place: Position { Position(sortKey: sortKey, tieBreaker: stored.key) }
}

/// The order of a list, as SQLite has it: NULL first, texts by their bytes, equals by their number.
struct ListOrder {
    let folds: Bool
    let isDescending: Bool

    func precedes(_ one: Position, _ other: Position) -> Bool {
        let order = order(of: one.sortKey, other.sortKey)
        if order != 0 { return (order < 0) != isDescending }
        return one.tieBreaker != other.tieBreaker && (one.tieBreaker < other.tieBreaker) != isDescending
    }

    private func order(of one: Position.SortKey, _ other: Position.SortKey) -> Int {
        switch (value(of: one), value(of: other)) {
        case (nil, nil): 0
        case (nil, _): -1
        case (_, nil): 1
        case (let one?, let other?): one.order(other, folding: folds)
        }
    }

    private func value(of key: Position.SortKey) -> SQLValue? {
        switch key {
        case .null: nil
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        }
    }
}

/// The filters of a list with their references resolved as of a moment.
struct PastFilters {
    private let moment: PastMoment

    init(_ moment: PastMoment) {
        self.moment = moment
    }

    func resolved<Member>(_ filters: [Filter<Member>]) throws(SQLiteError) -> [Filter<Member>] {
        var resolved = filters
        for index in resolved.indices {
            guard case .reference(let kind) = resolved[index].member.valueType else { continue }
            for value in resolved[index].values.indices {
                resolved[index].values[value] = try reference(resolved[index].values[value], to: kind)
            }
        }
        return resolved
    }

    /// The same by id; of what was not there one that nothing has.
    private func reference(_ value: FilterValue, to kind: Kind) throws(SQLiteError) -> FilterValue {
        switch value {
        case .text, .integer, .instant, .window: return value
        case .id, .slug, .externalID: break
        }
        let id =
            switch kind {
            case .article: try moment.id(of: value, Article.self)
            case .person: try moment.id(of: value, Person.self)
            case .organization: try moment.id(of: value, Organization.self)
            case .event: try moment.id(of: value, Event.self)
            }
        return .id(id ?? "")
    }
}

extension SQLiteError {
    /// What a statement ends with that runs past its connection's deadline, of work between its steps.
    fileprivate static let pastDeadline = SQLiteError(code: .interrupted, message: "interrupted", context: "a list of the past")
}
