import Newsroom
import SQLite

/// How one page of a list is read.
///
/// Either the rows that one filter leaves are found by its index and sorted, if they are few; or the list is walked along an index that has
/// its order, and what the other filters say is looked at row by row, until the page is full. Which of the two, `ListLead` says. No index
/// is left to the planner's guess: it has no statistics, and takes a range for a quarter of all rows.
struct ListPlan<R: StoredResource>: Sendable {
    let query: ListQuery<R>
    private let plan: FilterPlan<R>
    private let sort: SortColumn
    /// Nil: it is chosen when the rows can be looked at.
    private let lead: ListLead?

    /// - Throws: `invalid` for a filter that means nothing.
    init(_ query: ListQuery<R>, for viewer: Viewer, at now: Instant) throws(StoreError) {
        self.query = query
        plan = try FilterPlan(query.filters, for: viewer, at: now, asOf: query.asOf)
        sort = R.sortColumn(query.sort.member)
        lead = ListPlan.choice(for: plan, sort)
    }

    /// Whether it is a matter of microseconds, so that it may run on an event loop: a walk along one index, of which every row is wanted.
    var isCheap: Bool {
        guard let lead, !query.counts, query.limit <= ListPlan.cheapLimit, !query.isWhole || query.limit <= 20 else { return false }
        switch lead {
        // Along another index all that is hidden would be walked over too.
        case .order: return plan.visibility.map { $0.ordersBy == sort.name } ?? true
        case .equals, .parts, .few: return true
        }
    }

    /// The longest page that an event loop may read.
    private static var cheapLimit: Int { 200 }

    func page(from database: Database) throws(SQLiteError) -> Page<R> {
        try page(from: database, try lead(in: database))
    }

    func page(from database: Database, _ lead: ListLead) throws(SQLiteError) -> Page<R> {
        var (rows, hasMore) = try rows(from: database, lead)
        var items: [R] = []
        items.reserveCapacity(rows.count)
        // Counted anew, for what is in other tables makes a resource larger than its row.
        var byteCount = 0
        for index in rows.indices where byteCount < query.byteCountMax {
            if !query.isBare { try R.addParts(to: &rows[index].stored, from: database, namesExternalIDs: query.namesExternalIDs) }
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
    func rows(from database: Database, _ lead: ListLead) throws(SQLiteError) -> (rows: [ListedRow], hasMore: Bool) {
        var rows: [ListedRow] = []
        rows.reserveCapacity(query.limit)
        var byteCount = 0
        var hasMore = false
        for statement in statements(lead) where !hasMore {
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
        /// The key alone.
        case keys
    }

    /// The statements that give the page, one after the other until it is full.
    func statements(_ lead: ListLead, of content: Content = .rows) -> [ListStatement] {
        var sql = SQLText()
        var from = R.source
        var keyset = KeysetSegments(column: sort, key: "\(R.table).key", isDescending: query.sort.isDescending)
        switch lead {
        case .order, .equals: break
        case .parts(let index):
            guard let walk = Walk<R>(query.filters[index], sort, in: &sql) else { break }
            from = "\(walk.part.table)\nCROSS JOIN \(R.source)"
            sql.require("\(R.table).key = \(walk.part.table).\(walk.part.owner)")
            keyset = KeysetSegments(
                column: walk.sort, key: "\(walk.part.table).\(walk.part.owner)", isDescending: query.sort.isDescending)
        case .few(let index):
            guard let keys = plan.keys(index, scans: true, in: &sql) else { break }
            sql.require("\(R.table).key IN (\(keys))")
            keyset.isWalked = false
        }
        requireFilters(lead, along: keyset.column, in: &sql)
        // Drafts have no date yet; there may be many, and none of them is walked over for somebody who may not see it.
        keyset.leavesOutNull = plan.visibility?.ordersBy == sort.name
        let columns: String
        switch content {
        case .rows: columns = R.columns(isWhole: query.isWhole)
        case .keys: columns = "\(R.table).key"
        }
        let select = "SELECT \(columns), \(keyset.column.name)\nFROM \(from)"
        return keyset.segments(after: query.after, of: sql).map { segment in
            let text = "\(select)\(segment.whereClause)\(keyset.orderClause)\nLIMIT $\(segment.values.count + 1)"
            return ListStatement(sql: SQL(assembled: text), values: segment.values)
        }
    }

    /// All filters but the one whose rows or parts are looked at, and what the viewer may see. An index leads by the latter only where
    /// nothing is asked but a part of its order.
    private func requireFilters(_ lead: ListLead, along column: SortColumn, in sql: inout SQLText) {
        var asksForMore = false
        for (index, filter) in query.filters.enumerated() {
            switch lead {
            case .parts(index), .few(index): break
            case .equals(index): plan.require(index, as: .leading, in: &sql)
            case .order, .equals, .parts:
                if filter.bounds(sort, of: R.self) {
                    // Of equals the other index gives the order.
                    asksForMore = asksForMore || filter.comparison == .equal
                    requireBound(filter, along: column, in: &sql)
                } else {
                    asksForMore = true
                    plan.require(index, as: .tested, in: &sql)
                }
            case .few: plan.require(index, as: .tested, in: &sql)
            }
        }
        let mayLead = lead == .order && !asksForMore && plan.visibility?.ordersBy == sort.name
        plan.requireVisible(mayLead: mayLead, along: lead == .order ? column.name : nil, in: &sql)
    }

    /// A filter that says between which values of the walk's column the list lies.
    private func requireBound(_ filter: Filter<R.FilterMember>, along column: SortColumn, in sql: inout SQLText) {
        guard case .column(var bounded) = R.filterSource(filter.member) else { return }
        let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
        if bounded.name != sort.name {
            // The order begins with this column's number in hexadecimal: what begins with the same digits lies between them and "g".
            if let bound = condition.hexadecimalBound(on: column.name, in: &sql) { sql.require(bound) }
            bounded.name = "+" + bounded.name
        } else {
            bounded.name = column.name
        }
        if let text = condition.condition(on: bounded, in: &sql) { sql.require(text) }
    }

    func lead(in database: Database) throws(SQLiteError) -> ListLead {
        if let lead { return lead }
        return try ListPlan.choice(for: plan, sort, countMax: ListPlan.fewCountMax, in: database)
    }

    func count(in database: Database) throws(SQLiteError) -> Int {
        let few = query.filters.count > 1 ? try plan.fewest(upTo: ListPlan.fewCountMax, in: database) : nil
        let statement = plan.countStatement(few)
        var count = 0
        try database.one(statement.sql) { bindings in
            bindings.add(statement.values)
        } _: { row throws(SQLiteError) in
            count = Int(row.integer(0))
        }
        return count
    }
}
