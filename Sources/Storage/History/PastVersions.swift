import Newsroom
import SQLite

/// The versions that were the newest at a moment and are so no more, from the kind's table of past versions, along the order of a list.
///
/// What filters ask of the kind's own columns is asked there, in SQL; of a version that fits so far the document is read where filters ask
/// for lists or references.
struct PastVersions<R: HistoricResource> {
    private let moment: PastMoment
    private let sight: Sight
    private let filters: [Filter<R.FilterMember>]
    private let judge: FilterJudge<R>
    /// Whether a filter asks for what the viewer may not be told of.
    private let asksForGuarded: Bool

    /// A version, and where it stands in the list.
    struct Candidate {
        let sequence: Int64
        let place: Position
        /// Nil where nothing has been asked of its document yet.
        let resource: R?
    }

    /// - Parameter filters: their references by id.
    init(_ filters: [Filter<R.FilterMember>], at moment: PastMoment, by sight: Sight) {
        self.moment = moment
        self.sight = sight
        let filters = R.settled(filters, at: sight.instant)
        self.filters = filters
        judge = FilterJudge(filters: filters.filter { PastVersions.column(of: $0.member) == nil })
        asksForGuarded = filters.contains { filter in
            if case .guarded = R.filterSource(filter.member) { true } else { false }
        }
    }

    private var database: Database { moment.database }
    private var readsDocuments: Bool { !judge.filters.isEmpty || hangsOnOthers }
    /// Whether the version's document says on what it hangs who may see it.
    private var hangsOnOthers: Bool { sight.viewer == .anonymous && !R.hasOwnPublication }
    private static var table: String { R.table + "_past" }

    /// The first of them behind a place, no more than a number.
    ///
    /// - Parameter last: behind which none is wanted.
    func first(
        _ countMax: Int, by sort: Sort<R.SortMember>, after position: Position?, before last: Position?
    ) throws(SQLiteError) -> [Candidate] {
        let order = ListOrder(folds: R.sortColumn(sort.member).foldsCase, isDescending: sort.isDescending)
        var found: [Candidate] = []
        var goesOn = true
        for statement in ordered(by: sort, after: position) where goesOn {
            try database.each(statement.sql) { bindings in
                bindings.add(statement.values)
            } while: { row throws(SQLiteError) in
                try database.checkDeadline("what was at an instant")
                let sortKey: Position.SortKey =
                    switch (row.isNull(2), sort.member.keyType) {
                    case (true, _): .null
                    case (false, .text): .text(row.text(2))
                    case (false, .integer): .integer(row.integer(2))
                    }
                let place = Position(sortKey: sortKey, tieBreaker: row.integer(1))
                goesOn = last.map { order.precedes(place, $0) } ?? true
                guard goesOn, case (true, let resource) = try judged(row, document: 3) else { return goesOn }
                found.append(Candidate(sequence: row.integer(0), place: place, resource: resource))
                goesOn = found.count < countMax
                return goesOn
            }
        }
        return found
    }

    func count() throws(SQLiteError) -> Int {
        guard readsDocuments else {
            let statement = statement(selecting: ["count(*)"], readsDocuments: false)
            let values = statement.values
            return try database.first(Query<Int>(statement.sql) { row throws(SQLiteError) in Int(row.integer(0)) }) { $0.add(values) } ?? 0
        }
        var count = 0
        let statement = statement(selecting: ["log.document"], readsDocuments: true)
        try database.each(statement.sql) { bindings in
            bindings.add(statement.values)
        } _: { row throws(SQLiteError) in
            try database.checkDeadline("what was at an instant")
            if try judged(row, document: 0).fits { count += 1 }
        }
        return count
    }

    /// Lends what all of them have of some members, until the body answers false: in the order of the members a column for each, or where a
    /// member has none its values in the version itself.
    func each(
        _ members: [R.FilterMember], while body: (borrowing Row, R?) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        let columns = members.map { PastVersions.column(of: $0) }
        let reads = readsDocuments || columns.contains(nil)
        let statement = statement(selecting: columns.map { $0 ?? "NULL" } + [reads ? "log.document" : "NULL"], readsDocuments: reads)
        let document = Int32(columns.count)
        try database.each(statement.sql) { bindings in
            bindings.add(statement.values)
        } while: { row throws(SQLiteError) in
            try database.checkDeadline("what was at an instant")
            guard reads else { return try body(row, nil) }
            let resource: R = try row.withText(document) { text throws(SQLiteError) in try R.resource(fromLog: text) }
            return try fits(resource) ? try body(row, resource) : true
        }
    }

    /// The column of past versions that holds what a member is filtered by; nil where only documents tell.
    static func column(of member: R.FilterMember) -> String? {
        switch R.filterSource(member).of(table) {
        case .column(let column): column.name
        case .window(let edtf, _, _): edtf
        case .part, .reference, .guarded, .partReference, .parties, .externalID, .office: nil
        }
    }

    /// Whether a row fits, and its version if that had to be read.
    private func judged(_ row: borrowing Row, document: Int32) throws(SQLiteError) -> (fits: Bool, resource: R?) {
        guard readsDocuments else { return (true, nil) }
        let resource: R = try row.withText(document) { text throws(SQLiteError) in try R.resource(fromLog: text) }
        return (try fits(resource), resource)
    }

