import Newsroom
import SQLite

extension WriteSession {
    /// How many references one transaction moves: some 0.2 ms each.
    static let movedCountMax = 500

    /// Makes two one. See `ResourceJudgements.merge`; more than `movedCountMax` references to the other are refused here.
    ///
    /// The survivor comes first, so that what moves is rendered with what it is called then, and the end of the other last, for by then
    /// nothing refers to it.
    /// - Parameter movesAll: false for a rehearsal, which shows the survivor and nothing else, however many references there are.
    func merge<R: HistoricResource>(
        _ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, by actor: Actor, movesAll: Bool = true
    ) throws -> Stored<R> {
        let plan = try MergePlan(key, merging, if: precondition, in: self)
        let count = try plan.referrers.count(upTo: WriteSession.movedCountMax + 1, in: database)
        let isTooLarge = count > WriteSession.movedCountMax
        let judgement = plan.judgement
        let note = judgement.note(merging.note)
        if isTooLarge, movesAll {
            // What else is in its way says more.
            _ = try rehearse { try unite(plan, note, by: actor) }
            throw StoreError.mergeRefused([.conflict("/from", "is referred to by too many; ask for the merge itself")])
        }
        let survivor = try unite(plan, note, by: actor)
        guard !isTooLarge else { return survivor }
        _ = try moveReferences(plan.referrers, by: plan.move, judgement, note, countMax: WriteSession.movedCountMax, by: actor)
        if let users = try R.users(of: plan.from.key, in: database) { throw StoreError.inUse(kind: users.kind, count: users.count) }
        try end(plan.from, judgement, note, by: actor)
        forgetTargets()
        try leadNames(to: survivor)
        return survivor
    }

    /// The survivor as the merge leaves it.
    private func unite<R: HistoricResource>(_ plan: MergePlan<R>, _ note: String, by actor: Actor) throws -> Stored<R> {
        try database.run(R.queries.deleteExternalIDs) { $0.add(plan.from.key) }
        let (resource, _) = try revise(plan.survivor, to: Proposal(plan.united), by: actor, note: note, judged: plan.judgement)
        return Stored(key: plan.survivor.key, resource: resource)
    }

    /// Moves some of the references that a merge will move, if they are more than one transaction moves, and answers whether to come again.
    /// What is in the way of the merge is in the way of this too, also what shows only when the survivor is written: that is rehearsed.
    func prepareMerge<R: HistoricResource>(
        _ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, by actor: Actor
    ) throws -> Bool {
        let plan = try MergePlan(key, merging, if: precondition, in: self)
        guard try plan.referrers.count(upTo: WriteSession.movedCountMax + 1, in: database) > WriteSession.movedCountMax else {
            return false
        }
        let judgement = plan.judgement
        let note = judgement.note(merging.note)
        _ = try rehearse { try unite(plan, note, by: actor) }
        let count = try moveReferences(
            plan.referrers, by: plan.move, judgement, note, countMax: WriteSession.movedCountMax, by: actor)
        return count > 0
    }

    /// Answers how many resources have another version for it.
    private func moveReferences(
        _ referrers: Referrers, by move: ReferenceMove, _ judgement: LogJudgement, _ note: String, countMax: Int, by actor: Actor
    ) throws -> Int {
        var count = 0
        for kind in Kind.allCases where count < countMax {
            let keys = try referrers.owners(of: kind, countMax: countMax - count, in: database)
            switch kind {
            case .article: try moveReferences(of: keys, Article.self, by: move, judgement, note, by: actor)
            case .person: try moveReferences(of: keys, Person.self, by: move, judgement, note, by: actor)
            case .organization: try moveReferences(of: keys, Organization.self, by: move, judgement, note, by: actor)
            case .event: try moveReferences(of: keys, Event.self, by: move, judgement, note, by: actor)
            case .statement: try moveReferences(of: keys, Statement.self, by: move, judgement, note, by: actor)
            }
            count += keys.count
        }
        return count
    }

