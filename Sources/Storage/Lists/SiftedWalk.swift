import Newsroom
import SQLite

/// A walk along an index of which any part of the rows may fit, down to none.
///
/// Places are read from the index alone, and each row is looked up by itself. Where the page is not full after some thousand rows, the
/// filters are frequent each and rare together: then their indexes are read into sets of keys, and what all of them leave leads if it is
/// few; else the walk goes on along the index, looking up only what is in the set. So the worst case is to read some indexes from end to
/// end, not to look at all rows.
struct SiftedWalk<R: StoredResource> {
    let plan: ListPlan<R>
    private(set) var lead: ListLead
    let matches: ListMatches<R>?
    let database: Database
    /// No row outside of it fits; nil while that is not worth knowing, or no index tells.
    private var sieve: KeySet?
    private var isSieveKnown = false
    private var place: Position?

    /// How many rows are looked at before the filters' indexes are read: about what the reading of one costs.
    private static var examinedCountMax: Int { 2_000 }
    private static var placeCountMax: Int { 8_192 }

    init(plan: ListPlan<R>, lead: ListLead, matches: ListMatches<R>?, database: Database) {
        self.plan = plan
        self.lead = lead
        self.matches = matches
        self.database = database
        place = plan.query.after
    }

    mutating func each(
        _ content: ListPlan<R>.Content, while body: (borrowing Row, Position) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        var examinedCount = 0
        var count = max(64, 2 * plan.query.limit)
        while true {
            if lead.isSorted { count = ListPlan<R>.fewCountMax + 1 }
            let places = try places(count)
            guard try lookUp(places, content, &examinedCount, body), places.count == count, let last = places.last else { return }
            place = last
            count = min(2 * count, SiftedWalk.placeCountMax)
            if !isSieveKnown, examinedCount >= SiftedWalk.examinedCountMax { try sift() }
        }
    }

    /// The next places, from the index of the lead.
    private func places(_ count: Int) throws(SQLiteError) -> [Position] {
        var places: [Position] = []
        for statement in plan.statements(lead, of: .places, after: place, tests: lead.isSorted) where places.count < count {
            try database.each(statement.sql) { bindings in
                bindings.add(statement.values)
                bindings.add(count - places.count)
            } _: { row throws(SQLiteError) in
                places.append(plan.place(of: row, column: 1))
            }
        }
        return places
    }

    /// Whether there is to be more.
    private func lookUp(
        _ places: [Position], _ content: ListPlan<R>.Content, _ examinedCount: inout Int,
        _ body: (borrowing Row, Position) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) -> Bool {
        let statement = plan.rowStatement(lead, of: content)
        var goesOn = true
        for place in places where goesOn {
            let key = place.tieBreaker
            guard sieve?.contains(key) ?? true else { continue }
            examinedCount += 1
            try database.one(statement.sql) { bindings in
                bindings.add(key)
                bindings.add(Array(statement.values.dropFirst()))
            } _: { row throws(SQLiteError) in
                guard try matches?.contains(key) ?? true else { return }
                goesOn = try body(row, place)
            }
        }
        return goesOn
    }

    private mutating func sift() throws(SQLiteError) {
        isSieveKnown = true
        guard !lead.isSorted else { return }
        var common = try plan.plan.common(in: database)
        if let found = try matches?.all() { common = common?.intersection(found) ?? found }
        guard let common else { return }
        if common.count <= ListPlan<R>.fewCountMax {
            lead = .few(.keys(common))
        } else {
            sieve = common
        }
    }
}
