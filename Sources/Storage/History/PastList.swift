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
        var query = query
        query.asOf = instant
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
        let (rows, hasMoreRows) = try plan.rows(from: database, try plan.lead(in: database))
        let changed = try changed(query, before: hasMoreRows ? rows.last?.place : nil, moment)
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

    /// Of what has changed since: the first behind the query's place, one more than a page can have, and how many there are in all where
    /// that is asked.
    ///
    /// Reading a document is most of the cost: it is read where its place in the list may be on the page, or where only it can tell whether
    /// it counts.
    ///
    /// - Parameter last: behind which nothing is on the page.
    private func changed(
        _ query: ListQuery<R>, before last: Position?, _ moment: PastMoment
    ) throws(SQLiteError) -> (first: [Candidate], count: Int) {
        let judge = FilterJudge<R>(filters: query.filters)
        let member = query.sort.member
        let statement = ChangedSince(query, moment)
        var first: [Candidate] = []
        var count = 0
        try moment.database.each(statement.sql) {
            $0.add(statement.values)
        } _: { row throws(SQLiteError) in
            // SQLite looks at the clock as it steps; what is done between its steps is most of the time here.
            guard MonotonicTime.recently < moment.database.deadline else { throw .pastDeadline }
            let logged = try LogRow(row)
            guard let sortKey = R.sortKey(member, from: row.textOrNil(LogRow.columnCount + 1)) else { throw .undecodable("log.document") }
            let place = Position(sortKey: sortKey, tieBreaker: logged.key)
            let bound = first.count > query.limit ? first.last?.place : last
            let isOnPage = query.after.map { order.precedes($0, place) } ?? true && bound.map { order.precedes(place, $0) } ?? true
            guard isOnPage || query.counts, try isVisible(logged, moment.database) else { return }
            if !query.filters.isEmpty {
                let resource: R = try row.withText(LogRow.columnCount) { document throws(SQLiteError) in
                    try R.resource(fromLog: document)
                }
                guard judge.holds(for: resource) else { return }
            }
            count += 1
            guard isOnPage else { return }
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

/// The statement for what was there at a moment and has changed since, each once, as it was, with what it is sorted by.
///
/// What a filter by equality asks for is in the document as a text: where it is not, the document is not read. What is left is judged.
private struct ChangedSince {
    let sql: SQL
    let values: [SQLValue]

    init<R: HistoricResource>(_ query: ListQuery<R>, _ moment: PastMoment) {
        var text = SQLText()
        let path = text.bind(.text(R.sortPath(query.sort.member)))
        text.require("later.kind = \(text.bind(.text(R.kind.rawValue)))")
        let sequence = text.bind(.integer(moment.sequence))
        text.require("later.seq > \(sequence)")
        text.require("past.seq <= \(sequence)")
        text.require("past.operation <> 'deleted'")
        for filter in query.filters where filter.comparison == .equal {
            guard let quoted = filter.values.first.flatMap(ChangedSince.quoted) else { continue }
            text.require("instr(past.document, \(text.bind(.text(quoted)))) > 0")
        }
        let select = "SELECT \(LogRow.columns(of: "past")), past.document, json_extract(past.document, \(path))"
        let from = "FROM log AS later\nCROSS JOIN log AS past ON past.id = later.id AND past.version = later.version - 1"
        sql = SQL(assembled: "\(select)\n\(from)\(text.whereClause)")
        values = text.values
    }

    /// The value as a JSON text has it; nil for one that may be written in more than one way, or that is no text.
    private static func quoted(_ value: FilterValue) -> String? {
        let text: String
        switch value {
        case .text(let value), .id(let value): text = value
        case .externalID(let id): text = id.value
        case .integer, .instant, .slug, .window: return nil
        }
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "/")
        }
        return isPlain ? "\"\(text)\"" : nil
    }
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
