internal import CLinux
internal import Glibc

/// One descriptor that a loop watches, and the tasks that wait for it: at most one a direction, the newer in place of the older.
///
/// - Invariant: touched on its loop's thread alone, `init` aside. That is what makes `@unchecked Sendable` sound.
final class Channel: @unchecked Sendable {
    let loop: EventLoop
    /// The descriptor's number. Good for calls while `isOpen`; after that the kernel may have given it to another.
    let number: CInt
    /// What epoll gives back with each event: the slot, and a number that no other channel of the loop has had. Nil until the loop has it.
    private(set) var token: Token?
    /// Whether it waits between two requests, so that a drain may end it.
    var isIdle = false
    /// The task that serves it: cancelled when the connection is cut.
    var task: Task<Void, Never>?
    /// When the loop's heap will look at this channel next. Lies at or before every deadline below, so that a later deadline costs no more
    /// than the storing of it.
    var scheduled = Moment.never

    private var descriptor: FileDescriptor?
    private var reading = Waiter()
    private var writing = Waiter()
    /// What epoll is asked for now. Level-triggered: what nobody waits for is taken out when it is reported.
    private var interest: UInt32 = 0
    private var isRegistered = false
    private(set) var isCut = false

    init(_ descriptor: consuming FileDescriptor, on loop: EventLoop) {
        self.loop = loop
        number = descriptor.rawValue
        self.descriptor = consume descriptor
    }

    var isOpen: Bool { descriptor != nil }

    struct Token: Equatable {
        var slot: UInt32
        var generation: UInt32

        var bits: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
    }

    private struct Waiter {
        var continuation: UnsafeContinuation<WaitOutcome, Never>?
        var deadline = Moment.never

        mutating func resume(_ outcome: WaitOutcome) {
            guard let waiting = continuation else { return }
            continuation = nil
            waiting.resume(returning: outcome)
        }
    }

    /// Waits until a read will not block.
    @inline(__always)
    nonisolated(nonsending) func readable(until deadline: Moment) async -> WaitOutcome {
        guard want(Self.readInterest) else { return .cut }
        if reading.continuation != nil { reading.resume(.cut) }
        schedule(&reading, deadline)
        return await withUnsafeContinuation { reading.continuation = $0 }
    }

    /// Waits until a write will not block.
    nonisolated(nonsending) func writable(until deadline: Moment) async -> WaitOutcome {
        guard want(Self.writeInterest) else { return .cut }
        if writing.continuation != nil { writing.resume(.cut) }
        schedule(&writing, deadline)
        return await withUnsafeContinuation { writing.continuation = $0 }
    }

    /// Waits for the deadline, whatever there is to read; ends early when the descriptor is cut or its connection is gone.
    nonisolated(nonsending) func rest(until deadline: Moment) async -> WaitOutcome {
        guard isOpen, !isCut else { return .cut }
        drop(Self.readInterest)
        schedule(&reading, deadline)
        return await withUnsafeContinuation { reading.continuation = $0 }
    }

    /// Brings the end of a wait for reading forward.
    func hasten(to deadline: Moment) {
        guard reading.continuation != nil, deadline < reading.deadline else { return }
        schedule(&reading, deadline)
    }

    /// Ends a wait for reading, since something else has come up.
    func interruptReading() { reading.resume(.interrupted) }

    private func schedule(_ waiter: inout Waiter, _ deadline: Moment) {
        waiter.deadline = deadline
        guard deadline < scheduled, let token else { return }
        scheduled = deadline
        loop.timers.set(Int(token.slot), to: deadline)
    }

