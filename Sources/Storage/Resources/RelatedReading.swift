import Newsroom
import SQLite

/// Reads whole resources by their ids.
struct RelatedReading: Sendable {
    let ids: RelatedIDs
    let viewer: Viewer
    let now: Instant
    let byteCountMax: Int

    /// As many as an event loop may read itself: each takes some 20 µs.
    private static let cheapCountMax = 30

    var isCheap: Bool { ids.count <= RelatedReading.cheapCountMax }

    func read(from database: Database) throws(SQLiteError) -> Related {
        var related = Related()
        var byteCount = 0
        related.people = try read(ids.people, from: database, &byteCount, &related.isComplete)
        related.organizations = try read(ids.organizations, from: database, &byteCount, &related.isComplete)
        related.events = try read(ids.events, from: database, &byteCount, &related.isComplete)
        return related
    }

    private func read<R: StoredResource>(
        _ ids: [ID<R>], from database: Database, _ byteCount: inout Int, _ isComplete: inout Bool
    ) throws(SQLiteError) -> [R] {
        var resources: [R] = []
        resources.reserveCapacity(ids.count)
        for id in ids {
            guard byteCount < byteCountMax else {
                isComplete = false
                return resources
            }
            guard let resource = try R.stored(.id(id), in: database)?.resource, R.isVisible(resource, to: viewer, at: now) else { continue }
            resources.append(resource)
            byteCount += R.byteCount(of: resource)
        }
        return resources
    }
}
