internal import CLinux
internal import Glibc
internal import HTTP
internal import Locks
internal import Synchronization

/// The HTTP server: listens on one port, serves every connection on one of its loops, and drains.
///
/// It knows nothing of what it serves but the `Responder`. Let go of without `drain()`, it cuts every connection.
package final class Server: Sendable {
    /// The port that it listens on.
    package let port: Int

    private let listeners: [Listener]
    private let connections: Places
    private let refusals: Places
    /// Those of a drain.
    private let clocks: Lock<Service.Clocks>
    private let threads: LoopThreads
    /// Set once: the listeners' descriptors are closed soon after, and their numbers given to others.
    private let isStopped = Atomic<Bool>(false)

    /// Binds and listens; clients may connect from now on, and are served after `start()`.
    ///
    /// - Parameters:
    ///   - host: an address or a name, of which the first address is taken; `0.0.0.0` and `::` stand for all.
    ///   - port: 0 for any that is free.
    ///   - loopCount: event loops, each with a thread; `processorCount` is right.
    ///   - terms: who answers and by which bounds, until others are handed over.
    ///   - calls: the system calls, which tests make fail.
    /// - Throws: `bind` with `EADDRINUSE` when anybody else listens on the port, `EMFILE` when the process may not have the descriptors to
    ///   serve a few connections, and whatever else the system refuses.
    package init(
        host: String, port: Int, loopCount: Int, terms: ServiceTerms, calls: SystemCalls = .linux
    ) throws(SystemError) {
        let limits = terms.limits
        precondition(loopCount > 0, "a server without a loop serves nobody")
        let ownCount = loopCount * Self.descriptorCountPerLoop
        // The limits' numbers of connections hold as far as the descriptors go.
        let limit = DescriptorLimit.raise()
        let freeCount = limit - DescriptorLimit.openCount() - ownCount
        try DescriptorLimit.check(free: freeCount, of: limit, limits)
        let shares = DescriptorLimit.shares(ofFree: freeCount, limits)
        connections = Places(countMax: shares.connectionCount)
        refusals = Places(countMax: shares.refusalCount)
        clocks = Lock(Service.Clocks(limits))
        let unsent = ByteTally(countMax: limits.unsentByteCountMax)
        var sockets = try ListeningSockets(host: host, port: port, count: loopCount, backlogCountMax: limits.backlogCountMax)
        self.port = sockets.port
        var listeners: [Listener] = []
        for _ in 0..<loopCount {
            let service = Service(terms, connections: connections, refusals: refusals, unsent: unsent)
            listeners.append(Listener(try sockets.next(), on: try EventLoop(calls: calls), service: service))
        }
        self.listeners = listeners
        threads = LoopThreads()
        for listener in listeners { try threads.start(listener.loop) }
    }

    deinit { stop(idleGrace: 0, within: 0) }

    /// A listener and its spare, and a loop's two.
    private static let descriptorCountPerLoop = 4

    /// How many connections are served at a time: as many as the limits say, or fewer if the process may not have that many descriptors.
    package var connectionCountMax: Int { connections.countMax }

    /// Begins to serve.
    package func start() {
        for listener in listeners {
            Task(executorPreference: listener.loop) { await listener.run() }
        }
    }

    /// Serves on other terms from now on: requests that have begun are answered on those before. Returns when every loop has changed over.
    package func handOver(to terms: ServiceTerms) async {
        clocks.withLock { $0 = Service.Clocks(terms.limits) }
        for listener in listeners {
            await Task(executorPreference: listener.loop) { listener.take(terms) }.value
        }
    }

    /// Stops in order: takes no more connections, closes the idle ones, answers every request that has arrived, with `Connection: close`,
    /// and ends after `drainWithin` what is still open. Returns when all is closed and the loops' threads have ended: at once when nothing
    /// is open.
    package func drain() async {
        let clocks = clocks.withLock { $0 }
        stop(idleGrace: clocks.drainIdleGrace, within: clocks.drain)
        await threads.end()
    }

    private func stop(idleGrace: Nanoseconds, within: Nanoseconds) {
        guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // All of them first, since the kernel spreads new clients over those that still take them.
        for listener in listeners { listener.ignoreNewConnections() }
        for listener in listeners {
            Task(executorPreference: listener.loop) { listener.loop.beginDrain(idleGrace: idleGrace, within: within) }
        }
        // Nobody can come any more whom the listeners would have to wait for, unless he is half-way in: that takes a while to find out.
        let listeningGrace = idleGrace == 0 || isAtRest ? 0 : idleGrace
        for listener in listeners {
            Task(executorPreference: listener.loop) { listener.stop(at: listener.loop.now + listeningGrace) }
        }
    }

    /// Whether no client has a connection, or is about to. What is made but not accepted is not looked at: a listener accepts it even as
    /// it stops.
    private var isAtRest: Bool {
        connections.takenCount == 0 && refusals.takenCount == 0 && !HalfMadeConnections.exist(toPort: port)
    }

    package var statistics: ServerStatistics {
        var sum = ServerStatistics()
        sum.openConnectionCount = connections.takenCount
        for listener in listeners {
            let counters = listener.loop.counters
            sum.acceptedConnectionCount += counters.accepted.count
            sum.refusedConnectionCount += counters.refused.count
            sum.acceptErrorCount += counters.acceptErrors.count
            sum.inFlightRequestCount += counters.inFlight.count
            var loop = LoopStatistics()
            loop.openConnectionCount = counters.open.count
            loop.stallCount = counters.stalls.count
            sum.loops.append(loop)
        }
        return sum
    }

    /// How many processors this process may run on: how many loops are right.
    package static var processorCount: Int { max(1, Int(clinux_processor_count())) }
}
