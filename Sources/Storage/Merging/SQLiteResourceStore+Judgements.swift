import Locks
import Newsroom
import SQLite

extension SQLiteResourceStore {
    func merge(
        _ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> {
        if !terms.isRehearsal {
            let claim = terms.receipt.map { ReceiptClaim($0.key, of: actor) }
            while await movesMore(key, merging, if: precondition, by: actor, under: claim) {}
        }
        let movesAll = !terms.isRehearsal
        return try await write(by: actor, on: terms) { session in
            try session.merge(key, merging, if: precondition, by: actor, movesAll: movesAll)
        }
    }

    /// Moves references before a merge that has too many of them for one transaction. Why it cannot be made is told by the merge itself,
    /// which may have been made already under its key.
    private func movesMore(
        _ key: ResourceKey<R>, _ merging: Merging<R>, if precondition: Precondition, by actor: Actor, under claim: ReceiptClaim?
    ) async -> Bool {
        do throws(StoreError) {
            return try await engine.writer.perform { session in
                if let claim {
                    guard try session.receipt(for: claim) == nil else { return false }
                    _ = try session.roomForReceipt()
                }
                return try session.prepareMerge(key, merging, if: precondition, by: actor)
            }
        } catch {
            return false
        }
    }

    func split(
        _ key: ResourceKey<R>, _ splitting: Splitting<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> {
        let rest = Lock<Split<R>?>(nil)
        let written = try await write(by: actor, on: terms) { session in
            let split = try session.split(key, splitting, if: precondition, by: actor)
            rest.withLock { $0 = split }
            return split.revived
        }
        // What was only rehearsed has nothing left to do.
        guard !terms.isRehearsal, let split = rest.withLock({ $0 }) else { return written }
        var last = split.last
        while let place = last {
            last = try await engine.writer.perform { session in
                try session.returnReferences(
                    to: split.revived.resource.record.id, from: split.survivor, endedBy: split.end, after: place, note: splitting.note,
                    by: actor)
            }
        }
        return written
    }

    func distinguish(
        _ key: ResourceKey<R>, _ distinction: Distinction<R>, if precondition: Precondition, by actor: Actor, on terms: WriteTerms<R>
    ) async throws(StoreError) -> Written<R> {
        try await write(by: actor, on: terms) { session in
            try session.distinguish(key, distinction, if: precondition, by: actor)
        }
    }

    func duplicates(_ query: DuplicateQuery) async throws(StoreError) -> DuplicatePage<R> {
        guard R.isMergeable else { return DuplicatePage(items: [], next: nil) }
        return try await engine.readers.longQueries.read { database in
            var walk = DuplicateWalk<R>(query, in: database)
            return try walk.page()
        }
    }
}
