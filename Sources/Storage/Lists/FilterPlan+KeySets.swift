import Newsroom
import SQLite

/// Rows that are few enough to be looked up one by one and sorted.
enum FewRows: Equatable {
    /// Those that a filter leaves, found by an index of its own.
    case filter(Int)
    /// Those of a set.
    case keys(KeySet)
}

// Filters as sets of keys, read from their indexes: an entry costs a tenth of what a look at its row costs.
extension FilterPlan {
    /// A statement for the keys of few rows; nil where no index finds them.
    func keys(of few: FewRows, in sql: inout SQLText) -> String? {
        switch few {
        case .filter(let index): keys(index, scans: true, in: &sql)
        case .keys(let set): set.statement(in: &sql)
        }
    }

    /// What all filters leave that an index serves: no row outside of it fits. Nil where no index serves any.
    func common(in database: Database) throws(SQLiteError) -> KeySet? {
        var common: KeySet?
        for index in filters.indices.prefix(FilterPlan.countedFilterCountMax) {
            var sql = SQLText()
            guard let keys = keys(index, scans: true, in: &sql) else { continue }
            let found = try database.keySet(ListStatement(sql: SQL(assembled: keys), values: sql.values))
            common = common?.intersection(found) ?? found
            if common?.count == 0 { break }
        }
        return common
    }

    /// The keys of all matches; nil where nothing is asked, and every row is one.
    ///
    /// - Throws: `interrupted` at the deadline.
    func matching(_ found: KeySet?, in database: Database) throws(SQLiteError) -> KeySet? {
        guard found != nil || !filters.isEmpty || visibility != nil else { return nil }
        let countMax = ListPlan<R>.fewCountMax
        if let found, found.count <= countMax { return try keySet(.keys(found), in: database) }
        if let index = try fewest(upTo: countMax, in: database) {
            let few = try keySet(.filter(index), in: database)
            return found?.intersection(few) ?? few
        }
        var common = try common(in: database)
        if let found { common = common?.intersection(found) ?? found }
        if let common, common.count <= countMax { return try keySet(.keys(common), in: database) }
        // What no index serves is looked at row by row, and what the viewer may see along the index that has it.
        var sql = SQLText()
        for index in filters.indices where !isServed(index) { require(index, as: .tested, in: &sql) }
        requireVisible(mayLead: sql.conditions.isEmpty, in: &sql)
        guard !sql.conditions.isEmpty else { return common }
        let rest = try database.keySet(
            ListStatement(sql: SQL(assembled: "SELECT \(R.table).key\nFROM \(R.table)\(sql.whereClause)"), values: sql.values))
        return common?.intersection(rest) ?? rest
    }

    private func keySet(_ few: FewRows, in database: Database) throws(SQLiteError) -> KeySet {
        var sql = SQLText()
        requireAll(few, in: &sql)
        return try database.keySet(
            ListStatement(sql: SQL(assembled: "SELECT \(R.table).key\nFROM \(R.table)\(sql.whereClause)"), values: sql.values))
    }

    /// Whether `common` knows what the filter leaves.
    private func isServed(_ index: Int) -> Bool {
        var sql = SQLText()
        return index < FilterPlan.countedFilterCountMax && keys(index, scans: true, in: &sql) != nil
    }
}

extension Database {
    /// The first column of a statement's rows.
    fileprivate func keySet(_ statement: ListStatement) throws(SQLiteError) -> KeySet {
        var set = KeySet()
        try each(statement.sql) { bindings in
            bindings.add(statement.values)
        } _: { row throws(SQLiteError) in
            set.insert(row.integer(0))
        }
        return set
    }
}
