import Newsroom
import SQLite

/// A merge that is undone, as far as one transaction goes.
struct Split<R: HistoricResource>: Sendable {
    let revived: Stored<R>
    let survivor: ID<R>
    /// The row with which it had ended.
    let end: Int64
    /// The last of the moved references that was looked at; nil: all were.
    let last: Int64?
}

extension WriteSession {
    /// Undoes a merge; see `ResourceJudgements.split`. Of the references that go back as many as one transaction moves are done here.
    func split<R: HistoricResource>(
        _ key: ResourceKey<R>, _ splitting: Splitting<R>, if precondition: Precondition, by actor: Actor
    ) throws -> Split<R> {
        if let unfinished = try unfinishedSplit(key, splitting, if: precondition, by: actor) { return unfinished }
        let ended = try endedRow(key, splitting, if: precondition)
        guard let id = ID<R>(ended.id), let into = ended.mergedInto.flatMap({ ID<R>($0) }) else { throw StoreError.notFound }
        guard let survivor = try R.stored(.id(into), in: database) else { throw survivorIsGone(into) }
        let judgement = LogJudgement(.split, from: id, into: into)
        let note = judgement.note(splitting.note)
        var draft = survivor.resource.draft
        let history = try MergeHistory(of: id, into: into, endedBy: ended.sequence, in: database)
        if let merge = try history.survivor(R.self) {
            draft.giveBack(after: merge.after.draft, before: merge.before.draft)
        } else if let last = try version(ended.version - 1, of: id, as: R.self) {
            // It came with an import, which tells nothing of how it was merged: an id can only be one's.
            for own in last.draft.externalIDs.all where draft.externalIDs[own.source] == own.value { draft.externalIDs[own.source] = nil }
        }
        draft.slug = survivor.resource.record.slug
        // What it gives back is the other's again before that is there.
        try R.replaceExternalIDs(draft.externalIDs, of: survivor.key, in: database)
        try database.run(R.queries.judged.deleteName) { $0.add(id.text) }
        let revived = try revive(id, ended, judgement, note, by: actor)
        forgetTargets()
        try leadNames(to: revived)
        let (resource, _) = try revise(survivor, to: Proposal(draft), by: actor, note: note, judged: judgement)
        try renewDistinctions(of: Stored(key: survivor.key, resource: resource))
        let last = try returnReferences(to: id, from: into, endedBy: ended.sequence, after: 0, note: splitting.note, by: actor)
        return Split(revived: revived, survivor: into, end: ended.sequence, last: last)
    }

    /// A split that ended among the references that go back: it goes on from there.
    private func unfinishedSplit<R: HistoricResource>(
        _ key: ResourceKey<R>, _ splitting: Splitting<R>, if precondition: Precondition, by actor: Actor
    ) throws -> Split<R>? {
        guard splitting.from == nil, let stored = try R.stored(key, in: database) else { return nil }
        let id = stored.resource.record.id
        guard let start = try database.first(.newestSplit, { $0.add(id.text) }), let survivor = ID<R>(start.survivor) else { return nil }
        let history = try MergeHistory(of: id, into: survivor, endedBy: start.end, in: database)
        guard try !history.moved(after: 0, countMax: 1).isEmpty else { return nil }
        guard precondition.holds(for: stored.resource.record.version) else {
            throw StoreError.staleVersion(current: stored.resource.record.version)
        }
        let last = try returnReferences(to: id, from: survivor, endedBy: start.end, after: 0, note: splitting.note, by: actor)
        return Split(revived: stored, survivor: survivor, end: start.end, last: last)
    }

    /// The row with which something ended that was merged.
    private func endedRow<R: HistoricResource>(
        _ key: ResourceKey<R>, _ splitting: Splitting<R>, if precondition: Precondition
    ) throws -> LogRow {
        guard let from = splitting.from else {
            guard let newest = try R.newestRow(of: key, in: database) else { throw StoreError.notFound }
            guard precondition.holds(for: newest.version) else { throw StoreError.staleVersion(current: newest.version) }
            if newest.mergedInto != nil { return newest }
            throw newest.isDeletion ? StoreError.gone : notMerged("")
        }
        let survivor: Stored<R> = try stored(key, if: precondition)
        let newest: LogRow? =
            switch from {
            case .id(let id): try R.newestRow(of: .id(id), in: database)
            case .slug(let slug): try R.newestRow(of: .slug(slug), in: database)
            case .externalID: nil
            }
        guard let newest else { throw notMerged("/from") }
        guard newest.mergedInto == survivor.resource.record.id.text else { throw notMerged("/from") }
        return newest
    }

