import Newsroom
import SQLite

extension WriteSession {
    /// Does one write; of a deletion, the resource as it was.
    ///
    /// - Throws: what the write fails with (`ResourceWrite`); SQLite's errors.
    func perform<R: HistoricResource>(_ write: ResourceWrite<R>, by actor: Actor) throws -> Stored<R> {
        switch write {
        case .create(let proposal):
            return try create(proposal, by: actor)
        case .revise(let key, let precondition, let change):
            let stored = try stored(key, if: precondition) as Stored<R>
            let (resource, _) = try revise(stored, to: try change(stored.resource, now), by: actor)
            return Stored(key: stored.key, resource: resource)
        case .restore(let key, let restoration, let precondition):
            return try restore(key, restoration, if: precondition, by: actor)
        case .clearReview(let key, let clearance, let precondition):
            return try clearReview(key, clearance, if: precondition, by: actor)
        case .delete(let key, let precondition):
            let stored = try stored(key, if: precondition) as Stored<R>
            try delete(stored, by: actor)
            return stored
        }
    }

    /// What is there after a write: a rendering where one is at hand and wanted, else the resource as everybody is shown it.
    func written<R: HistoricResource>(_ stored: Stored<R>, wantsRendering: Bool) throws -> Written<R> {
        let id = stored.resource.record.id
        guard wantsRendering, let kept = try R.keptRendering(.id(id), to: .newsroom, at: now, from: database, showing) else {
            return .resource(try shown(stored.resource))
        }
        return .rendering(kept, of: id)
    }
}
