import Newsroom
import SQLite

/// A page of pairs that may be one: a walk along the blocks, each row compared with its neighbours behind it.
///
/// A row is compared with so many neighbours at the most, and a page makes so many comparisons: what a page costs does not grow with the
/// number of resources, and a page that has looked at its share without filling says where to go on.
struct DuplicateWalk<R: HistoricResource> {
    private let database: Database
    private let query: DuplicateQuery
    private var known: [Int64: (resource: R, traits: LikenessTraits, blocks: [LikenessBlock])] = [:]

    private static var neighbourCountMax: Int { 64 }
    private static var comparisonCountMax: Int { 10_000 }
    private static var rowCountMax: Int { 20_000 }

    init(_ query: DuplicateQuery, in database: Database) {
        (self.query, self.database) = (query, database)
    }

    mutating func page() throws(SQLiteError) -> DuplicatePage<R> {
        var items: [DuplicatePair<R>] = []
        var comparisonCount = 0
        var place = query.after ?? DuplicatePosition(block: LikenessBlock(text: "", detail: ""), key: 0)
        // Where the last page ended among the neighbours of a row, that row goes on.
        let begun = query.after?.other == nil ? nil : try row(at: place)
        var window = query.after == nil ? [] : try neighbours(before: place, including: begun == nil)
        let behind = try rows(after: place)
        for row in (begun.map { [$0] } ?? []) + behind {
            try database.checkDeadline("what looks alike")
            if window.last?.block.text != row.block.text {
                window = []
                if known.count > Self.knownCountMax { known.removeAll(keepingCapacity: true) }
            }
            for neighbour in window {
                if let other = place.other, row == begun, neighbour.precedesOrIs(other) { continue }
                comparisonCount += 1
                if let pair = try pair(row, neighbour) { items.append(pair) }
                guard items.count == query.limit else { continue }
                let other = DuplicatePosition.Other(detail: neighbour.block.detail, key: neighbour.key)
                return DuplicatePage(items: items, next: DuplicatePosition(block: row.block, key: row.key, other: other))
            }
            window.append(row)
            if window.count > Self.neighbourCountMax { window.removeFirst() }
            place = DuplicatePosition(block: row.block, key: row.key)
            if comparisonCount >= Self.comparisonCountMax { return DuplicatePage(items: items, next: place) }
        }
        return DuplicatePage(items: items, next: behind.count < Self.rowCountMax ? nil : place)
    }

    private static var knownCountMax: Int { 1_000 }

    /// The two, if they look alike enough, were not judged different, and did not meet in a block before this one.
    private mutating func pair(_ row: LikenessRow, _ neighbour: LikenessRow) throws(SQLiteError) -> DuplicatePair<R>? {
        guard row.key != neighbour.key, let one = try resource(row.key), let other = try resource(neighbour.key) else { return nil }
        let common = one.blocks.first { block in other.blocks.contains { $0.text == block.text } }
        guard common?.text == row.block.text else { return nil }
        let likeness = Likeness(of: one.traits, and: other.traits)
        guard likeness.score > 0, likeness.score >= query.scoreMin, try !R.isDifferent(row.key, neighbour.key, in: database) else {
            return nil
        }
        let (first, second) = row.key < neighbour.key ? (one, other) : (other, one)
        return DuplicatePair(likeness: likeness, one: first.resource, other: second.resource)
    }

    private mutating func resource(
        _ key: Int64
    ) throws(SQLiteError) -> (resource: R, traits: LikenessTraits, blocks: [LikenessBlock])? {
        if let known = known[key] { return known }
        guard let stored = try R.stored(key: key, in: database), let traits = stored.resource.draft.likeness else { return nil }
        let read = (resource: stored.resource, traits: traits, blocks: traits.blocks)
        known[key] = read
        return read
    }

    private func rows(after place: DuplicatePosition) throws(SQLiteError) -> [LikenessRow] {
        let key = "\(R.table)_key"
        return try rows("(block, detail, \(key)) > ($1, $2, $3)", "block, detail, \(key)", Self.rowCountMax) { place.bind(to: &$0) }
    }

    /// Nil where it has gone, or has another name by now.
    private func row(at place: DuplicatePosition) throws(SQLiteError) -> LikenessRow? {
        let key = "\(R.table)_key"
        return try rows("block = $1 AND detail = $2 AND \(key) = $3", key, 1) { place.bind(to: &$0) }.first
    }

    /// The nearest in the same block, in order.
    private func neighbours(before place: DuplicatePosition, including isIncluded: Bool) throws(SQLiteError) -> [LikenessRow] {
        let key = "\(R.table)_key"
        let condition = "block = $1 AND (detail, \(key)) \(isIncluded ? "<=" : "<") ($2, $3)"
        return try rows(condition, "detail DESC, \(key) DESC", Self.neighbourCountMax) { place.bind(to: &$0) }.reversed()
    }

    private func rows(
        _ condition: String, _ order: String, _ limit: Int, _ bind: (inout Bindings) -> Void
    ) throws(SQLiteError) -> [LikenessRow] {
        let select = "SELECT block, detail, \(R.table)_key\nFROM \(R.table)_likeness"
        let text = "\(select)\nWHERE \(condition)\nORDER BY \(order)\nLIMIT \(limit)"
        return try database.all(Query(SQL(assembled: text)) { row throws(SQLiteError) in LikenessRow(row) }, bind)
    }
}

private struct LikenessRow: Sendable, Equatable {
    let block: LikenessBlock
    let key: Int64

    init(_ row: borrowing Row) {
        block = LikenessBlock(text: row.text(0), detail: row.text(1))
        key = row.integer(2)
    }

    func precedesOrIs(_ other: DuplicatePosition.Other) -> Bool { (block.detail, key) <= (other.detail, other.key) }
}

extension DuplicatePosition {
    fileprivate func bind(to values: inout Bindings) {
        values.add(block.text)
        values.add(block.detail)
        values.add(key)
    }
}
