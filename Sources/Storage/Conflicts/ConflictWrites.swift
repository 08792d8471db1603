import Documents
import Newsroom
import SQLite

extension WriteSession {
    /// See `ConflictStore.resolve`.
    func resolve(_ id: ConflictID, _ proposal: Proposal<ConflictResolution.Draft>, by actor: Actor) throws -> Conflict {
        let reading = ConflictReading(database: database, viewer: .newsroom, now: now)
        guard let question = try ClaimedQuestion(id, in: database), let conflict = try reading.conflict(on: question),
            conflict.isContested
        else { throw StoreError.notFound }
        let draft = try settled(proposal, on: conflict)
        if let holding = conflict.holding, draft.isSaid(by: holding) { return conflict }
        let resolution = ConflictResolution(
            id: ResolutionID(newULID()), value: draft.value, how: draft.how, basis: draft.basis.ids, actor: actor.name, resolvedAt: now,
            settled: conflict.settled)
        try keep(RecordedResolution(resolution, of: question.id), by: actor)
        guard let resolved = try reading.conflict(on: question) else { throw StoreError.notFound }
        return resolved
    }

    /// - Throws: `invalid` with all that is wrong.
    private func settled(_ proposal: Proposal<ConflictResolution.Draft>, on conflict: Conflict) throws -> ConflictResolution.Draft {
        var draft = proposal.draft
        var resolver = ReferenceResolver(targets, database) { [self] in newULID() }
        let places = proposal.positions["/basis"] ?? Array(draft.basis.indices)
        for (index, place) in zip(draft.basis.indices, places) { try resolver.resolve(&draft.basis[index], at: "/basis/\(place)") }
        var failures = proposal.failures + resolver.failures
        let values = conflict.sides.map(\.value)
        if let value = draft.value, !values.contains(value), !failures.contains(where: { $0.path == "/value" }) {
            let known = values.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
            let message = "must be one of the values that are claimed: \(known); without it none of them holds"
            failures.append(MemberFailure(path: "/value", rule: .invalidValue, message: message))
        }
        guard failures.isEmpty else { throw StoreError.invalid(ValidationFailure(failures)) }
        var seen: Set<Reference<Statement>> = []
        draft.basis = draft.basis.filter { seen.insert($0).inserted }
        return draft
    }

    /// Appends the row of the log, which everybody but the newsroom is not shown, and what it says to the tables.
    func keep(_ logged: RecordedResolution, by actor: Actor) throws(SQLiteError) {
        let resolution = logged.resolution
        let sequence = takeSequence()
        try database.run(.insertResolutionLogRow) {
            $0.add(sequence)
            $0.add(resolution.id.text)
            $0.add(actor.name)
            $0.add(now.milliseconds)
            $0.add(utf8: logged.document)
        }
        try database.run(.insertResolution) {
            $0.add(sequence)
            $0.add(resolution.id.text)
            $0.add(logged.question.about.text)
            $0.add(logged.question.property)
            $0.add(resolution.value)
            $0.add(resolution.how ?? "")
            $0.add(resolution.actor ?? actor.name)
            $0.add(resolution.resolvedAt.milliseconds)
        }
        for (position, statement) in resolution.basis.enumerated() {
            try database.run(.insertResolutionBasis) {
                $0.add(sequence)
                $0.add(position)
                $0.add(statement.text)
            }
        }
        for (statement, value) in resolution.settled {
            try database.run(.insertSettledClaim) {
                $0.add(sequence)
                $0.add(statement.text)
                $0.add(value)
            }
        }
    }
}

extension [Reference<Statement>] {
    /// Of those by id, as all are that were resolved.
    fileprivate var ids: [ID<Statement>] {
        compactMap { if case .id(let id) = $0 { id } else { nil } }
    }
}

extension SQL {
    /// The slug of a row that has none is its id.
    fileprivate static let insertResolutionLogRow = SQL(
        """
        INSERT INTO log (seq, kind, id, slug, version, operation, actor, recorded_at_ms, public_from_ms, document, key)
        VALUES ($1, 'conflict', $2, $2, 1, 'created', $3, $4, NULL, $5, $1)
        """)

    fileprivate static let insertResolution = SQL(
        """
        INSERT INTO conflict_resolution (seq, id, about, property, value, how, actor, resolved_at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    fileprivate static let insertResolutionBasis = SQL(
        """
        INSERT INTO conflict_resolution_basis (seq, position, statement)
        VALUES ($1, $2, $3)
        """)

    fileprivate static let insertSettledClaim = SQL(
        """
        INSERT INTO conflict_resolution_settled (seq, statement, value)
        VALUES ($1, $2, $3)
        """)
}