    /// The kernel says that something is ready.
    func report(_ events: UInt32) {
        let isBroken = events & Self.brokenEvents != 0
        let ready = isBroken ? events | Self.readInterest | Self.writeInterest : events
        var unwanted: UInt32 = 0
        var wasWanted = false
        if ready & Self.readInterest != 0 {
            if reading.continuation != nil { wasWanted = true } else { unwanted |= Self.readInterest }
            reading.resume(.ready)
        }
        if ready & Self.writeInterest != 0 {
            if writing.continuation != nil { wasWanted = true } else { unwanted |= Self.writeInterest }
            writing.resume(.ready)
        }
        if isBroken, !wasWanted {
            // Reported again and again, whatever the interest: out with it until somebody waits.
            deregister()
        } else {
            drop(unwanted)
        }
    }

    /// The moment of `scheduled` has come: ends the waits that are over, and looks when to come back.
    func expire(at now: Moment) {
        scheduled = .never
        if reading.deadline <= now { reading.resume(.timedOut) }
        if writing.deadline <= now { writing.resume(.timedOut) }
        if reading.continuation != nil, reading.deadline != .never { schedule(&reading, reading.deadline) }
        if writing.continuation != nil, writing.deadline != .never { schedule(&writing, writing.deadline) }
    }

    /// Ends every wait, and lets none begin: the one path by which a drain ends what takes too long.
    func cut() {
        isCut = true
        if isOpen { _ = shutdown(number, CInt(SHUT_RDWR)) }
        endWaits()
        task?.cancel()
    }

    private func endWaits() {
        reading.resume(.cut)
        writing.resume(.cut)
    }

    /// Reads what there is into the loop's buffer. Of a closed channel there is nothing: its number may be another's by now, whose bytes
    /// these would be.
    func receive() -> ReadOutcome { isOpen ? loop.receive(from: number) : .lost }

    /// Sends what the kernel takes; nothing of a closed channel.
    func send(_ bytes: UnsafeRawBufferPointer, then rest: UnsafeRawBufferPointer = .init(start: nil, count: 0)) -> WriteOutcome {
        isOpen ? loop.calls.send(number, from: bytes, then: rest) : .lost
    }

    /// How much of what was sent the peer's system has not taken yet.
    var untakenByteCount: Int { isOpen ? max(0, Int(clinux_untaken_byte_count(number))) : 0 }

    /// Tells the peer that nothing more comes. Returns false when it has gone.
    func endOutput() -> Bool { isOpen && shutdown(number, CInt(SHUT_WR)) == 0 }

    /// Makes `close` send a reset, and throw away what the peer has not taken.
    func resetAtClose() {
        guard isOpen else { return }
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    func adopted(as token: Token) { self.token = token }

    /// Deregisters, then closes: the other way round the kernel could give the number to a new connection first.
    func close() {
        guard isOpen else { return }
        deregister()
        endWaits()
        loop.forget(self)
        token = nil
        task = nil
        descriptor = nil
    }

    private static let readInterest = UInt32(clinux_readable)
    private static let writeInterest = UInt32(clinux_writable)
    private static let brokenEvents = UInt32(clinux_failed | clinux_hung_up)

    /// Registered at the first wait: a connection that is answered at once and closed never is.
    private func want(_ events: UInt32) -> Bool {
        guard isOpen, !isCut else { return false }
        if isRegistered, interest & events == events { return true }
        return control(isRegistered ? clinux_modify : clinux_add, interest | events)
    }

    private func drop(_ events: UInt32) {
        guard isRegistered, interest & events != 0 else { return }
        _ = control(clinux_modify, interest & ~events)
    }

    private func deregister() {
        guard isRegistered else { return }
        _ = control(clinux_delete, 0)
    }

    private func control(_ operation: Int, _ events: UInt32) -> Bool {
        guard let token, loop.control(CInt(operation), number, events, token) else { return false }
        isRegistered = operation != clinux_delete
        interest = events
        return true
    }
}

/// How a wait ended.
enum WaitOutcome: Sendable {
    /// Try again: the call will not block, or will tell what is wrong.
    case ready
    case timedOut
    /// Nothing is ready: `interruptReading` was called.
    case interrupted
    /// The channel is being closed; give up.
    case cut
}
