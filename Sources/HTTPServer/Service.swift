internal import HTTP
internal import Synchronization

/// What all connections of a server share: who answers, who is told, and the bounds, with every clock in nanoseconds.
final class Service: Sendable {
    let responder: any Responder
    let observer: any ServerObserver
    let limits: ServerLimits
    let clocks: Clocks
    /// At most `limits.connectionCountMax`, and what the process may have of descriptors.
    let connectionCountMax: Int
    /// Connections that are served now, over all loops.
    let openConnectionCount = Atomic<Int>(0)

    init(responder: any Responder, observer: any ServerObserver, limits: ServerLimits, connectionCountMax: Int) {
        let bounds = [limits.bodyBytesPerSecondMin, limits.refusalCountMax, limits.connectionCountMax, limits.coalescedByteCountMax]
        precondition(bounds.allSatisfy { $0 > 0 }, "with a bound of nought nobody is served")
        self.responder = responder
        self.observer = observer
        self.limits = limits
        self.connectionCountMax = connectionCountMax
        clocks = Clocks(limits)
    }

    struct Clocks: Sendable {
        let head, bodyGrace, answerStall, idle, linger, drain, drainIdleGrace, acceptPause: Nanoseconds

        init(_ limits: ServerLimits) {
            head = Nanoseconds(limits.headWithin)
            bodyGrace = Nanoseconds(limits.bodyGrace)
            answerStall = Nanoseconds(limits.answerStall)
            idle = Nanoseconds(limits.idle)
            linger = Nanoseconds(limits.lingerWithin)
            drain = Nanoseconds(limits.drainWithin)
            drainIdleGrace = Nanoseconds(limits.drainIdleGrace)
            acceptPause = Nanoseconds(limits.acceptPause)
        }
    }

    /// How much of an answer a reader must take in each stretch of `answerStall`: at least a byte.
    var answerByteCountMin: Int {
        max(1, Int(clocks.answerStall / 1_000_000) * limits.answerBytesPerSecondMin / 1_000)
    }

    /// Takes one of the places for connections; false when all are taken.
    func takePlace() -> Bool {
        let (before, _) = openConnectionCount.add(1, ordering: .relaxed)
        if before < connectionCountMax { return true }
        openConnectionCount.subtract(1, ordering: .relaxed)
        return false
    }

    func givePlaceBack() { openConnectionCount.subtract(1, ordering: .relaxed) }
}
