import Newsroom
import SQLite

extension WriteSession {
    /// What a row of an import comes to that is about something merged.
    ///
    /// Where it is not known here, its past is: it was there, and was merged. Where it lives, the merge is made as anybody else's would be.
    func importMerged<R: HistoricResource>(
        _ entry: ImportEntry<R>, into reference: Reference<R>, by actor: Actor, _ waiting: inout Set<ImportName>?
    ) throws -> ImportOutcome {
        guard let id = entry.id else {
            throw importFailure(MemberFailure(path: "/id", rule: .required, message: "must be given: by it the survivor is found"))
        }
        guard let survivor = try targets.target(of: reference) else {
            let failure = MemberFailure(path: "/merged_into", rule: .unknownReference, message: "names no \(R.kind.rawValue)")
            guard waiting != nil else { throw importFailure(failure) }
            // Its ids elsewhere are the survivor's, whose row must not wait for this one.
            let names: Set = [ImportName(id)]
            waiting?.formUnion(names)
            return .waits(ValidationFailure([failure]), names: names)
        }
        if let key = try database.first(R.queries.keyByID, { $0.add(id.text) }) {
            guard key != survivor.key else {
                throw importFailure(MemberFailure(path: "/merged_into", rule: .invalidValue, message: "must be another one"))
            }
            _ = try merge(.id(survivor.id), Merging(from: .id(id)), if: .none, by: actor)
            return .updated(id: id.text)
        }
        if let known = try R.survivor(of: .id(id), in: database) {
            guard known.key == survivor.key else {
                throw StoreError.mergeRefused([.conflict("/merged_into", "is not \(known.id), into which it was merged here")])
            }
            return .unchanged(id: id.text)
        }
        guard try R.newestRow(of: .id(id), in: database) == nil else { throw StoreError.gone }
        // The link of a chain is kept as it is named.
        let direct = if case .id(let named) = reference { named } else { survivor.id }
        return try rememberMerged(id, entry, into: direct, by: actor)
    }

    private func rememberMerged<R: HistoricResource>(
        _ id: ID<R>, _ entry: ImportEntry<R>, into direct: ID<R>, by actor: Actor
    ) throws -> ImportOutcome {
        var proposal = entry.change(nil)
        for external in entry.externalIDs.all { proposal.draft.externalIDs[external.source] = external.value }
        proposal.draft = proposal.draft.withoutReferences
        var settled = proposal.settled(after: nil, at: now)
        let slug = try settled.draft.slug ?? R.freeSlug(for: settled.draft.caption, in: database)
        if settled.draft.slug != nil, try R.isTaken(slug, in: database) { settled.add(.taken("/slug")) }
        let living = try R.living(direct, in: database)
        for external in settled.draft.externalIDs.all {
            if let owner = try R.owner(of: external, in: database), owner != living?.key {
                settled.add(.taken("/external_ids/\(external.source)"))
            }
        }
        guard settled.failures.isEmpty else { throw StoreError.invalid(ValidationFailure(settled.failures)) }
        settled.draft.slug = slug
        let judgement = LogJudgement(.merged, from: id, into: direct)
        var record = Record<R>(id: id, slug: slug, version: 1, createdAt: now, updatedAt: now)
        let was = R(record: record, draft: settled.draft, captions: Captions())
        // It never had a row of its own here.
        try appendToLog(.created, was, after: nil, key: 0, by: actor, note: judgement.note("imported"))
        record.version = 2
        let ended = R(record: record, draft: settled.draft, captions: Captions())
        try appendToLog(.deleted, ended, after: was, key: 0, by: actor, note: judgement.note("imported"), judgement)
        forgetTargets()
        if let living, let survivor = try R.stored(key: living.key, in: database) { try leadNames(to: survivor) }
        return .created(id: id.text)
    }

    /// What an imported resource was judged different from.
    ///
    /// - Throws: `invalid` with unknown references, for which it may wait.
    func targets<R: HistoricResource>(of entry: ImportEntry<R>) throws -> [Target<R>] {
        guard !entry.differentFrom.isEmpty else { return [] }
        var found: [Target<R>] = []
        var failures: [MemberFailure] = []
        for (index, reference) in entry.differentFrom.enumerated() {
            if let target = try targets.target(of: reference) {
                found.append(target)
            } else {
                let path = "/different_from/\(index)"
                failures.append(MemberFailure(path: path, rule: .unknownReference, message: "names no \(R.kind.rawValue)"))
            }
        }
        guard failures.isEmpty else { throw StoreError.invalid(ValidationFailure(failures)) }
        return found
    }

    private func importFailure(_ failure: MemberFailure) -> StoreError { .invalid(ValidationFailure([failure])) }
}
