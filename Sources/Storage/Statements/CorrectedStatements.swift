import Newsroom
import SQLite

extension Statement {
    /// What a statement puts right is `corrected`, and is live again when nothing puts it right any more: each a version of its own, in the
    /// transaction of the write that it follows from. What rests on what was put right or withdrawn is to be looked at again.
    static func followChange(from old: Statement?, to new: Statement?, by actor: Actor, in session: WriteSession) throws {
        if let old, new?.draft.status == .withdrawn, old.draft.status != .withdrawn {
            try session.statementChanged(old.record.id.text, .withdrawn, by: actor)
        }
        let (before, after) = (old?.draft.corrects, new?.draft.corrects)
        guard before != after else { return }
        for case .id(let corrected)? in [before, after] { try session.settleCorrected(corrected, by: actor) }
    }

    /// See `StoredResource.goes(by:in:)`: what rests on it is found by its row.
    func goes(by actor: Actor, in session: WriteSession) throws {
        try session.statementChanged(record.id.text, .deleted, by: actor)
    }
}

extension WriteSession {
    fileprivate func settleCorrected(_ id: ID<Statement>, by actor: Actor) throws {
        guard let stored = try Statement.stored(.id(id), in: database) else { return }
        let isCorrected = try database.first(.correctionsOfStatement) { $0.add(stored.key) } ?? 0 > 0
        var draft = stored.resource.draft
        switch (draft.status, isCorrected) {
        case (.live, true): draft.status = .corrected
        case (.corrected, false): draft.status = .live
        case (.live, false), (.corrected, true), (.withdrawn, _): return
        }
        try keep(draft, over: stored, by: actor)
        if isCorrected { try statementChanged(id.text, .corrected, by: actor) }
    }

    /// A change of ours to a statement that is as it should be otherwise.
    func keep(_ draft: Statement.Draft, over stored: Stored<Statement>, by actor: Actor, note: String? = nil) throws {
        var draft = draft
        var resolver = ReferenceResolver(targets, database) { [self] in newULID() }
        try Statement.resolveReferences(in: &draft, by: &resolver)
        var record = stored.resource.record
        record.version += 1
        record.updatedAt = now
        let statement = Statement(record: record, draft: draft, captions: Captions())
        try Statement.update(stored.key, from: stored.resource, to: statement, resolver.keys, in: database)
        try appendToLog(.updated, statement, after: stored.resource, key: stored.key, by: actor, note: note)
    }
}
