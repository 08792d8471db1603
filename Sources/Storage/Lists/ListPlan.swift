import Newsroom
import SQLite

/// How one page of a list is read.
///
/// The filter that leaves the fewest rows leads; equality on members with few values is written so that no index is chosen for it then.
/// Where a list member's table carries the sort column (`article_tag.published_at_ms`), the list is walked along that table.
struct ListPlan<R: StoredResource>: Sendable {
    let query: ListQuery<R>
    private let viewer: Viewer
    private let now: Instant
    private let sort: SortColumn
    /// The filter along whose table the list is walked.
    private let driver: Int?
    /// The filter whose index leads.
    private let leader: Int?

    /// More conditions than this are nobody's question.
    static var filterCountMax: Int { 50 }

    /// - Throws: `invalid` for a filter that means nothing.
    init(_ query: ListQuery<R>, for viewer: Viewer, at now: Instant) throws(StoreError) {
        self.query = query
        self.viewer = viewer
        self.now = now
        sort = R.sortColumn(query.sort.member)
        driver = ListPlan.driver(of: query.filters, sort)
        leader = driver ?? ListPlan.leader(of: query.filters)
        guard query.filters.count <= ListPlan.filterCountMax else {
            throw ListPlan.refusal("/", "may have \(ListPlan.filterCountMax) filters at most")
        }
        var sql = SQLText()
        for index in query.filters.indices where index != driver {
            guard condition(index, in: &sql) != nil else {
                let filter = query.filters[index]
                throw ListPlan.refusal("/" + filter.member.rawValue, "cannot be compared by `\(filter.comparison.rawValue)` with that")
            }
        }
    }

    /// Whether it is a matter of microseconds, so that it may run on an event loop: a walk along one index, of which every row is wanted.
    var isCheap: Bool {
        guard !query.counts, !query.isWhole || query.limit <= 20 else { return false }
        guard !query.filters.isEmpty else {
            // Along another index all that is hidden would be walked over too.
            return R.visibility(to: viewer, at: now).map { $0.ordersBy == sort.name } ?? true
        }
        if driver != nil { return query.filters.count == 1 }
        guard let leader else { return false }
        switch (R.filterSource(query.filters[leader].member), query.filters[leader].comparison) {
        case (.column(let column), .equal): return column.isUnique || (column.ordersBy == sort.name && query.filters.count == 1)
        case (.externalID, .equal): return true
        default: return false
        }
    }

    func page(from database: Database) throws(SQLiteError) -> Page<R> {
        var (rows, hasMore) = try rows(from: database)
        var items: [R] = []
        items.reserveCapacity(rows.count)
        // Counted anew, for what is in other tables makes a resource larger than its row.
        var byteCount = 0
        for index in rows.indices where byteCount < query.byteCountMax {
            try R.addParts(to: &rows[index].stored, from: database, namesExternalIDs: query.namesExternalIDs)
            items.append(rows[index].stored.resource)
            byteCount += R.byteCount(of: rows[index].stored.resource)
        }
        hasMore = hasMore || items.count < rows.count
        let last = rows.prefix(items.count).last
        let next = hasMore ? last.map { Position(sortKey: $0.sortKey, tieBreaker: $0.stored.key) } : nil
        return Page(items: items, next: next, total: query.counts ? try count(in: database) : nil)
    }

    struct ListedRow {
        var stored: Stored<R>
        let sortKey: Position.SortKey
    }

    /// The rows of the page, as many as its bounds let in, and whether there are more behind them.
    func rows(from database: Database) throws(SQLiteError) -> (rows: [ListedRow], hasMore: Bool) {
        var rows: [ListedRow] = []
        rows.reserveCapacity(query.limit)
        var byteCount = 0
        var hasMore = false
        for statement in statements() where !hasMore {
            let wanted = query.limit + 1 - rows.count
            try database.each(statement.sql) { bindings in
                bindings.add(statement.values)
                bindings.add(wanted)
            } while: { row throws(SQLiteError) in
                // A row that is not decoded costs nothing: its long members have not been read.
                hasMore = rows.count == query.limit || byteCount >= query.byteCountMax
                guard !hasMore else { return false }
                let stored = try R.decode(row)
                rows.append(ListedRow(stored: stored, sortKey: sortKey(of: row, column: R.columnCount)))
                byteCount += R.byteCount(of: stored.resource)
                return true
            }
        }
        return (rows, hasMore)
    }

