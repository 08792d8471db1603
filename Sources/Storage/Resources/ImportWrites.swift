import Newsroom
import SQLite

extension WriteSession {
    /// Writes some rows, each as if alone; up to the first that ends the import, if `stopsAtRefusal`.
    ///
    /// A row is checked before its first statement that writes, so that a refused one has nothing to undo; there are no savepoints. Should
    /// a statement fail all the same, the rows are undone together and done again, each with a savepoint.
    func importRows(_ rows: [ImportRow], by actor: Actor, stopsAtRefusal: Bool) throws -> [ImportOutcome] {
        let mark = mark
        try database.setSavepoint()
        do {
            let outcomes = try outcomes(of: rows, stopsAtRefusal) { row in try importRow(row, by: actor) }
            try database.releaseSavepoint()
            return outcomes
        } catch let error as SQLiteError where error.code.primary == .constraint {
            try database.rollbackToSavepoint()
            goBack(to: mark)
            return try outcomes(of: rows, stopsAtRefusal) { row in try importRowAlone(row, by: actor) }
        }
    }

    private func outcomes(
        of rows: [ImportRow], _ stopsAtRefusal: Bool, _ write: (ImportRow) throws -> ImportOutcome
    ) throws -> [ImportOutcome] {
        var outcomes: [ImportOutcome] = []
        outcomes.reserveCapacity(rows.count)
        for row in rows {
            let outcome = try write(row)
            outcomes.append(outcome)
            if stopsAtRefusal && outcome.endsImport { break }
        }
        return outcomes
    }

    private func importRowAlone(_ row: ImportRow, by actor: Actor) throws -> ImportOutcome {
        let mark = mark
        try database.setSavepoint()
        do {
            let outcome = try importRow(row, by: actor)
            try database.releaseSavepoint()
            return outcome
        } catch let error as SQLiteError where error.code.primary == .constraint {
            try database.rollbackToSavepoint()
            goBack(to: mark)
            return .refused(StoreError(error))
        }
    }

    private func importRow(_ row: ImportRow, by actor: Actor) throws -> ImportOutcome {
        do {
            switch row {
            case .article(let entry): return try importEntry(entry, by: actor)
            case .person(let entry): return try importEntry(entry, by: actor)
            case .organization(let entry): return try importEntry(entry, by: actor)
            case .event(let entry): return try importEntry(entry, by: actor)
            }
        } catch let error as StoreError {
            return .refused(error)
        }
    }

    private func importEntry<R: StoredResource>(_ entry: ImportEntry<R>, by actor: Actor) throws -> ImportOutcome {
        let stored = try stored(for: entry)
        var proposal = entry.change(stored?.resource.draft)
        for id in entry.externalIDs.all { proposal.draft.externalIDs[id.source] = id.value }
        guard let stored else {
            return .created(id: try create(proposal, id: entry.id, by: actor).resource.record.id.text)
        }
        let (resource, isChanged) = try revise(stored, to: proposal, by: actor)
        return isChanged ? .updated(id: resource.record.id.text) : .unchanged(id: resource.record.id.text)
    }

    /// The resource that a row is about; nil when it is new.
    ///
    /// - Throws: `gone` for the id of a deleted one, `conflict` when the row's ids are those of different resources, or the
    ///   resource that one of them leads to has another id of a source that it names.
    private func stored<R: StoredResource>(for entry: ImportEntry<R>) throws -> Stored<R>? {
        var key: Int64?
        if let id = entry.id {
            key = try database.first(R.queries.keyByID) { $0.add(id.text) }
            if key == nil, try R.absence(of: .id(id), to: .newsroom, at: now, in: database) == .gone { throw StoreError.gone }
        }
        var taken: [MemberFailure] = []
        for id in entry.externalIDs.all {
            guard let owner = try R.owner(of: id, in: database) else { continue }
            // An id that is not there yet is that of a new resource, which cannot have another's external id.
            guard owner == key || (key == nil && entry.id == nil) else {
                taken.append(.taken("/external_ids/\(id.source)"))
                continue
            }
            key = owner
        }
        guard taken.isEmpty else { throw StoreError.conflict(taken) }
        guard let key, let stored = try R.stored(key: key, in: database) else { return nil }
        // Which of two ids of one source is right only somebody can say who names the resource itself.
        let others =
            entry.id != nil
            ? []
            : entry.externalIDs.all.filter { id in
                stored.resource.draft.externalIDs[id.source].map { $0 != id.value } ?? false
            }
        guard others.isEmpty else { throw StoreError.conflict(others.map { .another("/external_ids/\($0.source)") }) }
        return stored
    }
}
