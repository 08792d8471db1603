internal import HTTP
internal import Newsroom

extension Shelf {
    func revisions(of key: ResourceKey<R>, _ query: RevisionQuery, as viewer: Viewer) async throws(Problem) -> RevisionPage<R> {
        do { return try await store.revisions(of: key, query, as: viewer) } catch { throw problem(error) }
    }

    func versions(_ versions: [Int], of key: ResourceKey<R>, as viewer: Viewer) async throws(Problem) -> [PastVersion<R>?] {
        do { return try await store.versions(versions, of: key, as: viewer) } catch { throw problem(error) }
    }

    /// As of an instant; nil: now.
    func find(_ key: ResourceKey<R>, as viewer: Viewer, asOf instant: Instant?) async throws(Problem) -> R {
        guard let instant else { return try await find(key, as: viewer) }
        do { return try await store.find(key, as: viewer, asOf: instant) } catch { throw problem(error) }
    }
}