    private func notMerged(_ path: String) -> StoreError {
        .mergeRefused([.conflict(path, "is not merged into another one, or not into this one")])
    }

    private func survivorIsGone<R: HistoricResource>(_ id: ID<R>) -> StoreError {
        .mergeRefused([.conflict("", "was merged into \(id), which is no more itself: split that one first, or bring it back")])
    }

    private func revive<R: HistoricResource>(
        _ id: ID<R>, _ ended: LogRow, _ judgement: LogJudgement, _ note: String, by actor: Actor
    ) throws -> Stored<R> {
        guard let last = try version(ended.version - 1, of: id, as: R.self) else { throw SQLiteError.undecodable("log.document") }
        var (draft, keys) = try settle(Proposal(last.draft), after: Stored<R>?.none, following: last.draft, of: id)
        let slug = try draft.slug ?? R.freeSlug(for: draft.caption, in: database)
        draft.slug = slug
        let record = Record<R>(id: id, slug: slug, version: ended.version + 1, createdAt: last.record.createdAt, updatedAt: now)
        let resource = R(record: record, draft: draft, captions: Captions())
        let key = try insert(resource, keys)
        try appendToLog(.created, resource, after: nil, key: key, by: actor, note: note, judgement)
        return Stored(key: key, resource: resource)
    }

    /// Lets some of the references go back that a merge moved.
    ///
    /// - Parameters:
    ///   - end: the row with which the other had ended.
    ///   - sequence: behind which of the moves it goes on.
    /// - Returns: where to go on; nil at the end.
    func returnReferences<R: HistoricResource>(
        to id: ID<R>, from survivor: ID<R>, endedBy end: Int64, after sequence: Int64, note: String?, by actor: Actor
    ) throws -> Int64? {
        let history = try MergeHistory(of: id, into: survivor, endedBy: end, in: database)
        let judgement = LogJudgement(.split, from: id, into: survivor)
        let move = ReferenceMove(from: id, into: survivor)
        let moved = try history.moved(after: sequence, countMax: WriteSession.movedCountMax)
        for reference in moved {
            let words = judgement.note(note)
            switch reference.kind {
            case .article: try giveBack(reference, Article.self, history, move, judgement, words, by: actor)
            case .person: try giveBack(reference, Person.self, history, move, judgement, words, by: actor)
            case .organization: try giveBack(reference, Organization.self, history, move, judgement, words, by: actor)
            case .event: try giveBack(reference, Event.self, history, move, judgement, words, by: actor)
            case .statement: try giveBack(reference, Statement.self, history, move, judgement, words, by: actor)
            }
        }
        return moved.count == WriteSession.movedCountMax ? moved.last?.sequence : nil
    }

    private func giveBack<R: HistoricResource>(
        _ reference: MovedReference, _: R.Type, _ history: MergeHistory, _ move: ReferenceMove, _ judgement: LogJudgement, _ note: String,
        by actor: Actor
    ) throws {
        guard let id = ID<R>(reference.id), let stored = try R.stored(.id(id), in: database),
            let moved = try history.versions(reference.version, of: id) as (before: R, after: R)?
        else { return }
        var draft = stored.resource.draft
        draft.returnReferences(by: move, before: moved.before.draft, after: moved.after.draft)
        guard draft != stored.resource.draft else { return }
        do {
            _ = try revise(stored, to: Proposal(draft), by: actor, note: note, judged: judgement)
        } catch StoreError.invalid {
            // What was written since does not go with it: the reference stays where it is.
        }
    }
}

/// Where something came back from a merge.
private struct SplitStart: Sendable {
    let survivor: String
    /// The row with which it had ended.
    let end: Int64
}

extension Query<SplitStart> {
    fileprivate static let newestSplit = Query(
        """
        SELECT log.into_id, ended.seq
        FROM log
        CROSS JOIN log AS ended ON ended.id = log.id AND ended.version = log.version - 1
        WHERE log.id = $1 AND log.operation = 'created' AND log.judgement = 'split'
        ORDER BY log.version DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in SplitStart(survivor: row.text(0), end: row.integer(1)) }
}
