import Newsroom
import SQLite

extension WriteSession {
    /// Writes some rows, each as if alone, by the rules.
    ///
    /// As the writes of a batch, a row is checked before its first statement that writes. Should a statement fail all the same, or a row
    /// be refused that has written something, the batch is done again, and each row has a savepoint then.
    func importRows(_ rows: [ImportRow], by actor: Actor, _ rules: ImportRules) throws -> [ImportOutcome] {
        let isDoneAgain = isDoneAgain
        return try outcomes(of: rows, rules) { row, waiting in
            isDoneAgain ? try importRowAlone(row, by: actor, &waiting) : try importRowTogether(row, by: actor, &waiting)
        }
    }

    /// - Throws: `HalfWrittenRow`, besides SQLite's errors: the batch is undone for either.
    private func importRowTogether(
        _ row: ImportRow, by actor: Actor, _ waiting: inout Set<ImportName>?
    ) throws -> ImportOutcome {
        let changeCount = database.changeCount
        let outcome = try importRow(row, by: actor, &waiting)
        guard outcome.isKept || database.changeCount == changeCount else { throw HalfWrittenRow() }
        return outcome
    }

    private func outcomes(
        of rows: [ImportRow], _ rules: ImportRules, _ write: (ImportRow, inout Set<ImportName>?) throws -> ImportOutcome
    ) throws -> [ImportOutcome] {
        var outcomes: [ImportOutcome] = []
        outcomes.reserveCapacity(rows.count)
        var waiting = rules.waiting
        for row in rows {
            let outcome = try write(row, &waiting)
            outcomes.append(outcome)
            if rules.stopsAtRefusal && outcome.endsImport { break }
        }
        return outcomes
    }

    private func importRowAlone(
        _ row: ImportRow, by actor: Actor, _ waiting: inout Set<ImportName>?
    ) throws -> ImportOutcome {
        let mark = mark
        try database.setSavepoint()
        do {
            let outcome = try importRow(row, by: actor, &waiting)
            guard outcome.isKept else {
                try database.rollbackToSavepoint()
                goBack(to: mark)
                return outcome
            }
            try database.releaseSavepoint()
            return outcome
        } catch let error as SQLiteError where error.code.primary == .constraint {
            try database.rollbackToSavepoint()
            goBack(to: mark)
            return .refused(StoreError(error))
        }
    }

    private func importRow(_ row: ImportRow, by actor: Actor, _ waiting: inout Set<ImportName>?) throws -> ImportOutcome {
        do {
            switch row {
            case .article(let entry): return try importEntry(entry, by: actor, &waiting)
            case .person(let entry): return try importEntry(entry, by: actor, &waiting)
            case .organization(let entry): return try importEntry(entry, by: actor, &waiting)
            case .event(let entry): return try importEntry(entry, by: actor, &waiting)
            case .statement(let entry): return try importEntry(entry, by: actor, &waiting)
            case .sourceNote(let note): return try waitingForOthers(waiting) { try importSourceNote(note) }
            case .resolution(let recorded): return try waitingForOthers(waiting) { try importResolution(recorded, by: actor) }
            case .review(let recorded): return try waitingForOthers(waiting) { try importReview(recorded, by: actor) }
            }
        } catch let error as StoreError {
            return .refused(error)
        }
    }

    /// The outcome of a row that no other is about.
    private func waitingForOthers(_ waiting: Set<ImportName>?, _ write: () throws -> ImportOutcome) throws -> ImportOutcome {
        do {
            return try write()
        } catch StoreError.invalid(let failure) where failure.lacksReferencesAlone && waiting != nil {
            return .waits(failure, names: [])
        }
    }

    /// The outcome of one row; one that waits is added to what waits.
    private func importEntry<R: HistoricResource>(
        _ entry: ImportEntry<R>, by actor: Actor, _ waiting: inout Set<ImportName>?
    ) throws -> ImportOutcome {
        if let survivor = entry.mergedInto { return try importMerged(entry, into: survivor, by: actor, &waiting) }
        let stored = try stored(for: entry)
        if waiting?.isEmpty == false, case let names = names(of: entry, stored), waiting?.isDisjoint(with: names) == false {
            waiting?.formUnion(names)
            return .waits(nil, names: names)
        }
        do {
            return try write(entry, over: stored, by: actor)
        } catch StoreError.invalid(let failure) where failure.lacksReferencesAlone && waiting != nil {
            let names = names(of: entry, stored)
            waiting?.formUnion(names)
            return .waits(failure, names: names)
        }
    }

    private func write<R: HistoricResource>(
        _ entry: ImportEntry<R>, over stored: Stored<R>?, by actor: Actor
    ) throws -> ImportOutcome {
        var proposal = entry.change(stored?.resource.draft)
        for id in entry.externalIDs.all { proposal.draft.externalIDs[id.source] = id.value }
        let others = try targets(of: entry)
        guard let stored else {
            let created = try create(proposal, id: entry.id, by: actor)
            _ = try distinguish(created, from: others, by: actor)
            return .created(id: created.resource.record.id.text)
        }
        let (resource, isChanged) = try revise(stored, to: proposal, by: actor)
        let isJudged = try distinguish(Stored(key: stored.key, resource: resource), from: others, by: actor)
        return isChanged || isJudged ? .updated(id: resource.record.id.text) : .unchanged(id: resource.record.id.text)
    }

    /// What the row and the stored resource call it.
    private func names<R: StoredResource>(of entry: ImportEntry<R>, _ stored: Stored<R>?) -> Set<ImportName> {
        let ids = [entry.id, stored?.resource.record.id].compactMap { $0 }
        let externalIDs = entry.externalIDs.all + (stored?.resource.draft.externalIDs.all ?? [])
        return Set(ids.map { ImportName($0) } + externalIDs.map { ImportName($0, of: R.kind) })
    }

    /// The resource that a row is about; nil when it is new.
    ///
    /// - Throws: `gone` for the id of a deleted one, `merged` for that of a merged one, `conflict` when the row's ids are those of
    ///   different resources, or the resource that one of them leads to has another id of a source that it names.
    private func stored<R: StoredResource>(for entry: ImportEntry<R>) throws -> Stored<R>? {
        var key: Int64?
        if let id = entry.id {
            key = try database.first(R.queries.keyByID) { $0.add(id.text) }
            if key == nil, case let absence = try R.absence(of: .id(id), to: .newsroom, at: now, in: database), absence != .notFound {
                throw absence
            }
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

/// A row of an import that is not to be kept has written something.
private struct HalfWrittenRow: Error {}

extension ImportOutcome {
    /// Whether what was written of the row stays.
    fileprivate var isKept: Bool {
        switch self {
        case .created, .updated, .unchanged: true
        case .refused, .waits: false
        }
    }
}
