internal import Synchronization

/// Where the page of metrics finds what is counted of requests: known only when the routes are, of which that page is one.
final class Metrics: Sendable {
    private let counts = AtomicLazyReference<RequestCounts>()

    /// Tells where; the first call decides.
    func show(_ counts: RequestCounts) {
        _ = self.counts.storeIfNil(counts)
    }

    /// The figures of every route, and of what has none.
    var entries: [RequestCounts.Entry] { counts.load()?.entries ?? [] }
}
