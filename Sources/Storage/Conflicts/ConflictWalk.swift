import Newsroom
import SQLite

/// A page of conflicts: from one question to the next along an index, where each costs a few look-ups whatever is claimed on it, and a
/// reading only where there are two values on it.
struct ConflictWalk {
    let query: ConflictQuery
    let reading: ConflictReading

    /// How many questions a page looks at.
    static let questionCountMax = 5_000
    /// At how many statements a page ends before it is full.
    private static let statementCountMax = 1_000

    private var database: Database { reading.database }

    func page() throws(SQLiteError) -> ConflictPage {
        var event: Int64?
        if let name = query.event {
            event = try database.eventKey(of: name)
            guard event != nil else { return ConflictPage(items: [], next: nil) }
        }
        var page = ConflictPage(items: [], next: nil)
        var statementCount = 0
        var place = query.after
        for _ in 0..<ConflictWalk.questionCountMax {
            guard let position = try next(after: place, of: event) else { return page }
            guard page.items.count < query.limit, statementCount < ConflictWalk.statementCountMax else {
                page.next = place
                return page
            }
            place = position
            guard let conflict = try conflict(at: position) else { continue }
            page.items.append(conflict)
            statementCount += conflict.sides.reduce(0) { $0 + $1.statements.count }
        }
        page.next = place
        return page
    }

    private func conflict(at position: ConflictPosition) throws(SQLiteError) -> Conflict? {
        let isContested = try database.first(.isContested) {
            $0.add(position.key)
            $0.add(position.property)
        }
        guard isContested == 1, let question = try ClaimedQuestion(position, in: database),
            let conflict = try reading.conflict(on: question), conflict.isContested
        else { return nil }
        return query.status.map { $0 == conflict.status } ?? true ? conflict : nil
    }

    /// The question behind a place; nil at the end.
    private func next(after place: ConflictPosition?, of event: Int64?) throws(SQLiteError) -> ConflictPosition? {
        switch (event, query.property) {
        case (let event?, let property?): return place == nil ? ConflictPosition(key: event, property: property) : nil
        case (let event?, nil): return try nextProperty(after: place?.property ?? "", of: event)
        case (nil, let property?):
            let key = try database.first(.nextEventWithProperty) {
                $0.add(property)
                $0.add(place?.key ?? .max)
            }
            return key.map { ConflictPosition(key: $0, property: property) }
        case (nil, nil):
            if let place, let next = try nextProperty(after: place.property, of: place.key) { return next }
            guard let event = try database.first(.nextClaimedEvent, { $0.add(place?.key ?? .max) }) else { return nil }
            return try nextProperty(after: "", of: event)
        }
    }

    private func nextProperty(after property: String, of event: Int64) throws(SQLiteError) -> ConflictPosition? {
        let next = try database.first(.nextClaimedProperty) {
            $0.add(event)
            $0.add(property)
        }
        return next.map { ConflictPosition(key: event, property: $0) }
    }
}
