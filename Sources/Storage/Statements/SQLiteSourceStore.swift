import Newsroom
import SQLite
import Synchronization

/// The unnamed sources.
struct SQLiteSourceStore: SourceStore {
    let engine: Engine

    func find(_ id: SourceID) async throws(StoreError) -> SourceFile {
        try engine.readers.pool.read { database in
            guard let file = try database.sourceFile(id) else { throw StoreError.notFound }
            return file
        }
    }

    func keep(note: String?, of id: SourceID) async throws(StoreError) -> SourceFile {
        let file = try await engine.writer.perform { session in
            guard try session.database.first(.sourceKey, { $0.add(id.text) }) != nil else { throw StoreError.notFound }
            try session.database.run(.keepSourceNote) {
                $0.add(note)
                $0.add(id.text)
            }
            guard let file = try session.database.sourceFile(id) else { throw StoreError.notFound }
            return file
        }
        // It is no row of the log, which would tell readers that their snapshots are old.
        engine.state.generation.wrappingAdd(1, ordering: .releasing)
        return file
    }

    func reveal(
        _ id: SourceID, as person: Reference<Person>, by actor: Actor, isRehearsal: Bool, receipt: ReceiptTerms<SourceFile>?
    ) async throws(StoreError) -> Revealed {
        let claim = receipt.map { ReceiptClaim($0.key, of: actor) }
        return try await engine.writer.perform { session in
            if let claim, let kept = try session.receipt(for: claim) { return .receipt(kept, isRepeated: true) }
            guard !isRehearsal else { return .file(try session.rehearse { try session.reveal(id, as: person, by: actor) }) }
            guard let claim, let make = receipt?.make else { return .file(try session.reveal(id, as: person, by: actor)) }
            let room = try session.roomForReceipt()
            let made = make(try session.reveal(id, as: person, by: actor))
            try session.keep(made, for: claim, forgettingUpTo: room)
            return .receipt(made, isRepeated: false)
        }
    }
}

extension WriteSession {
    /// See `SourceStore.reveal`.
    fileprivate func reveal(_ id: SourceID, as person: Reference<Person>, by actor: Actor) throws -> SourceFile {
        guard var file = try database.sourceFile(id) else { throw StoreError.notFound }
        var resolver = ReferenceResolver(targets, database) { [self] in newULID() }
        var person = person
        try resolver.resolve(&person, at: "/person")
        guard resolver.failures.isEmpty else { throw StoreError.invalid(ValidationFailure(resolver.failures)) }
        for statement in file.statements {
            guard let stored = try Statement.stored(.id(statement), in: database) else { continue }
            try keep(stored.resource.draft.revealing(id, as: person), over: stored, by: actor, note: "source revealed")
        }
        file.captions = Captions()
        for statement in file.statements { try TableCaptions(database).add(.id(statement), to: &file.captions) }
        return file
    }
}

extension Database {
    fileprivate func sourceFile(_ id: SourceID) throws(SQLiteError) -> SourceFile? {
        guard var file = try first(.sourceFile, { $0.add(id.text) }) else { return nil }
        file.statements = try all(.statementsOfSource) { $0.add(id.text) }.compactMap { ID($0) }
        for statement in file.statements { try TableCaptions(self).add(.id(statement), to: &file.captions) }
        return file
    }
}

extension SQL {
    fileprivate static let keepSourceNote = SQL(
        """
        UPDATE unnamed_source
        SET note = $1
        WHERE id = $2
        """)
}

extension Query<SourceFile> {
    fileprivate static let sourceFile = Query("SELECT id, created_at_ms, note FROM unnamed_source WHERE id = $1") {
        row throws(SQLiteError) in
        guard let id = SourceID(row.text(0)) else { throw .undecodable("unnamed_source.id") }
        return SourceFile(id: id, createdAt: row.instant(1), note: row.textOrNil(2))
    }
}

extension Query<String> {
    fileprivate static let statementsOfSource = Query(
        """
        SELECT statement.id
        FROM (
            SELECT key FROM statement WHERE source_key = (SELECT key FROM unnamed_source WHERE id = $1)
            UNION
            SELECT statement_key FROM statement_chain WHERE source_key = (SELECT key FROM unnamed_source WHERE id = $1)
        ) AS mention
        CROSS JOIN statement ON statement.key = mention.key
        ORDER BY statement.key
        """
    ) { row throws(SQLiteError) in row.text(0) }
}
