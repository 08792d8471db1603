internal import HTTPTypes
internal import Routing

/// What is counted of all requests, by route, in memory for the program's life.
///
/// The routes are told at the beginning, so that counting a request is a look-up by number and four atomic additions, and the number of
/// series is bounded whatever clients send. What has no route (an unknown path, a head that was refused) is counted under `none`.
package final class RequestCounts: Sendable {
    /// The figures of one route, and how its methods end when all goes well.
    struct Entry: Sendable {
        let pattern: String
        let usual: [(method: String, status: String)]
        let figures = RouteFigures()
    }

    /// Those of the routes' patterns, in the order of `Response.route`, and last those of what has no route.
    let entries: [Entry]

    init(of routes: [Route]) {
        var entries: [Entry] = []
        for route in routes where !entries.contains(where: { $0.pattern == route.pattern.description }) {
            let pattern = route.pattern.description
            // A POST makes something where what it makes has a path of its own below.
            let makes = routes.contains { $0.pattern.description == "\(pattern)/{id}" }
            let usual = routes.filter { $0.pattern == route.pattern }.map { route in
                let status = route.method == .delete ? "204" : route.method == .post && makes ? "201" : "200"
                return (method: route.method.rawValue, status: status)
            }
            entries.append(Entry(pattern: pattern, usual: usual))
        }
        self.entries = entries + [Entry(pattern: "none", usual: [])]
    }

    /// Counts one request that has been answered. Any thread, any time; a fraction of a microsecond.
    ///
    /// - Parameters:
    ///   - route: the number of the route that answered, nil when none did.
    ///   - bytes: the size of the answer, its head included.
    package func record(route: Int?, method: String, status: Int, nanoseconds: Int64, bytes: Int) {
        let index = min(route ?? .max, entries.count - 1)
        entries[index].figures.record(
            method: method, status: status, nanoseconds: UInt64(max(0, nanoseconds)), responseByteCount: bytes)
    }

    /// Counts that a request of this route held up its loop for too long.
    package func recordStall(route: Int?) {
        entries[min(route ?? .max, entries.count - 1)].figures.recordStall()
    }
}