    private func moveReferences<R: HistoricResource>(
        of keys: [Int64], _: R.Type, by move: ReferenceMove, _ judgement: LogJudgement, _ note: String, by actor: Actor
    ) throws {
        for key in keys {
            guard let stored = try R.stored(key: key, in: database) else { continue }
            var draft = stored.resource.draft
            draft.moveReferences(by: move)
            do {
                _ = try revise(stored, to: Proposal(draft), by: actor, note: note, judged: judgement)
            } catch StoreError.invalid(let failure) {
                let first = failure.failures.first.map { "\($0.path) \($0.message)" } ?? "it is not valid"
                throw StoreError.mergeRefused([
                    .conflict("/from", "\(stored.resource.record.id) refers to it and could not be changed: \(first)")
                ])
            }
        }
    }

    /// The end of what was merged: nothing refers to it any more.
    private func end<R: HistoricResource>(_ stored: Stored<R>, _ judgement: LogJudgement, _ note: String, by actor: Actor)
        throws(SQLiteError)
    {
        try database.run(R.queries.delete) { $0.add(stored.key) }
        var record = stored.resource.record
        record.version += 1
        record.updatedAt = now
        let ended = R(record: record, draft: stored.resource.draft, captions: Captions())
        try appendToLog(.deleted, ended, after: stored.resource, key: stored.key, by: actor, note: note, judgement)
    }
}

/// A merge that has nothing in its way.
struct MergePlan<R: HistoricResource> {
    let survivor: Stored<R>
    let from: Stored<R>
    let united: R.Draft
    let move: ReferenceMove

    var judgement: LogJudgement { LogJudgement(.merged, from: from.resource.record.id, into: survivor.resource.record.id) }
    var referrers: Referrers { Referrers(target: R.kind, key: from.key, survivor: survivor.key) }

    /// - Throws: as `ResourceJudgements.merge`.
    init(_ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, in session: WriteSession) throws {
        survivor = try session.stored(key, if: precondition)
        from = try session.partner(merging.from, of: survivor)
        move = ReferenceMove(from: from.resource.record.id, into: survivor.resource.record.id)
        var (united, failures) = survivor.resource.draft.united(with: from.resource.draft, by: move, keeping: merging.kept)
        if try R.isDifferent(survivor.key, from.key, in: session.database) {
            failures.append(.conflict("/from", "was judged different from the survivor; that has to be withdrawn first (reconsider)"))
        }
        if let failure = try R.mergeFailure(of: from, into: survivor, in: session.database) { failures.append(failure) }
        if failures.contains(where: { $0.rule != .conflict }) { throw StoreError.invalid(ValidationFailure(failures)) }
        guard failures.isEmpty else { throw StoreError.mergeRefused(failures) }
        united.slug = survivor.resource.record.slug
        self.united = united
    }
}

extension WriteSession {
    /// The other one of a pair.
    ///
    /// - Throws: `mergeRefused` for what is no more, `invalid` for what names nothing, or the same one.
    func partner<R: HistoricResource>(_ reference: Reference<R>, of stored: Stored<R>) throws -> Stored<R> {
        let key: Int64? =
            switch reference {
            case .id(let id): try database.first(R.queries.keyByID) { $0.add(id.text) }
            case .slug(let slug): try database.first(R.queries.targetBySlug) { $0.add(slug.text) }?.key
            case .externalID(let id):
                try database.first(R.queries.externalIDOwner) {
                    $0.add(id.source)
                    $0.add(id.value)
                }
            }
        if let key, key == stored.key { throw partnerFailure(.invalidValue, "must be another than the one that the path names") }
        if let key, let partner = try R.stored(key: key, in: database) { return partner }
        if let survivor = try R.survivor(of: reference, in: database) {
            throw StoreError.mergeRefused([.conflict("/from", "was merged into \(survivor.id) already")])
        }
        if case .id(let id) = reference, try R.absence(of: .id(id), to: .newsroom, at: now, in: database) == .gone {
            throw StoreError.mergeRefused([.conflict("/from", "was deleted")])
        }
        throw partnerFailure(.unknownReference, "names no \(R.kind.rawValue)")
    }

    private func partnerFailure(_ rule: MemberFailure.Rule, _ message: String) -> StoreError {
        .invalid(ValidationFailure([MemberFailure(path: "/from", rule: rule, message: message)]))
    }
}
