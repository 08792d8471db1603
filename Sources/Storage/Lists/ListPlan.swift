import Newsroom
import SQLite

/// How one page of a list is read.
///
/// Either the rows that one filter leaves are found by its index and sorted, if they are few; or the list is walked along an index that has
/// its order, and what the other filters say is looked at row by row, until the page is full (`SiftedWalk`). Which of the two, `ListLead`
/// says. No index is left to the planner's guess: it has no statistics, and takes a range for a quarter of all rows.
struct ListPlan<R: StoredResource>: Sendable {
    let query: ListQuery<R>
    let plan: FilterPlan<R>
    private let sort: SortColumn
    /// Nil: it is chosen when the rows can be looked at.
    private let lead: ListLead?

    /// - Throws: `invalidQuery` for a filter that means nothing, or is not the viewer's to ask.
    init(_ query: ListQuery<R>, by sight: Sight) throws(StoreError) {
        plan = try FilterPlan(query.filters, by: sight)
        var settled = query
        settled.filters = plan.filters
        self.query = settled
        sort = R.sortColumn(query.sort.member)
        lead = ListPlan.choice(for: plan, sort)
    }

    /// Whether it is a matter of microseconds, so that it may run on an event loop: a walk along one index, of which every row is wanted.
    var isCheap: Bool {
        guard let lead, query.search == nil, !query.counts, query.limit <= ListPlan.cheapLimit, !query.isWhole || query.limit <= 20 else {
            return false
        }
        switch lead {
        // Along another index all that is hidden would be walked over too.
        case .order: return plan.visibility.map { $0.ordersBy == sort.name } ?? true
        case .equals, .parts, .few: return true
        }
    }

    /// The longest page that an event loop may read.
    private static var cheapLimit: Int { 200 }

    /// - Throws: `interrupted` at the connection's deadline.
    func page(from database: Database) throws(SQLiteError) -> Page<R> {
        let matches = try ListMatches<R>(query.search, at: plan.sight.instant, in: database)
        return try page(from: database, try lead(in: database, matches), matches)
    }

    func page(from database: Database, _ lead: ListLead, _ matches: ListMatches<R>? = nil) throws(SQLiteError) -> Page<R> {
        var (rows, hasMore) = try rows(from: database, lead, matches)
        var items: [R] = []
        items.reserveCapacity(rows.count)
        // Counted anew, for what is in other tables makes a resource larger than its row.
        var byteCount = 0
        let view = try R.view(by: plan.filters, at: plan.sight.instant, in: database)
        for index in rows.indices where byteCount < query.byteCountMax {
            if !query.isBare { try R.addParts(to: &rows[index].stored, from: database, namesExternalIDs: query.namesExternalIDs) }
            items.append(view(rows[index].stored.resource).seen(by: plan.sight.viewer, at: plan.sight.instant))
            byteCount += R.byteCount(of: rows[index].stored.resource)
        }
        hasMore = hasMore || items.count < rows.count
        let next = hasMore ? rows.prefix(items.count).last?.place : nil
        return Page(
            items: items, next: next, total: query.counts ? try count(in: database, matches) : nil, search: matches?.reach)
    }

    struct ListedRow {
        var stored: Stored<R>
        let place: Position
    }

    /// The rows of the page, as many as its bounds let in, and whether there are more behind them.
    func rows(
        from database: Database, _ lead: ListLead, _ matches: ListMatches<R>? = nil
    ) throws(SQLiteError) -> (rows: [ListedRow], hasMore: Bool) {
        var rows: [ListedRow] = []
        rows.reserveCapacity(query.limit)
        var byteCount = 0
        var hasMore = false
        try each(.rows, lead, matches, in: database) { row, place throws(SQLiteError) in
            // A row that is not decoded costs nothing: its long members have not been read.
            hasMore = rows.count == query.limit || byteCount >= query.byteCountMax
            guard !hasMore else { return false }
            let stored = try R.decode(row)
            rows.append(ListedRow(stored: stored, place: place))
            byteCount += R.byteCount(of: stored.resource)
            return true
        }
        return (rows, hasMore)
    }

    /// Lends the rows behind the query's place, in order, with the place of each, until the body answers false; it is asked for no more
    /// than one beyond the query's limit.
    func each(
        _ content: Content, _ lead: ListLead, _ matches: ListMatches<R>?, in database: Database,
        while body: (borrowing Row, Position) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        guard sifts(lead, matches) else {
            var goesOn = true
            for statement in statements(lead, of: content, after: query.after) where goesOn {
                try database.each(statement.sql) { bindings in
                    bindings.add(statement.values)
                    bindings.add(query.limit + 1)
                } while: { row throws(SQLiteError) in
                    goesOn = try body(row, place(of: row, column: content.columnCount))
                    return goesOn
                }
            }
            return
        }
        var walk = SiftedWalk(plan: self, lead: lead, matches: matches, database: database)
        try walk.each(content, while: body)
    }

    /// Whether rows are looked at of which many may not fit.
    private func sifts(_ lead: ListLead, _ matches: ListMatches<R>?) -> Bool {
        if let matches, matches.few == nil { return true }
        // Along an index it is the filters without one in it that most rows may fail.
        return self.lead == nil && !lead.isSorted
    }

    func place(of row: borrowing Row, column: Int32) -> Position {
        Position(sortKey: sortKey(of: row, column: column), tieBreaker: row.integer(0))
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
        /// The key alone.
        case places

        var columnCount: Int32 {
            switch self {
            case .rows: R.columnCount
            case .places: 1
            }
        }
    }

