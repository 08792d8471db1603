import Newsroom
import SQLite

/// What the causes and transitions of one event rest on, as it is read.
struct EventBasisRows {
    private var ofCauses: [Int: [Reference<Statement>]] = [:]
    private var ofTransitions: [Int: [Reference<Statement>]] = [:]
    private var causes: [Int: EventCause] = [:]

    /// From the arms 4 (of causes) and 5 (of transitions): (arm, statement.id, –, place); and 6: (arm, id, name, relation, key, status,
    /// edtf, zone, place) of what led to a transition.
    mutating func add(_ row: borrowing Row, _ captions: inout CaptionsUnderWay) throws(SQLiteError) {
        switch row.integer(0) {
        case 4: ofCauses[Int(row.integer(3)), default: []].append(.id(try row.id(1, "statement.id")))
        case 5: ofTransitions[Int(row.integer(3)), default: []].append(.id(try row.id(1, "statement.id")))
        default:
            let event = try captions.addEvent(row)
            causes[Int(row.integer(8))] = EventCause(event: .id(event), relation: try row.word(3, "event_transition_cause.relation"))
        }
    }

    /// - Throws: `undecodable` for what is of no cause or transition.
    func move(into draft: inout Event.Draft) throws(SQLiteError) {
        for (place, basis) in ofCauses {
            guard draft.causes.indices.contains(place) else { throw .undecodable("event_cause_basis.cause_position") }
            draft.causes[place].basis = basis
        }
        for (place, basis) in ofTransitions {
            guard draft.transitions.indices.contains(place) else { throw .undecodable("event_transition_basis.transition_position") }
            draft.transitions[place].basis = basis
        }
        for (place, cause) in causes {
            guard draft.transitions.indices.contains(place) else { throw .undecodable("event_transition_cause.transition_position") }
            draft.transitions[place].cause = cause
        }
    }
}

extension Event {
    /// Writes what causes and transitions rest on, their own rows being there; what was written before goes where it differs.
    func writeBasis(after old: Event?, _ key: Int64, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        // The rows of causes that were replaced have taken theirs along.
        if old.map({ $0.draft.causes != draft.causes }) ?? true {
            for (place, cause) in draft.causes.enumerated() {
                try insert(cause.basis, .insertCauseBasis, key, place, keys, database)
            }
        }
        guard old.map({ $0.draft.transitions != draft.transitions }) ?? true else { return }
        if old != nil {
            try database.run(.deleteTransitionBasis) { $0.add(key) }
            try database.run(.deleteTransitionCauses) { $0.add(key) }
        }
        for (place, transition) in draft.transitions.enumerated() {
            try insert(transition.basis, .insertTransitionBasis, key, place, keys, database)
            guard let cause = transition.cause else { continue }
            let causeKey = try keys.key(of: cause.event)
            try database.run(.insertTransitionCause) { values in
                values.add(key)
                values.add(place)
                values.add(causeKey)
                values.add(cause.relation.rawValue)
            }
        }
    }

    private func insert(
        _ basis: [Reference<Statement>]?, _ sql: SQL, _ key: Int64, _ place: Int, _ keys: ReferenceKeys, _ database: Database
    ) throws(SQLiteError) {
        for (position, statement) in (basis ?? []).enumerated() {
            let statementKey = try keys.key(of: statement)
            try database.run(sql) { values in
                values.add(key)
                values.add(place)
                values.add(position)
                values.add(statementKey)
            }
        }
    }

    static func resolveBasis(in draft: inout Draft, by resolver: inout ReferenceResolver) throws(SQLiteError) {
        for index in draft.causes.indices {
            guard var basis = draft.causes[index].basis else { continue }
            for place in basis.indices { try resolver.resolve(&basis[place], at: "/causes/\(index)/basis/\(place)") }
            draft.causes[index].basis = basis
        }
        for index in draft.transitions.indices {
            if var cause = draft.transitions[index].cause {
                try resolver.resolve(&cause.event, at: "/transitions/\(index)/cause/event")
                draft.transitions[index].cause = cause
            }
            guard var basis = draft.transitions[index].basis else { continue }
            for place in basis.indices { try resolver.resolve(&basis[place], at: "/transitions/\(index)/basis/\(place)") }
            draft.transitions[index].basis = basis
        }
    }
}

extension SQL {
    fileprivate static let insertCauseBasis = SQL(
        """
        INSERT INTO event_cause_basis (event_key, cause_position, position, statement_key)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let insertTransitionBasis = SQL(
        """
        INSERT INTO event_transition_basis (event_key, transition_position, position, statement_key)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let insertTransitionCause = SQL(
        """
        INSERT INTO event_transition_cause (event_key, transition_position, cause_key, relation)
        VALUES ($1, $2, $3, $4)
        """)

    fileprivate static let deleteTransitionBasis = SQL("DELETE FROM event_transition_basis WHERE event_key = $1")
    fileprivate static let deleteTransitionCauses = SQL("DELETE FROM event_transition_cause WHERE event_key = $1")
}
