package import Newsroom
internal import Locks
internal import Synchronization

/// What only the program knows of itself, for probes and metrics: which version it is, what it is doing, and how its server is.
///
/// The program sets it and the loops' threads read it; each part is atomic on its own.
package final class ProgramState: Sendable {
    /// What the program is doing, in the order in which it does.
    package enum Phase: UInt8, Sendable, CaseIterable, AtomicRepresentable {
        case starting, migrating, serving, draining
    }

    package let version: String
    package let startedAt: Instant
    private let currentPhase = Atomic(Phase.starting)
    private let serverFigures = Lock<(@Sendable () -> ServerFigures?)?>(nil)

    package init(version: String, startedAt: Instant) {
        self.version = version
        self.startedAt = startedAt
    }

    package var phase: Phase {
        get { currentPhase.load(ordering: .acquiring) }
        set { currentPhase.store(newValue, ordering: .releasing) }
    }

    /// Tells where the server's figures come from; to be called when there is a server. Not to keep it alive: what the server answers with
    /// keeps this.
    package func observeServer(_ figures: @escaping @Sendable () -> ServerFigures?) {
        serverFigures.withLock { $0 = figures }
    }

    /// Nil before there is a server, and when it is gone.
    package var server: ServerFigures? {
        serverFigures.withLock { $0 }?()
    }
}

/// What the server counts of its connections, as metrics show it.
package struct ServerFigures: Sendable, Equatable {
    package var openConnectionCount: Int
    package var acceptedConnectionCount: Int
    package var refusedConnectionCount: Int
    package var acceptErrorCount: Int
    package var inFlightRequestCount: Int
    package var loops: [LoopFigures]

    package struct LoopFigures: Sendable, Equatable {
        package var openConnectionCount: Int
        /// Stalls by what is not the end of a request.
        package var stallCount: Int

        package init(openConnectionCount: Int, stallCount: Int) {
            self.openConnectionCount = openConnectionCount
            self.stallCount = stallCount
        }
    }

    package init(
        openConnectionCount: Int, acceptedConnectionCount: Int, refusedConnectionCount: Int, acceptErrorCount: Int,
        inFlightRequestCount: Int, loops: [LoopFigures] = []
    ) {
        self.openConnectionCount = openConnectionCount
        self.acceptedConnectionCount = acceptedConnectionCount
        self.refusedConnectionCount = refusedConnectionCount
        self.acceptErrorCount = acceptErrorCount
        self.inFlightRequestCount = inFlightRequestCount
        self.loops = loops
    }
}
