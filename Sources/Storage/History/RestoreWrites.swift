import Newsroom
import SQLite

extension WriteSession {
    /// Writes a version's document once more; see `ResourceHistory.restore`.
    ///
    /// - Throws: `notFound`, `staleVersion`, `conflict`, `invalid`; SQLite's errors.
    func restore<R: HistoricResource>(
        _ key: ResourceKey<R>, _ restoration: Restoration, if precondition: Precondition, by actor: Actor
    ) throws -> Stored<R> {
        guard let newest = try R.newestRow(of: key, in: database), let id = ID<R>(newest.id) else { throw StoreError.notFound }
        guard precondition.holds(for: newest.version) else { throw StoreError.staleVersion(current: newest.version) }
        if newest.mergedInto != nil { throw try R.absence(of: .id(id), to: .newsroom, at: now, in: database) }
        var draft = try draft(of: restoration.version, of: id)
        guard newest.isDeletion else {
            let stored: Stored<R> = try stored(.id(id), if: .none)
            draft.keepLife(of: stored.resource.draft)
            return Stored(key: stored.key, resource: try revise(stored, to: Proposal(draft), by: actor, note: restoration.logNote).resource)
        }
        return try bringBack(id, Proposal(draft), after: newest, by: actor, note: restoration.logNote)
    }

    /// - Throws: `invalid` for a version that there is not, or that is a deletion.
    private func draft<R: StoredResource>(of version: Int, of id: ID<R>) throws -> R.Draft {
        guard let logged = try self.version(version, of: id) else {
            throw refusal(.unknownReference, "is none of the resource's: its revisions list them")
        }
        guard let resource = logged.resource else { throw refusal(.invalidValue, "is a deletion, which holds nothing to bring back") }
        return resource.draft
    }

    func version<R: StoredResource>(_ version: Int, of id: ID<R>) throws(SQLiteError) -> LoggedVersion<R>? {
        try database.first(LoggedVersion<R>.query) {
            $0.add(id.text)
            $0.add(version)
        }
    }

    private func refusal(_ rule: MemberFailure.Rule, _ message: String) -> StoreError {
        .invalid(ValidationFailure([MemberFailure(path: "/version", rule: rule, message: message)]))
    }
}

extension WriteSession {
    /// A deleted resource once more, under its id, with the number of its next version. What holds of its last state still does: its first
    /// publication, and what its status may become.
    private func bringBack<R: HistoricResource>(
        _ id: ID<R>, _ proposal: Proposal<R.Draft>, after deletion: LogRow, by actor: Actor, note: String
    ) throws -> Stored<R> {
        guard let last = try version(deletion.version - 1, of: id)?.resource else { throw SQLiteError.undecodable("log.document") }
        var proposal = proposal
        proposal.draft.keepLife(of: last.draft)
        var (draft, keys) = try settle(proposal, after: Stored<R>?.none, following: last.draft, of: id)
        let slug = try R.slug(for: draft, of: id, in: database)
        draft.slug = slug
        let record = Record<R>(
            id: id, slug: slug, version: deletion.version + 1, createdAt: last.record.createdAt, updatedAt: now)
        let resource = R(record: record, draft: draft, captions: Captions())
        let key = try insert(resource, keys)
        try appendToLog(.created, resource, after: nil, key: key, by: actor, note: note)
        try leadNames(to: Stored(key: key, resource: resource))
        try R.followChange(from: nil, to: resource, by: actor, in: self)
        return Stored(key: key, resource: resource)
    }
}
