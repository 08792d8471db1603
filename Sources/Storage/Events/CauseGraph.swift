import Newsroom
import SQLite

/// What led to what, as stored.
struct CauseGraph {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// What would be wrong if an event had these causes. Those that it has already are not judged again.
    func failure(
        adding causes: [EventCause], after previous: [EventCause], to effect: ID<Event>
    ) throws(SQLiteError) -> MemberFailure? {
        for (index, cause) in causes.enumerated() where !previous.contains(cause) {
            guard case .id(let cause) = cause.event, let fault = try fault(adding: cause, to: effect) else { continue }
            let path = "/causes/\(index)/event"
            switch fault {
            case .cycle: return MemberFailure(path: path, rule: .invalidValue, message: "must not be the event itself, or come of it")
            case .tooMany:
                return MemberFailure(
                    path: path, rule: .invalidValue, message: "has more than \(Causation.visitCountMax) events that led to it")
            }
        }
        return nil
    }

    private func fault(adding cause: ID<Event>, to effect: ID<Event>) throws(SQLiteError) -> Causation.Fault? {
        var failure: SQLiteError?
        let fault = Causation.fault(adding: cause, to: effect) { event in
            do throws(SQLiteError) {
                return try database.all(.causesOfEvent) { $0.add(event.text) }.compactMap { ID($0) }
            } catch {
                failure = error
                return []
            }
        }
        if let failure { throw failure }
        return fault
    }

    /// The chain from an event, breadth first, as far as it is told.
    func chain(_ direction: CauseChain.Direction, of event: ID<Event>) throws(SQLiteError) -> CauseChain {
        var chain = CauseChain(event: event)
        chain.captions[event] = try caption(of: event)
        var seen: Set<ID<Event>> = [event]
        var layer = [event]
        var depth = 1
        while !layer.isEmpty {
            var next: [ID<Event>] = []
            for near in layer {
                for edge in try edges(direction, of: near) {
                    guard chain.steps.count < CauseChain.stepCountMax, depth <= CauseChain.depthMax else {
                        chain.isComplete = false
                        return chain
                    }
                    let (cause, effect) = direction == .causes ? (edge.event, near) : (near, edge.event)
                    let basis = try basis(of: edge)
                    chain.steps.append(.init(depth: depth, cause: cause, effect: effect, relation: edge.relation, basis: basis))
                    for statement in basis { try TableCaptions(database).add(.id(statement), to: &chain.captions) }
                    chain.captions[edge.event] = edge.caption
                    if seen.insert(edge.event).inserted { next.append(edge.event) }
                }
            }
            layer = next
            depth += 1
        }
        return chain
    }

    private func basis(of edge: CauseEdge) throws(SQLiteError) -> [ID<Statement>] {
        try database.all(.basisOfEdge) {
            $0.add(edge.effectKey)
            $0.add(edge.position)
        }
        .compactMap { ID($0) }
    }

    private func caption(of event: ID<Event>) throws(SQLiteError) -> Caption? {
        try database.first(.captionOfEvent) { $0.add(event.text) }
    }

    private func edges(_ direction: CauseChain.Direction, of event: ID<Event>) throws(SQLiteError) -> [CauseEdge] {
        try database.all(direction == .causes ? .edgesToCauses : .edgesToEffects) { $0.add(event.text) }
    }
}

/// An event that another one is tied to.
struct CauseEdge: Sendable {
    let event: ID<Event>
    let relation: CauseRelation
    let caption: Caption
    /// Of the cause's row: the effect's key, and its place among the causes.
    let effectKey: Int64
    let position: Int64

    /// From (relation, id, title, status, edtf, zone, effect's key, position).
    fileprivate init(_ row: borrowing Row) throws(SQLiteError) {
        relation = try row.word(0, "event_cause.relation")
        event = try row.id(1, "event.id")
        caption = try row.eventCaption(from: 2)
        effectKey = row.integer(6)
        position = row.integer(7)
    }
}

extension Row {
    /// From (title, status, edtf, zone).
    fileprivate borrowing func eventCaption(from first: Int32) throws(SQLiteError) -> Caption {
        Caption(
            name: text(first), status: try word(first + 1, "event.status") as EventStatus,
            earliest: try earliest(first + 2, zone: first + 3))
    }
}

extension Query<String> {
    fileprivate static let basisOfEdge = Query(
        """
        SELECT statement.id
        FROM event_cause_basis
        CROSS JOIN statement ON statement.key = event_cause_basis.statement_key
        WHERE event_cause_basis.event_key = $1 AND event_cause_basis.cause_position = $2
        ORDER BY event_cause_basis.position
        """
    ) { row throws(SQLiteError) in row.text(0) }

    fileprivate static let causesOfEvent = Query(
        """
        SELECT cause.id
        FROM event
        CROSS JOIN event_cause ON event_cause.event_key = event.key
        CROSS JOIN event AS cause ON cause.key = event_cause.cause_key
        WHERE event.id = $1
        """
    ) { row throws(SQLiteError) in row.text(0) }
}

extension Query<Caption> {
    fileprivate static let captionOfEvent = Query(
        """
        SELECT title, status, edtf, zone
        FROM event
        WHERE id = $1
        """
    ) { row throws(SQLiteError) in try row.eventCaption(from: 0) }
}

extension Query<CauseEdge> {
    fileprivate static let edgesToCauses = Query(
        """
        SELECT event_cause.relation, cause.id, cause.title, cause.status, cause.edtf, cause.zone,
            event_cause.event_key, event_cause.position
        FROM event
        CROSS JOIN event_cause ON event_cause.event_key = event.key
        CROSS JOIN event AS cause ON cause.key = event_cause.cause_key
        WHERE event.id = $1
        ORDER BY event_cause.position
        """
    ) { row throws(SQLiteError) in try CauseEdge(row) }

    fileprivate static let edgesToEffects = Query(
        """
        SELECT event_cause.relation, effect.id, effect.title, effect.status, effect.edtf, effect.zone,
            event_cause.event_key, event_cause.position
        FROM event
        CROSS JOIN event_cause ON event_cause.cause_key = event.key
        CROSS JOIN event AS effect ON effect.key = event_cause.event_key
        WHERE event.id = $1
        ORDER BY effect.window_order, effect.key, event_cause.position
        """
    ) { row throws(SQLiteError) in try CauseEdge(row) }
}
