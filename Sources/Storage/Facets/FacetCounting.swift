import Newsroom
import SQLite

/// Counts how often values occur among the resources that filters leave.
///
/// Which resources these are is found out once, as a set of keys; then each member's values are read from an index of their own, or from
/// the table of the parts that have them, and those of other resources passed over. Rows are counted here and not by GROUP BY: what has
/// been counted when the time is up is an answer too.
struct FacetCounting<R: StoredResource>: Sendable {
    private let query: FacetQuery<R>
    private let plan: FilterPlan<R>

    /// The values of one member as far as they were counted.
    struct Counted {
        var tally: FacetTally
        /// Whether all has been looked at.
        var isWhole: Bool

        var isComplete: Bool { isWhole && !tally.isFull }
    }

    /// - Throws: `invalidQuery` for a filter that means nothing, or is not the viewer's to ask.
    init(_ query: FacetQuery<R>, by sight: Sight) throws(StoreError) {
        self.query = query
        plan = try FilterPlan(query.filters, by: sight)
    }

    func facets(from database: Database) throws(SQLiteError) -> [Facet<R>] {
        let counted = try counted(from: database, until: MonotonicTime.now + query.within)
        var facets: [Facet<R>] = []
        for (member, counted) in zip(query.members, counted) {
            let values = try counted.tally.values(query.valueCountMax, from: database)
            facets.append(Facet(member: member, values: values, isComplete: counted.isComplete))
        }
        return facets
    }

    /// Until a moment, of which each member gets its share; what one leaves is the others'.
    func counted(from database: Database, until end: MonotonicTime) throws(SQLiteError) -> [Counted] {
        let deadline = database.deadline
        defer { database.deadline = deadline }
        let end = min(deadline, end)
        var counted = query.members.map { Counted(tally: FacetTally(of: R.filterSource($0).target), isWhole: false) }
        database.deadline = end
        guard MonotonicTime.now < end else { return counted }
        var matching = Matching.all
        guard try database.untilInterrupted({ () throws(SQLiteError) in matching = try self.matching(in: database) }) else {
            return counted
        }
        for index in counted.indices {
            let now = MonotonicTime.now
            guard now < end else { break }
            database.deadline = now + .nanoseconds(Int64(end.nanoseconds - now.nanoseconds) / Int64(counted.count - index))
            let isWhole = try database.untilInterrupted { () throws(SQLiteError) in
                try count(query.members[index], among: matching, into: &counted[index].tally, from: database)
            }
            counted[index].isWhole = isWhole
        }
        return counted
    }

    private enum Matching {
        case all
        case keys(KeySet)
    }

    private func matching(in database: Database) throws(SQLiteError) -> Matching {
        let found = try ListMatches<R>(query.search, at: plan.sight.instant, in: database)?.all()
        return try plan.matching(found, in: database).map { .keys($0) } ?? .all
    }

    private func count(
        _ member: R.FilterMember, among matching: Matching, into tally: inout FacetTally, from database: Database
    ) throws(SQLiteError) {
        guard let values = FacetValues(R.filterSource(member), of: R.self, holdsIntegers: member.valueType == .integer) else { return }
        var keys: KeySet?
        if case .keys(let set) = matching { keys = set }
        let few = keys.flatMap { $0.count <= ListPlan<R>.fewCountMax ? $0 : nil }
        let statement = values.statement(among: few)
        var repeats = RepeatedValues()
        try database.each(statement.sql) { bindings in
            bindings.add(statement.values)
        } while: { row throws(SQLiteError) in
            let key = row.integer(1)
            guard keys?.contains(key) ?? true, !row.isNull(0) else { return true }
            guard values.areIntegers else { return values.hasRepeats && repeats.has(row.text(0), key) ? true : tally.add(row.text(0)) }
            let number = row.integer(0)
            return values.hasRepeats && repeats.has(number, key) ? true : tally.add(number)
        }
    }
}

/// Where one member's values are read: (value, key of the resource), and where they may repeat, equal ones of one resource next to each
/// other, or all of its values.
private struct FacetValues {
    let areIntegers: Bool
    let hasRepeats: Bool
    /// Whether rows have to be asked for in the order of their resources, which the table of parts has by itself. Parts that carry a sort
    /// column need not: one resource's are equal in it, so that the index on (value, sort column, resource) has repeats side by side too.
    private let isOrdered: Bool
    private let value: String
    private let owner: String
    private let table: String

    /// Nil for what is not counted by value.
    init?<R: StoredResource>(_ source: FilterSource, of _: R.Type, holdsIntegers: Bool) {
        switch source {
        case .column(let column): (value, owner, table, hasRepeats) = (column.name, "\(R.table).key", R.table, false)
        case .reference(let column, _): (value, owner, table, hasRepeats) = (column, "\(R.table).key", R.table, false)
        case .part(let part, let column):
            (value, owner, table, hasRepeats) = (column.name, "\(part.table).\(part.owner)", part.table, part.hasRepeats)
        case .partReference(let part, let column, _):
            (value, owner, table, hasRepeats) = (column, "\(part.table).\(part.owner)", part.table, part.hasRepeats)
        case .guarded, .parties, .externalID, .window, .office: return nil
        }
        areIntegers = holdsIntegers || source.target != nil
        isOrdered = hasRepeats && !source.isCarryingOrder
    }

    /// - Parameter few: where only these are asked for, they are looked up.
    func statement(among few: KeySet?) -> ListStatement {
        var sql = SQLText()
        if let few { sql.require("\(owner) IN (\(few.statement(in: &sql)))") }
        let order = isOrdered ? "\nORDER BY \(owner)" : ""
        return ListStatement(sql: SQL(assembled: "SELECT \(value), \(owner)\nFROM \(table)\(sql.whereClause)\(order)"), values: sql.values)
    }
}

/// The values that the newest resource has been counted for: the same may be there in several parts of it.
private struct RepeatedValues {
    private var key: Int64?
    private var texts: [String] = []
    private var numbers: [Int64] = []

    mutating func has(_ text: String, _ key: Int64) -> Bool {
        turn(to: key)
        if texts.contains(where: { $0.isIdentical(to: text) }) { return true }
        texts.append(text)
        return false
    }

    mutating func has(_ number: Int64, _ key: Int64) -> Bool {
        turn(to: key)
        if numbers.contains(number) { return true }
        numbers.append(number)
        return false
    }

    private mutating func turn(to key: Int64) {
        guard self.key != key else { return }
        self.key = key
        texts.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
    }
}

extension FilterSource {
    /// Whether its values are in parts that carry a sort column of their resource.
    fileprivate var isCarryingOrder: Bool {
        switch self {
        case .part(let part, _), .partReference(let part, _, _): part.carries != nil
        case .column, .reference, .guarded, .parties, .externalID, .window, .office: false
        }
    }

    /// The table of what a reference is to; nil for plain values.
    var target: Kind? {
        switch self {
        case .reference(_, let kind), .partReference(_, _, let kind): kind
        case .column, .guarded, .part, .parties, .externalID, .window, .office: nil
        }
    }
}

extension Database {
    /// Whether something was done before the deadline.
    func untilInterrupted(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) -> Bool {
        do {
            try body()
            return true
        } catch {
            guard error.code.primary == .interrupted else { throw error }
            return false
        }
    }
}
