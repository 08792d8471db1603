internal import HTTPTypes
internal import Routing
internal import Synchronization

/// What is counted of all requests, by route, in memory for the program's life.
///
/// The routes are told once, before the first request, so that counting one costs a look-up in a table that never changes and four
/// atomic additions, and the number of series is bounded whatever clients send. What has no route (an unknown path, a head that was
/// refused) is counted under `none`.
package final class Metrics: Sendable {
    /// The figures of one route, and how its methods end when all goes well.
    struct Entry: Sendable {
        let pattern: String
        let usual: [(method: String, status: String)]
        let figures: RouteFigures
    }

    private final class Table: Sendable {
        let entries: [Entry]
        let figuresByPattern: [String: RouteFigures]

        init(_ entries: [Entry]) {
            self.entries = entries
            figuresByPattern = Dictionary(entries.map { ($0.pattern, $0.figures) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private let table = AtomicLazyReference<Table>()
    private let unrouted = RouteFigures()

    init() {}

    /// Tells the routes; the first call decides.
    func cover(_ routes: [Route]) {
        var entries: [Entry] = []
        for route in routes where !entries.contains(where: { $0.pattern == route.pattern.description }) {
            let pattern = route.pattern.description
            // A POST makes something where what it makes has a path of its own below.
            let makes = routes.contains { $0.pattern.description == "\(pattern)/{id}" }
            let usual = routes.filter { $0.pattern == route.pattern }.map { route in
                let status = route.method == .delete ? "204" : route.method == .post && makes ? "201" : "200"
                return (method: route.method.rawValue, status: status)
            }
            entries.append(Entry(pattern: pattern, usual: usual, figures: RouteFigures()))
        }
        _ = table.storeIfNil(Table(entries))
    }

    /// Counts one request that has been answered. Any thread, any time; a fraction of a microsecond.
    ///
    /// - Parameters:
    ///   - route: the pattern of the route that answered, nil when none did.
    ///   - bytes: the size of the answer, its head included.
    package func record(route: String?, method: String, status: Int, duration: Duration, bytes: Int) {
        let figures = route.flatMap { table.load()?.figuresByPattern[$0] } ?? unrouted
        let (seconds, attoseconds) = duration.components
        let nanoseconds = UInt64(clamping: seconds) &* 1_000_000_000 &+ UInt64(clamping: attoseconds / 1_000_000_000)
        figures.record(method: method, status: status, nanoseconds: nanoseconds, responseByteCount: bytes)
    }

    /// The figures of every route, and of what has none.
    var entries: [Entry] {
        (table.load()?.entries ?? []) + [Entry(pattern: "none", usual: [], figures: unrouted)]
    }
}
