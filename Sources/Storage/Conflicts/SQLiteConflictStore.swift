import Newsroom
import SQLite

/// The conflicts of statements.
struct SQLiteConflictStore: ConflictStore {
    let engine: Engine

    func page(_ query: ConflictQuery, as viewer: Viewer) async throws(StoreError) -> ConflictPage {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            let reading = ConflictReading(database: database, viewer: viewer, now: now, knownBy: query.knownBy)
            return try ConflictWalk(query: query, reading: reading).page()
        }
    }

    func find(_ id: ConflictID, knownBy instant: Instant?, as viewer: Viewer) async throws(StoreError) -> Conflict {
        let now = engine.now()
        return try await engine.readers.longQueries.read { database in
            let reading = ConflictReading(database: database, viewer: viewer, now: now, knownBy: instant)
            guard let question = try ClaimedQuestion(id, in: database), let conflict = try reading.conflict(on: question) else {
                throw StoreError.notFound
            }
            return conflict
        }
    }

    func resolve(
        _ id: ConflictID, _ proposal: Proposal<ConflictResolution.Draft>, by actor: Actor, isRehearsal: Bool,
        receipt: ReceiptTerms<Conflict>?
    ) async throws(StoreError) -> ResolvedConflict {
        let claim = receipt.map { ReceiptClaim($0.key, of: actor) }
        return try await engine.writer.perform { session in
            if let claim, let kept = try session.receipt(for: claim) { return .receipt(kept, isRepeated: true) }
            guard !isRehearsal else { return .conflict(try session.rehearse { try session.resolve(id, proposal, by: actor) }) }
            guard let claim, let make = receipt?.make else { return .conflict(try session.resolve(id, proposal, by: actor)) }
            let room = try session.roomForReceipt()
            let made = make(try session.resolve(id, proposal, by: actor))
            try session.keep(made, for: claim, forgettingUpTo: room)
            return .receipt(made, isRepeated: false)
        }
    }
}
