internal import HTTP
internal import Synchronization

/// What the connections of one loop are served by: who answers, who is told, and the bounds, with every clock in nanoseconds.
///
/// - Invariant: what is variable is touched on the loop's thread alone, or before it runs. That is what makes `@unchecked Sendable` sound.
final class Service: @unchecked Sendable {
    private(set) var responder: any Responder
    private(set) var observer: any ServerObserver
    private(set) var limits: ServerLimits
    private(set) var clocks: Clocks
    /// Whose word is believed on where requests come from.
    private(set) var proxies: TrustedProxies
    private(set) var wantsClients: Bool
    /// Connections that are served now, over all loops.
    let connections: Places
    /// Connections that are turned away now, over all loops.
    let refusals: Places
    /// Bytes of answers that wait for slow readers now, over all loops.
    let unsent: ByteTally

    init(_ terms: ServiceTerms, connections: Places, refusals: Places, unsent: ByteTally) {
        Self.check(terms.limits)
        responder = terms.responder
        observer = terms.observer
        wantsClients = terms.observer.wantsClients
        limits = terms.limits
        clocks = Clocks(terms.limits)
        proxies = terms.proxies
        self.connections = connections
        self.refusals = refusals
        self.unsent = unsent
    }

    private static func check(_ limits: ServerLimits) {
        let bounds = [
            limits.bodyBytesPerSecondMin, limits.answerBytesPerSecondMin, limits.refusalCountMax, limits.connectionCountMax,
            limits.coalescedByteCountMax, limits.unsentByteCountMax,
        ]
        precondition(bounds.allSatisfy { $0 > 0 }, "with a bound of nought nobody is served")
    }

    /// Serves by these from now on. What counts for all loops together stays as it was.
    func take(_ terms: ServiceTerms) {
        Self.check(terms.limits)
        responder = terms.responder
        observer = terms.observer
        wantsClients = terms.observer.wantsClients
        limits = terms.limits
        clocks = Clocks(terms.limits)
        proxies = terms.proxies
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
    var answerByteCountMin: Int { Self.byteCount(in: clocks.answerStall, perSecond: limits.answerBytesPerSecondMin) }

    /// How much of a body a sender must send in each stretch of `bodyGrace`: at least a byte.
    var bodyByteCountMin: Int { Self.byteCount(in: clocks.bodyGrace, perSecond: limits.bodyBytesPerSecondMin) }

    private static func byteCount(in length: Nanoseconds, perSecond byteCount: Int) -> Int {
        max(1, Int(length / 1_000_000) * byteCount / 1_000)
    }
}

/// A bounded number of places that the loops share.
final class Places: Sendable {
    let countMax: Int
    private let taken = Atomic<Int>(0)

    init(countMax: Int) { self.countMax = countMax }

    var takenCount: Int { taken.load(ordering: .relaxed) }
    var areAllTaken: Bool { takenCount >= countMax }

    /// Takes a place; false when all are taken.
    func take() -> Bool {
        let (before, _) = taken.add(1, ordering: .relaxed)
        if before < countMax { return true }
        taken.subtract(1, ordering: .relaxed)
        return false
    }

    func giveBack() { taken.subtract(1, ordering: .relaxed) }
}

/// How many bytes there are of something that the loops share.
final class ByteTally: Sendable {
    private let countMax: Int
    private let count = Atomic<Int>(0)

    init(countMax: Int) { self.countMax = countMax }

    var isExceeded: Bool { count.load(ordering: .relaxed) > countMax }

    func add(_ step: Int) { count.add(step, ordering: .relaxed) }
}
