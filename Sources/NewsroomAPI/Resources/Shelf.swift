internal import HTTP
internal import Newsroom

/// The store of one kind as the handler of one request sees it: what it throws is the problem to answer with.
///
/// What made the store fail is no business of the client's; it goes to `report`, for the log.
struct Shelf<R: Resource>: Sendable {
    let store: any ResourceStore<R>
    let requestID: RequestID
    let report: FailureReport

    func find(_ key: ResourceKey<R>, as viewer: Viewer) async throws(Problem) -> R {
        do { return try await store.find(key, as: viewer) } catch { throw problem(error) }
    }

    func page(_ query: ListQuery<R>, as viewer: Viewer) async throws(Problem) -> Page<R> {
        do { return try await store.page(query, as: viewer) } catch { throw problem(error) }
    }

    func facets(_ query: FacetQuery<R>, as viewer: Viewer) async throws(Problem) -> [Facet<R>] {
        do { return try await store.facets(query, as: viewer) } catch { throw problem(error) }
    }

    func rendering(_ key: ResourceKey<R>, as viewer: Viewer) async throws(Problem) -> Rendering {
        do { return try await store.rendering(key, as: viewer) } catch { throw problem(error) }
    }

    func renderedPage(_ query: ListQuery<R>, as viewer: Viewer) async throws(Problem) -> RenderedPage {
        do { return try await store.renderedPage(query, as: viewer) } catch { throw problem(error) }
    }

    func problem(_ error: StoreError) -> Problem {
        Problem(error, requestID: requestID, report: report)
    }
}