    /// Judged as the viewer sees it, where it may refer to what is hidden.
    private func fits(_ resource: R) throws(SQLiteError) -> Bool {
        guard asksForGuarded, sight.viewer == .anonymous else { return judge.holds(for: resource) }
        var captions = PastCaptions(moment, for: sight.viewer)
        return judge.holds(for: try resource.captioned(by: &captions).seen(by: sight.viewer, at: sight.now))
    }

    func ordered(by sort: Sort<R.SortMember>, after position: Position?) -> [ListStatement] {
        var column = R.sortColumn(sort.member)
        let visibility = R.visibility(to: sight.viewer, at: sight.instant)
        let leavesOutNull = visibility?.ordersBy == column.name
        let sql = required(sort: column, readsDocuments: readsDocuments)
        column = column.of(PastVersions.table)
        var keyset = KeysetSegments(column: column, key: "\(PastVersions.table).key", isDescending: sort.isDescending)
        keyset.leavesOutNull = leavesOutNull
        let document = readsDocuments ? "log.document" : "NULL"
        let select = "SELECT \(PastVersions.table).seq, \(PastVersions.table).key, \(column.name), \(document)"
        return keyset.segments(after: position, of: sql).map { segment in
            let text = "\(select)\nFROM \(source(readsDocuments: readsDocuments))\(segment.whereClause)\(keyset.orderClause)"
            return ListStatement(sql: SQL(assembled: text), values: segment.values)
        }
    }

    private func statement(selecting columns: [String], readsDocuments: Bool) -> ListStatement {
        let sql = required(sort: nil, readsDocuments: readsDocuments)
        let text = "SELECT \(columns.joined(separator: ", "))\nFROM \(source(readsDocuments: readsDocuments))\(sql.whereClause)"
        return ListStatement(sql: SQL(assembled: text), values: sql.values)
    }

    private func source(readsDocuments: Bool) -> String {
        PastVersions.table + (readsDocuments ? "\nCROSS JOIN log ON log.seq = \(PastVersions.table).seq" : "")
    }

    /// That a version was the newest at the moment, could be seen then and can be now, and what the filters say of its columns.
    private func required(sort: SortColumn?, readsDocuments: Bool) -> SQLText {
        let table = PastVersions.table
        var sql = SQLText()
        // Both are in the indexes of the orders: versions of other times cost no look at their row.
        sql.require("+\(table).seq <= \(sql.bind(.integer(moment.sequence)))")
        sql.require("\(table).until_seq > \(sql.bind(.integer(moment.sequence)))")
        for filter in filters { require(filter, sort, readsDocuments, in: &sql) }
        guard sight.viewer == .anonymous else { return sql }
        if hangsOnOthers {
            sql.require("\(LogRow.publicFrom) <= \(sql.bind(.integer(sight.instant.milliseconds)))")
            sql.require(PublicChange.wasPublic("\(table).id", by: sql.bind(.integer(moment.sequence))))
        } else if let visibility = R.visibility(to: sight.viewer, at: sight.instant) {
            sql.require(visibility.condition(of: table, at: sight.instant, in: &sql))
        }
        let seenNow = R.visibility(to: sight.viewer, at: sight.now).map { " AND " + $0.condition(at: sight.now, in: &sql) } ?? ""
        let isThere = "EXISTS (SELECT 1 FROM \(R.table) WHERE \(R.table).id = \(table).id\(seenNow))"
        // What was merged since lives on in another one.
        let livesOn = " OR EXISTS (SELECT 1 FROM \(R.table)_merged AS merged WHERE merged.id = \(table).id)"
        sql.require(R.isMergeable ? "(\(isThere)\(livesOn))" : isThere)
        return sql
    }

    private func require(_ filter: Filter<R.FilterMember>, _ sort: SortColumn?, _ readsDocuments: Bool, in sql: inout SQLText) {
        let condition = FilterCondition(comparison: filter.comparison, values: filter.values)
        switch R.filterSource(filter.member).of(PastVersions.table) {
        case .column(var column):
            // Where it bounds the order, the walk begins and ends there.
            let bounds = sort.map { filter.bounds($0, of: R.self) && $0.of(PastVersions.table).name == column.name } ?? false
            column.name = (bounds ? "" : "+") + column.name
            if let text = condition.condition(on: column, in: &sql) { sql.require(text) }
        case .window(let edtf, let first, let last):
            if let text = condition.window("+" + edtf, "+" + first, "+" + last, in: &sql) { sql.require(text) }
        case .office: return
        // Its text may stand in the document with other capitals.
        case .part(_, let column) where column.folded != nil: return
        case .part, .reference, .guarded, .partReference, .parties, .externalID:
            guard readsDocuments, filter.comparison == .equal, let quoted = filter.values.first.flatMap(PastVersions.quoted) else { return }
            sql.require("instr(log.document, \(sql.bind(.text(quoted)))) > 0")
        }
    }

    /// The value as a JSON text has it, where a document without it need not be read; nil for one that may be written in more than one way,
    /// or that is no text.
    private static func quoted(_ value: FilterValue) -> String? {
        let text: String
        switch value {
        case .text(let value), .id(let value): text = value
        case .externalID(let id): text = id.value
        case .integer, .instant, .slug, .window, .office: return nil
        }
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "/")
        }
        return isPlain ? "\"\(text)\"" : nil
    }
}