    func sortKey(of row: borrowing Row, column: Int32) -> Position.SortKey {
        if row.isNull(column) { return .null }
        switch query.sort.member.keyType {
        case .text: return .text(row.text(column))
        case .integer: return .integer(row.integer(column))
        }
    }

    /// What a statement gives of each item, before the sort key.
    enum Content {
        /// The columns of the kind's own table.
        case rows
        /// The key, and the document of the log's newest row.
        case documents
    }

    struct ListStatement {
        let sql: SQL
        /// All but the last, which is the limit.
        let values: [SQLValue]
    }

    /// The statements that give the page, one after the other until it is full.
    func statements(of content: Content = .rows) -> [ListStatement] {
        var sql = SQLText()
        var from = R.source
        var keyset = KeysetSegments(column: sort, key: "\(R.table).key", isDescending: query.sort.isDescending)
        if let driver, let walk = Walk<R>(query.filters[driver], sort, in: &sql) {
            from = "\(walk.part.table)\nCROSS JOIN \(R.source)"
            sql.require("\(R.table).key = \(walk.part.table).\(walk.part.owner)")
            keyset = KeysetSegments(
                column: walk.sort, key: "\(walk.part.table).\(walk.part.owner)", isDescending: query.sort.isDescending)
        }
        requireRest(in: &sql, ordersBy: sort.name)
        // Drafts have no date yet; there may be many, and none of them is walked over for somebody who may not see it.
        keyset.leavesOutNull = R.visibility(to: viewer, at: now)?.ordersBy == sort.name
        let columns: String
        switch content {
        case .rows: columns = R.columns(isWhole: query.isWhole)
        case .documents:
            columns = "\(R.table).key, log.document"
            from += "\nCROSS JOIN log ON log.id = \(R.table).id AND log.version = \(R.table).version"
        }
        let select = "SELECT \(columns), \(keyset.column.name)\nFROM \(from)"
        return keyset.segments(after: query.after, of: sql).map { segment in
            let text = "\(select)\(segment.whereClause)\(keyset.orderClause)\nLIMIT $\(segment.values.count + 1)"
            return ListStatement(sql: SQL(assembled: text), values: segment.values)
        }
    }

    /// The statement that counts all matches.
    func countStatement() -> ListStatement {
        var sql = SQLText()
        if let driver { _ = condition(driver, in: &sql).map { sql.require($0) } }
        requireRest(in: &sql, ordersBy: nil)
        return ListStatement(sql: SQL(assembled: "SELECT count(*)\nFROM \(R.table)\(sql.whereClause)"), values: sql.values)
    }

    func count(in database: Database) throws(SQLiteError) -> Int {
        let statement = countStatement()
        var count = 0
        try database.one(statement.sql) { bindings in
            bindings.add(statement.values)
        } _: { row throws(SQLiteError) in
            count = Int(row.integer(0))
        }
        return count
    }

    /// All filters but the one that drives, and what the viewer may see. An index leads by the latter only where nothing else is asked, and
    /// it gives the wanted order or none is wanted.
    private func requireRest(in sql: inout SQLText, ordersBy: String?) {
        for index in query.filters.indices where index != driver {
            if let condition = condition(index, in: &sql) { sql.require(condition) }
        }
        if let asOf = query.asOf {
            // By no index but the one that the list is walked along: most rows are older than any instant that is asked for.
            let updatedAt = "\(R.table).updated_at_ms"
            sql.require("\(ordersBy == updatedAt ? "" : "+")\(updatedAt) <= \(sql.bind(.integer(asOf.milliseconds)))")
        }
        if let visibility = R.visibility(to: viewer, at: now) {
            let mayLead = query.filters.isEmpty && (ordersBy == nil || ordersBy == visibility.ordersBy)
            sql.require(visibility.condition(sql.bind(.integer(now.milliseconds)), mayLead ? "" : "+"))
        }
    }

    private func condition(_ index: Int, in sql: inout SQLText) -> String? {
        let filter = query.filters[index]
        let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
        var source = R.filterSource(filter.member)
        if case .column(let column) = source, !column.isSelective, let leader, leader != index {
            source = .column(FilterSource.Column(name: "+" + column.name))
        }
        return condition.text(source, of: R.self, in: &sql)
    }

    private static func refusal(_ path: String, _ message: String) -> StoreError {
        .invalid(ValidationFailure([MemberFailure(path: path, rule: .invalidValue, message: message)]))
    }
}
