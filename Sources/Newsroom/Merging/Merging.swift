/// Two resources that turn out to be one: what is to be done with the other one.
package struct Merging<R: Resource>: Sendable, Equatable {
    /// What is merged into the survivor.
    package var from: Reference<R>
    package var kept: KeptValues
    /// One line for the log.
    package var note: String?

    package init(from: Reference<R>, kept: KeptValues = KeptValues(), note: String? = nil) {
        (self.from, self.kept, self.note) = (from, kept, note)
    }
}

/// Which values stay where the two have different ones and there can only be one: each is one of the two's.
package struct KeptValues: Sendable, Equatable {
    /// By their sources.
    package var externalIDs: [String: String]
    /// By their schemes.
    package var identifiers: [String: String]
    /// Whether the survivor's life stays although the other one has one too.
    package var keepsLife: Bool

    package init(externalIDs: [String: String] = [:], identifiers: [String: String] = [:], keepsLife: Bool = false) {
        (self.externalIDs, self.identifiers, self.keepsLife) = (externalIDs, identifiers, keepsLife)
    }
}

/// A merge that is to be undone.
package struct Splitting<R: Resource>: Sendable, Equatable {
    /// What was merged, where the survivor is named by the path; nil: the path names it itself.
    package var from: Reference<R>?
    package var note: String?

    package init(from: Reference<R>? = nil, note: String? = nil) {
        (self.from, self.note) = (from, note)
    }
}

/// A judgement that two resources are different, or that this is not known any more.
package struct Distinction<R: Resource>: Sendable, Equatable {
    package var from: Reference<R>
    package var isWithdrawn: Bool
    package var note: String?

    package init(from: Reference<R>, isWithdrawn: Bool = false, note: String? = nil) {
        (self.from, self.isWithdrawn, self.note) = (from, isWithdrawn, note)
    }
}

/// What was merged, for an export: as it was last, and what it was merged into.
package struct MergedResource<R: Resource>: Sendable {
    package var resource: R
    package var into: ID<R>

    package init(resource: R, into: ID<R>) {
        (self.resource, self.into) = (resource, into)
    }
}

/// Two of one kind that were judged different.
package struct DifferentPair<R: Resource>: Sendable, Equatable {
    package var one: ID<R>
    package var other: ID<R>

    package init(one: ID<R>, other: ID<R>) {
        (self.one, self.other) = (one, other)
    }
}

/// The judgements on the resources of one kind: which of them are one, which look like it, which are not.
package protocol ResourceJudgements<R>: Sendable {
    associatedtype R: Resource

    /// Makes two resources one: the survivor gains what the other has, what referred to the other refers to the survivor, and the other's
    /// names lead to it from now on.
    ///
    /// All of it is one transaction where few refer to the other. Else its references move before, some hundreds in a transaction, so
    /// that nobody waits; whatever ends the way leaves references that have moved, and the same call goes on from there.
    /// - Returns: the survivor.
    /// - Throws: `notFound`, `gone`, `staleVersion`; `merged` for a survivor that was merged itself; `mergeRefused` where something stands
    ///   in the way, all of it; `invalid` for `/from` that names nothing; `keyReused`, `keysFull`.
    func merge(
        _ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R>

    /// Undoes a merge: the other lives again under its id, as it was; what was moved and still leads to the survivor goes back; the
    /// survivor loses what it gained and nobody has changed since.
    ///
    /// - Parameter precondition: about what the key names: of what was merged it is the version of its end.
    /// - Returns: what lives again.
    /// - Throws: `notFound`, `gone`, `staleVersion`, `mergeRefused` where it is not merged, or where its survivor was merged itself;
    ///   `conflict`, `invalid` where it cannot be as it was; `keyReused`, `keysFull`.
    func split(
        _ key: ResourceKey<R>, _ splitting: Splitting<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R>

    /// Keeps that two resources are different, or that this is not known any more. What is known already is not written again.
    ///
    /// - Throws: as `merge`.
    func distinguish(
        _ key: ResourceKey<R>, _ distinction: Distinction<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R>

    /// Pairs that may be one, in the order of what they have in common: identifiers first, then names.
    ///
    /// - Throws: `deadline`, `overloaded`.
    func duplicates(_ query: DuplicateQuery) async throws(StoreError) -> DuplicatePage<R>
}

/// Stores that know no judgements.
extension ResourceJudgements {
    package func merge(
        _ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> { throw .unavailable("this store merges nothing") }

    package func split(
        _ key: ResourceKey<R>, _ splitting: Splitting<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> { throw .unavailable("this store merges nothing") }

    package func distinguish(
        _ key: ResourceKey<R>, _ distinction: Distinction<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> { throw .unavailable("this store merges nothing") }

    package func duplicates(_ query: DuplicateQuery) async throws(StoreError) -> DuplicatePage<R> {
        throw .unavailable("this store merges nothing")
    }
}
