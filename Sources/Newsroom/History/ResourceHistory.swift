/// The past of the resources of one kind, as the log tells it.
///
/// The newsroom sees all of it, that of deleted resources included. Everybody else sees of a resource that may be seen now the versions
/// that could be seen when they were the newest: one that was replaced before its embargo ended never was public. Of references, what is
/// deleted by now keeps its id alone.
package protocol ResourceHistory<R>: Sendable {
    associatedtype R: Resource

    /// One page of a resource's revisions. What was deleted is found by its id, and by the slug that it had last.
    ///
    /// - Throws: `notFound`; `gone` for what was deleted, to those who are not of the newsroom.
    func revisions(of key: ResourceKey<R>, _ query: RevisionQuery, as viewer: Viewer) async throws(StoreError) -> RevisionPage<R>

    /// Some versions of one resource, each as it was then, in the order asked for; nil for one that there is not, or that the viewer may
    /// not see.
    ///
    /// - Throws: as `revisions`.
    func versions(_ versions: [Int], of key: ResourceKey<R>, as viewer: Viewer) async throws(StoreError) -> [PastVersion<R>?]

    /// One resource as of an instant; a slug is looked up as of then too. Everybody sees what was public then and may be seen now.
    ///
    /// - Throws: `notFound` for what did not exist yet; `gone` for what was deleted already; `aheadOfTime`; `deadline`, `overloaded`.
    func find(_ key: ResourceKey<R>, as viewer: Viewer, asOf instant: Instant) async throws(StoreError) -> R
}
