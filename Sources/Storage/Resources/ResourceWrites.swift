import Documents
import Newsroom
import SQLite

// The writes that every kind has, inside the writer's transaction.
extension WriteSession {
    /// - Throws: `invalid`, `conflict`; SQLite's errors.
    func create<R: HistoricResource>(
        _ proposal: Proposal<R.Draft>, id: ID<R>? = nil, by actor: Actor
    ) throws -> Stored<R> {
        let id = id ?? makeID()
        var (draft, keys) = try settle(proposal, after: Stored<R>?.none, of: id)
        let slug = try R.slug(for: draft, of: id, in: database)
        draft.slug = slug
        let record = Record<R>(id: id, slug: slug, version: 1, createdAt: now, updatedAt: now)
        let resource = R(record: record, draft: draft, captions: Captions())
        let key = try insert(resource, keys)
        try appendToLog(.created, resource, after: nil, key: key, by: actor)
        try R.followChange(from: nil, to: resource, by: actor, in: self)
        return Stored(key: key, resource: resource)
    }

    /// Answers the key of the new row.
    func insert<R: HistoricResource>(_ resource: R, _ keys: ReferenceKeys) throws(SQLiteError) -> Int64 {
        let key = try R.insert(resource, keys, into: database)
        try R.insertExternalIDs(resource.draft.externalIDs, of: key, into: database)
        try R.keepLikeness(of: resource.draft, after: nil, key: key, in: database)
        return key
    }

    /// The resource as it is now, and whether that is new.
    ///
    /// - Parameter judged: what the version is a part of; it is written then although nothing differs.
    /// - Throws: `invalid`, `conflict`; SQLite's errors.
    func revise<R: HistoricResource>(
        _ stored: Stored<R>, to proposal: Proposal<R.Draft>, by actor: Actor, note: String? = nil, judged: LogJudgement? = nil
    ) throws -> (resource: R, isChanged: Bool) {
        let current = stored.resource
        var (draft, keys) = try settle(proposal, after: stored, of: current.record.id)
        let slug = try R.slug(for: draft, of: current.record.id, besides: current.record.slug, in: database)
        draft.slug = slug
        guard judged != nil || isChange(draft, of: current) else { return (current, false) }
        var record = current.record
        record.slug = slug
        record.version += 1
        record.updatedAt = now
        let resource = R(record: record, draft: draft, captions: Captions())
        try R.update(stored.key, from: current, to: resource, keys, in: database)
        if !draft.externalIDs.isIdentical(to: current.draft.externalIDs) {
            try R.replaceExternalIDs(draft.externalIDs, of: stored.key, in: database)
        }
        try R.keepLikeness(of: draft, after: current.draft, key: stored.key, in: database)
        let operation: LogOperation =
            judged?.isMerge(into: record.id.text) == true
            ? .merged : draft.isTransition(from: current.draft) ? .transitioned : .updated
        try appendToLog(operation, resource, after: current, key: stored.key, by: actor, note: note ?? proposal.note, judged)
        try R.followChange(from: current, to: resource, by: actor, in: self)
        return (resource, true)
    }

    /// What was written as everybody is shown it, which needs no reading back: all but the captions is in hand.
    func shown<R: HistoricResource>(_ resource: R) throws(SQLiteError) -> R {
        var captions = targets
        return try R.view(by: [], at: now, in: database)(resource.captioned(by: &captions))
    }

    /// Whether there is anything to keep: a text in another Unicode form is, which Swift's `==` does not see.
    private func isChange<R: StoredResource>(_ draft: R.Draft, of current: R) -> Bool {
        if draft != current.draft { return true }
        let proposed = R(record: current.record, draft: draft, captions: Captions())
        return R.Document.logged(proposed) != R.Document.logged(current)
    }

    /// - Throws: `inUse`; SQLite's errors.
    func delete<R: HistoricResource>(_ stored: Stored<R>, by actor: Actor) throws {
        if let users = try R.users(of: stored.key, in: database) {
            throw StoreError.inUse(kind: users.kind, count: users.count)
        }
        try stored.resource.goes(by: actor, in: self)
        try database.run(R.queries.delete) { $0.add(stored.key) }
        var record = stored.resource.record
        record.version += 1
        record.updatedAt = now
        let deleted = R(record: record, draft: stored.resource.draft, captions: Captions())
        try appendToLog(.deleted, deleted, after: stored.resource, key: stored.key, by: actor)
        try R.followChange(from: stored.resource, to: nil, by: actor, in: self)
    }

    /// What somebody wants to change.
    ///
    /// - Throws: `notFound`, `gone`, `staleVersion`; SQLite's errors.
    func stored<R: StoredResource>(_ key: ResourceKey<R>, if precondition: Precondition) throws -> Stored<R> {
        guard let stored = try R.stored(key, in: database) else {
            throw try R.absence(of: key, to: .newsroom, at: now, in: database)
        }
        guard precondition.holds(for: stored.resource.record.version) else {
            throw StoreError.staleVersion(current: stored.resource.record.version)
        }
        return stored
    }

    /// The draft as it is to be kept: its references resolved, its rules checked, what must be unique looked up.
    ///
    /// - Parameter last: what it was last, where it is not there any more.
    /// - Throws: all failures at once, as `conflict` where nothing is wrong but what others have; SQLite's errors.
    func settle<R: StoredResource>(
        _ proposal: Proposal<R.Draft>, after stored: Stored<R>?, following last: R.Draft? = nil, of id: ID<R>
    ) throws -> (draft: R.Draft, keys: ReferenceKeys) {
        let previous = stored?.resource.draft
        var proposal = proposal
        var resolver = ReferenceResolver(targets, database) { [self] in newULID() }
        try R.resolveReferences(in: &proposal.draft, by: &resolver)
        for failure in resolver.failures { proposal.add(failure) }
        if let failure = try R.hierarchyFailure(of: id, proposal.draft, after: previous, in: database) { proposal.add(failure) }
        var settled = proposal.settled(after: previous ?? last, at: now)
        let taken = try taken(settled.draft, after: stored)
        guard !settled.failures.isEmpty else {
            guard taken.isEmpty else { throw StoreError.conflict(taken) }
            return (settled.draft, resolver.keys)
        }
        for failure in taken { settled.add(failure) }
        throw StoreError.invalid(ValidationFailure(settled.failures))
    }

    /// What must be unique and is another's.
    private func taken<R: StoredResource>(_ draft: R.Draft, after stored: Stored<R>?) throws(SQLiteError) -> [MemberFailure] {
        var taken: [MemberFailure] = []
        if let slug = draft.slug, slug != stored?.resource.record.slug, try R.isTaken(slug, in: database) { taken.append(.taken("/slug")) }
        for id in draft.externalIDs.all {
            guard let owner = try R.owner(of: id, in: database), owner != stored?.key else { continue }
            taken.append(.taken("/external_ids/\(id.source)"))
        }
        return taken
    }
}