    /// The statements that give the page, one after the other until it is full.
    ///
    /// - Parameter tests: whether rows are looked at; else they are all that the lead leads to, read from its index alone.
    func statements(
        _ lead: ListLead, of content: Content = .rows, after position: Position?, tests: Bool = true
    ) -> [ListStatement] {
        var sql = SQLText()
        var from = R.source
        var select = columns(of: content)
        var keyset = KeysetSegments(column: sort, key: "\(R.table).key", isDescending: query.sort.isDescending)
        switch lead {
        case .order, .equals: break
        case .parts(let index):
            guard let walk = Walk<R>(query.filters[index], sort, in: &sql) else { break }
            if tests {
                from = "\(walk.part.table)\nCROSS JOIN \(from)"
                sql.require("\(R.table).key = \(walk.part.table).\(walk.part.owner)")
            } else {
                from = walk.part.table
                select = "\(walk.part.table).\(walk.part.owner)"
            }
            keyset = KeysetSegments(
                column: walk.sort, key: "\(walk.part.table).\(walk.part.owner)", isDescending: query.sort.isDescending)
        case .few(let few):
            guard let keys = plan.keys(of: few, in: &sql) else { break }
            sql.require("\(R.table).key IN (\(keys))")
            keyset.isWalked = false
        }
        requireFilters(lead, along: keyset.column, tests: tests, in: &sql)
        // Drafts have no date yet; there may be many, and none of them is walked over for somebody who may not see it.
        keyset.leavesOutNull = plan.visibility?.ordersBy == sort.name
        return keyset.segments(after: position, of: sql).map { segment in
            let text = "SELECT \(select), \(keyset.column.name)\nFROM \(from)\(segment.whereClause)\(keyset.orderClause)"
            return ListStatement(sql: SQL(assembled: "\(text)\nLIMIT $\(segment.values.count + 1)"), values: segment.values)
        }
    }

    /// The statement for one row, if all but the lead's own filter lets it in; the key is its first value.
    func rowStatement(_ lead: ListLead, of content: Content) -> ListStatement {
        var sql = SQLText()
        sql.require("\(R.table).key = \(sql.bind(.integer(0)))")
        for index in query.filters.indices where index != lead.filter { plan.require(index, as: .tested, in: &sql) }
        plan.requireVisible(mayLead: false, in: &sql)
        let text = "SELECT \(columns(of: content))\nFROM \(R.source)\(sql.whereClause)"
        return ListStatement(sql: SQL(assembled: text), values: sql.values)
    }

    private func columns(of content: Content) -> String {
        switch content {
        case .rows: R.columns(isWhole: query.isWhole)
        case .places: "\(R.table).key"
        }
    }

    /// All filters but the one whose rows or parts are looked at, and what the viewer may see. An index leads by the latter only where
    /// nothing is asked but a part of its order.
    ///
    /// - Parameter tests: false: the bounds of the walk alone, and what its index tells.
    private func requireFilters(_ lead: ListLead, along column: SortColumn, tests: Bool, in sql: inout SQLText) {
        var asksForMore = false
        for (index, filter) in query.filters.enumerated() where index != lead.filter || lead == .equals(index) {
            switch lead {
            case .equals(index): plan.require(index, as: .leading, in: &sql)
            case .order, .equals, .parts:
                if filter.bounds(sort, of: R.self) {
                    // Of equals the other index gives the order.
                    asksForMore = asksForMore || filter.comparison == .equal
                    requireBound(filter, along: column, tests: tests, in: &sql)
                } else {
                    guard tests else { continue }
                    asksForMore = true
                    plan.require(index, as: .tested, in: &sql)
                }
            case .few: plan.require(index, as: .tested, in: &sql)
            }
        }
        let mayLead = lead == .order && !asksForMore && plan.visibility?.ordersBy == sort.name
        if tests || mayLead { plan.requireVisible(mayLead: mayLead, in: &sql) }
    }

    /// A filter that says between which values of the walk's column the list lies.
    private func requireBound(_ filter: Filter<R.FilterMember>, along column: SortColumn, tests: Bool, in sql: inout SQLText) {
        guard case .column(var bounded) = R.filterSource(filter.member) else { return }
        let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
        if bounded.name != sort.name {
            // The order begins with this column's number in hexadecimal: what begins with the same digits lies between them and "g".
            if let bound = condition.hexadecimalBound(on: column.name, in: &sql) { sql.require(bound) }
            guard tests else { return }
            bounded.name = "+" + bounded.name
        } else {
            bounded.name = column.name
        }
        if let text = condition.condition(on: bounded, in: &sql) { sql.require(text) }
    }

    func lead(in database: Database, _ matches: ListMatches<R>? = nil) throws(SQLiteError) -> ListLead {
        if let few = matches?.few { return .few(.keys(few)) }
        if let lead { return lead }
        return try ListPlan.choice(for: plan, sort, countMax: ListPlan.fewCountMax, in: database)
    }

    func count(in database: Database, _ matches: ListMatches<R>? = nil) throws(SQLiteError) -> Int {
        // Where more than one thing is asked, it is cheaper to put the answers together than to look at rows.
        if query.filters.count > 1 || matches != nil {
            return try plan.matching(try matches?.all(), in: database)?.count ?? 0
        }
        let statement = plan.countStatement()
        var count = 0
        try database.one(statement.sql) { bindings in
            bindings.add(statement.values)
        } _: { row throws(SQLiteError) in
            count = Int(row.integer(0))
        }
        return count
    }
}
