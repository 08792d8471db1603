/// One write of one resource, as it is asked for: alone, or as a part of a transaction (`NewsroomTransaction`).
package enum ResourceWrite<R: Resource>: Sendable {
    /// What becomes of a resource, at the moment of the write: it gets what is stored. It runs inside the write's transaction, so it must
    /// be pure and quick.
    package typealias Change = @Sendable (R, Instant) throws(StoreError) -> Proposal<R.Draft>

    /// A new resource; its slug is made from the caption unless the draft has one.
    ///
    /// Fails with `conflict` when the slug or an external id is taken, `invalid` for failing members, unknown references among them.
    case create(Proposal<R.Draft>)

    /// A change. When nothing differs, nothing is written and the version stays.
    ///
    /// Fails with what the change throws, `notFound`, `gone`, `merged`, `staleVersion`, `conflict`, `invalid`.
    case revise(ResourceKey<R>, if: Precondition, Change)

    /// A version's document once more, as the newest version; what was deleted comes back under its id. The rules are those of any write.
    /// When nothing differs, nothing is written. Of a deleted resource the precondition is about the version of its deletion.
    ///
    /// Fails with `notFound`, `staleVersion`, `conflict`, `invalid`: `/version` for one that there is not, or that is a deletion.
    case restore(ResourceKey<R>, Restoration, if: Precondition)

    /// Clears marks of a resource (`ReviewMark`), which itself stays as it is. Where it has none of them, nothing is written.
    ///
    /// Fails with `notFound`, `gone`, `staleVersion`; `invalid` for a mark that is none of the resource's.
    case clearReview(ResourceKey<R>, ReviewClearance, if: Precondition)

    /// A deletion; its log stays. It comes to the resource as it was.
    ///
    /// Fails with `notFound`, `gone`, `staleVersion`; `inUse` when others refer to it.
    case delete(ResourceKey<R>, if: Precondition)
}

// The writes by their names.
extension ResourceStore {
    package func create(
        _ proposal: Proposal<R.Draft>, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> {
        try await write(.create(proposal), by: actor, on: terms)
    }

    /// A new resource, on no terms.
    package func create(_ proposal: Proposal<R.Draft>, by actor: Actor) async throws(StoreError) -> R {
        try await create(proposal, by: actor, on: WriteTerms()).plain
    }

    package func revise(
        _ key: ResourceKey<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>,
        _ change: @escaping ResourceWrite<R>.Change
    ) async throws(StoreError) -> Written<R> {
        try await write(.revise(key, if: precondition, change), by: actor, on: terms)
    }

    /// A change, on no terms.
    package func revise(
        _ key: ResourceKey<R>, if precondition: Precondition, by actor: Actor,
        _ change: @escaping @Sendable (R) throws(StoreError) -> Proposal<R.Draft>
    ) async throws(StoreError) -> R {
        try await revise(key, if: precondition, by: actor, on: WriteTerms()) { stored, _ throws(StoreError) in try change(stored) }.plain
    }

    package func restore(
        _ key: ResourceKey<R>, _ restoration: Restoration, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> {
        try await write(.restore(key, restoration, if: precondition), by: actor, on: terms)
    }

    /// A version once more, on no terms.
    package func restore(
        _ key: ResourceKey<R>, _ restoration: Restoration, if precondition: Precondition, by actor: Actor
    ) async throws(StoreError) -> R {
        try await restore(key, restoration, if: precondition, by: actor, on: WriteTerms()).plain
    }

    package func clearReview(
        _ key: ResourceKey<R>, _ clearance: ReviewClearance, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> {
        try await write(.clearReview(key, clearance, if: precondition), by: actor, on: terms)
    }

    /// A deletion that is meant, or one that is only rehearsed.
    @discardableResult
    package func delete(
        _ key: ResourceKey<R>, if precondition: Precondition, by actor: Actor, isRehearsal: Bool = false
    ) async throws(StoreError) -> R {
        try await write(.delete(key, if: precondition), by: actor, on: WriteTerms(isRehearsal: isRehearsal)).plain
    }
}

extension Written {
    /// What a write without a key came to.
    package var plain: R {
        get throws(StoreError) {
            guard case .resource(let resource) = self else { throw .unavailable("a write on no terms was not answered with its resource") }
            return resource
        }
    }
}
