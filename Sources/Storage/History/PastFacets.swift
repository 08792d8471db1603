import Newsroom
import SQLite

/// Counts how often values occurred at an instant: among what has not changed since by the counting of now, and among past versions.
struct PastFacets<R: HistoricResource>: Sendable {
    private let query: FacetQuery<R>
    private let sight: Sight

    /// - Throws: `invalidQuery` for a filter that means nothing, or is not the viewer's to ask.
    init(_ query: FacetQuery<R>, by sight: Sight) throws(StoreError) {
        self.query = query
        self.sight = sight
        _ = try FilterPlan<R>(query.filters, by: sight)
        try FilterPlan<R>.checkIsOfPast(query.filters)
    }

    func facets(from database: Database) throws -> [Facet<R>] {
        let end = MonotonicTime.now + query.within
        let moment = try PastMoment(at: sight.instant, in: database)
        let filters = try PastFilters(moment).resolved(query.filters)
        var unchanged = query
        unchanged.filters = filters + [R.unchanged(since: sight.instant)]
        let sight = sight.at(moment)
        var counted = try FacetCounting(unchanged, by: sight).counted(from: database, until: end)
        var names = query.members.map { TargetNames($0.valueType, in: database) }
        let versions = PastVersions<R>(filters, at: moment, by: sight)
        // What can be counted without reading documents is not to wait for what cannot.
        let inColumns = query.members.indices.filter { PastVersions<R>.column(of: query.members[$0]) != nil }
        for group in [inColumns, query.members.indices.filter { !inColumns.contains($0) }] where !group.isEmpty {
            let isWhole = try count(versions, group, into: &counted, &names, from: database, until: end)
            for index in group { counted[index].isWhole = counted[index].isWhole && isWhole }
        }
        var captions = PastCaptions(moment, for: sight.viewer)
        return try query.members.indices.map { index in
            let values = try values(of: counted[index].tally, names[index], &captions, from: database)
            return Facet(member: query.members[index], values: values, isComplete: counted[index].isComplete)
        }
    }

    /// Whether all was looked at.
    private func count(
        _ versions: PastVersions<R>, _ group: [Int], into counted: inout [FacetCounting<R>.Counted], _ names: inout [TargetNames],
        from database: Database, until end: MonotonicTime
    ) throws(SQLiteError) -> Bool {
        let deadline = database.deadline
        defer { database.deadline = deadline }
        database.deadline = min(deadline, end)
        let members = group.map { query.members[$0] }
        return try database.untilInterrupted { () throws(SQLiteError) in
            try versions.each(members) { row, resource throws(SQLiteError) in
                for (column, index) in group.enumerated() {
                    guard let resource else {
                        add(row, Int32(column), isInteger: members[column].valueType == .integer, to: &counted[index].tally)
                        continue
                    }
                    try add(R.values(of: members[column], in: resource), to: &counted[index].tally, &names[index])
                }
                return true
            }
        }
    }

    private func add(_ row: borrowing Row, _ column: Int32, isInteger: Bool, to tally: inout FacetTally) {
        guard !row.isNull(column) else { return }
        _ = isInteger ? tally.add(row.integer(column)) : tally.add(row.text(column))
    }

    /// Each value once, however often one resource has it.
    private func add(_ values: MemberValues, to tally: inout FacetTally, _ names: inout TargetNames) throws(SQLiteError) {
        switch values {
        case .plain(let values):
            for (index, value) in values.enumerated() where !values[..<index].contains(where: { $0.order(value, folding: false) == 0 }) {
                switch value {
                case .text(let text): _ = tally.add(text)
                case .integer(let number): _ = tally.add(number)
                }
            }
        case .references(let ids):
            for (index, id) in ids.enumerated() where !ids[..<index].contains(id) { _ = tally.add(try names.number(of: id)) }
        case .externalIDs, .window, .offices: break
        }
    }

    private func values(
        of tally: FacetTally, _ names: TargetNames, _ captions: inout PastCaptions, from database: Database
    ) throws(SQLiteError) -> [FacetValue] {
        guard names.target != nil else { return try tally.values(query.valueCountMax, from: database) }
        var values: [FacetValue] = []
        for (number, count) in tally.topNumbers(query.valueCountMax) {
            guard let id = try names.id(of: number) else { continue }
            values.append(FacetValue(.reference(id: id, caption: try names.caption(of: id, by: &captions)), count: count))
        }
        return values
    }
}

/// The numbers by which targets of references are counted: the keys of their rows, and of those that are gone numbers below zero.
private struct TargetNames {
    /// What the references are to; nil for other members.
    let target: Kind?
    private let database: Database
    private var numbers: [String: Int64] = [:]
    private var gone: [String] = []

    init(_ type: ListValueType, in database: Database) {
        if case .reference(let kind) = type { target = kind } else { target = nil }
        self.database = database
    }

    mutating func number(of id: String) throws(SQLiteError) -> Int64 {
        if let number = numbers[id] { return number }
        let number: Int64
        if let key = try key(of: id) {
            number = key
        } else {
            gone.append(id)
            number = -Int64(gone.count)
        }
        numbers[id] = number
        return number
    }

    private func key(of id: String) throws(SQLiteError) -> Int64? {
        switch target {
        case .person: try database.first(Person.queries.keyByID) { $0.add(id) }
        case .organization: try database.first(Organization.queries.keyByID) { $0.add(id) }
        case .event: try database.first(Event.queries.keyByID) { $0.add(id) }
        case .article: try database.first(Article.queries.keyByID) { $0.add(id) }
        case .statement: try database.first(Statement.queries.keyByID) { $0.add(id) }
        case nil: nil
        }
    }

    func id(of number: Int64) throws(SQLiteError) -> String? {
        guard number > 0 else { return gone[Int(-number) - 1] }
        guard let target else { return nil }
        let query = Query<String>(SQL(assembled: "SELECT id FROM \(target.rawValue) WHERE key = $1")) { row throws(SQLiteError) in
            row.text(0)
        }
        return try database.first(query) { $0.add(number) }
    }

    /// What it was called then; nil where the viewer is not to know.
    func caption(of id: String, by captions: inout PastCaptions) throws(SQLiteError) -> String? {
        var found = Captions()
        switch target {
        case .person:
            guard let id = ID<Person>(id) else { return nil }
            try captions.add(.id(id), on: 0, to: &found)
            return found[id]?.name
        case .organization:
            guard let id = ID<Organization>(id) else { return nil }
            try captions.add(.id(id), to: &found)
            return found[id]?.name
        case .event:
            guard let id = ID<Event>(id) else { return nil }
            try captions.add(.id(id), to: &found)
            return found[id]?.name
        case .article:
            guard let id = ID<Article>(id) else { return nil }
            try captions.add(.id(id), to: &found)
            return found[id]?.name
        case .statement, nil: return nil
        }
    }
}
