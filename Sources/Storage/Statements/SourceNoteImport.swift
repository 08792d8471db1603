import Newsroom
import SQLite

extension WriteSession {
    /// Keeps a note in place of the one before. The log is told nothing of it.
    ///
    /// - Throws: `invalid` where there is no such source.
    func importSourceNote(_ note: SourceNote) throws -> ImportOutcome {
        let id = note.source.text
        guard let kept = try database.first(.noteOfSource, { $0.add(id) }) else {
            throw StoreError.invalid(ValidationFailure([.unknown("/id", id)]))
        }
        guard kept.note != note.note else { return .unchanged(id: id) }
        try database.run(.keepSourceNote) {
            $0.add(note.note)
            $0.add(id)
        }
        return .updated(id: id)
    }
}

private struct KeptNote: Sendable {
    let note: String?
}

extension Query<KeptNote> {
    fileprivate static let noteOfSource = Query("SELECT note FROM unnamed_source WHERE id = $1") { row throws(SQLiteError) in
        KeptNote(note: row.textOrNil(0))
    }
}

extension Query<SourceNote> {
    static let sourceNotes = Query("SELECT id, note FROM unnamed_source WHERE note IS NOT NULL ORDER BY key") { row throws(SQLiteError) in
        guard let source = SourceID(row.text(0)) else { throw .undecodable("unnamed_source.id") }
        return SourceNote(source: source, note: row.text(1))
    }
}
