import Newsroom
import SQLite

extension WriteSession {
    /// Keeps how a conflict was settled elsewhere. The event is there, or was merged into one that is, and so are the statements; whether
    /// they still stand against each other is what reading finds out.
    ///
    /// - Throws: `invalid`, for what is not there too; `conflict` at `/id` where another record has that id.
    func importResolution(_ recorded: RecordedResolution, by actor: Actor) throws -> ImportOutcome {
        var recorded = recorded
        var failures = recorded.settle(at: now)
        let about = recorded.question.about.text
        if try database.first(.knownEvent, { $0.add(about) }) == nil { failures.append(.unknown("/about", about)) }
        for (index, statement) in recorded.resolution.basis.enumerated() where try !isThere(statement) {
            failures.append(.unknown("/basis/\(index)", statement.text))
        }
        for statement in recorded.resolution.settled.keys.sorted() where try !isThere(statement) {
            failures.append(.unknown("/settled", statement.text))
        }
        guard failures.isEmpty else { throw StoreError.invalid(ValidationFailure(failures)) }
        let id = recorded.resolution.id.text
        guard var stored = try database.first(.resolution, { $0.add(id) }) else {
            try keep(recorded, by: actor)
            return .created(id: id)
        }
        try stored.addParts(from: database)
        guard stored.recorded.isSaid(by: recorded) else { throw StoreError.conflict([.taken("/id")]) }
        return .unchanged(id: id)
    }

    private func isThere(_ statement: ID<Statement>) throws(SQLiteError) -> Bool {
        try database.first(Statement.queries.keyByID) { $0.add(statement.text) } != nil
    }
}

extension StoredResolution {
    var recorded: RecordedResolution { RecordedResolution(resolution, of: ConflictID(about: about, property: property)) }
}

extension MemberFailure {
    static func unknown(_ path: String, _ id: String) -> MemberFailure {
        MemberFailure(path: path, rule: .unknownReference, message: "\(id) names nothing that is here")
    }
}

extension Query<StoredResolution> {
    fileprivate static let resolution = Query(
        "SELECT seq, id, about, property, value, how, actor, resolved_at_ms FROM conflict_resolution WHERE id = $1",
        decode: StoredResolution.init)
}

extension Query<Int64> {
    fileprivate static let knownEvent = Query(
        """
        SELECT key FROM event WHERE id = $1
        UNION ALL
        SELECT event_key FROM event_merged WHERE id = $1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}
