/// What the server counts, for metrics. Each figure is right on its own; together they are no snapshot.
package struct ServerStatistics: Sendable, Equatable {
    /// Connections that are served now.
    package var openConnectionCount = 0
    /// Connections accepted since the start, the refused ones included.
    package var acceptedConnectionCount = 0
    /// Connections turned away with 503 since the start.
    package var refusedConnectionCount = 0
    /// Failures of `accept` since the start: connections gone before they were accepted, and want of descriptors or memory.
    package var acceptErrorCount = 0
    /// Requests whose head has been read and whose answer has not been made yet.
    package var inFlightRequestCount = 0
    /// What each loop does.
    package var loops: [LoopStatistics] = []

    package init() {}
}

/// What one loop counts.
package struct LoopStatistics: Sendable, Equatable {
    /// Connections that it serves now, and sees off.
    package var openConnectionCount = 0
    /// How often since the start it was held up for longer than `stallMin` by something that is not the end of a request, which the
    /// observer is told of: a handler before it waits, for one.
    package var stallCount = 0

    /// What counts as a stall: 10 ms.
    package static let stallMin: Int64 = 10_000_000

    package init() {}
}
