internal import CLinux
internal import Glibc

/// One descriptor that a loop watches, and the tasks that wait for it: at most one a direction, the newer in place of the older.
///
/// Epoll is told of it once, and reports each change of its readiness once (EPOLLET), so that a wait costs no call of its own. What was
/// reported is remembered until a call finds nothing, or fewer bytes than it had room for, as epoll(7) allows with streams.
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
    /// Whether the wait for reading is one for its deadline alone.
    private var isResting = false
    /// Whether a read may find something: bytes, the end, or what is wrong.
    private var mayRead = false
    /// Whether a write may find room.
    private var mayWrite = false
    /// Whether the peer sends no more. It may have been reported with the last bytes, and is not reported again.
    private var hasEnded = false
    /// Whether nothing goes in either direction any more.
    private var isBroken = false
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

    /// Waits until a read will not block; gives way to the loop's other tasks in any case.
    @inline(__always)
    nonisolated(nonsending) func readable(until deadline: Moment) async -> WaitOutcome {
        guard register() else { return .cut }
        if mayRead { return await giveWay() }
        return await read(until: deadline, isResting: false)
    }

    /// Waits for the deadline, whatever there is to read; ends early when the descriptor is cut or its connection is gone. Waits also where
    /// the system has no room to watch the descriptor.
    nonisolated(nonsending) func rest(until deadline: Moment) async -> WaitOutcome {
        guard isOpen, !isCut else { return .cut }
        _ = register()
        if isBroken { return await giveWay() }
        return await read(until: deadline, isResting: true)
    }

    /// Waits until a write will not block.
    nonisolated(nonsending) func writable(until deadline: Moment) async -> WaitOutcome {
        guard register() else { return .cut }
        if mayWrite { return await giveWay() }
        if writing.continuation != nil { writing.resume(.cut) }
        schedule(&writing, deadline)
        return await withUnsafeContinuation { writing.continuation = $0 }
    }

    @inline(__always)
    nonisolated(nonsending) private func read(until deadline: Moment, isResting: Bool) async -> WaitOutcome {
        if reading.continuation != nil { reading.resume(.cut) }
        self.isResting = isResting
        schedule(&reading, deadline)
        return await withUnsafeContinuation { reading.continuation = $0 }
    }

    nonisolated(nonsending) private func giveWay() async -> WaitOutcome {
        await Task.yield()
        return isOpen && !isCut ? .ready : .cut
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

    /// The kernel says what is ready now.
    func report(_ events: UInt32) {
        if events & Self.brokenEvents != 0 { isBroken = true }
        if events & Self.endEvents != 0 { hasEnded = true }
        if hasEnded || events & UInt32(clinux_readable) != 0 {
            mayRead = true
            if !isResting || isBroken { reading.resume(.ready) }
        }
        if isBroken || events & UInt32(clinux_writable) != 0 {
            mayWrite = true
            writing.resume(.ready)
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
    func receive() -> ReadOutcome {
        guard isOpen else { return .lost }
        let outcome = loop.receive(from: number)
        switch outcome {
        case .bytes(let count): mayRead = hasEnded || count == loop.input.count
        case .wouldBlock: mayRead = false
        case .endOfStream, .lost: break
        }
        return outcome
    }

    /// Sends what the kernel takes; nothing of a closed channel.
    func send(_ bytes: UnsafeRawBufferPointer, then rest: UnsafeRawBufferPointer = .init(start: nil, count: 0)) -> WriteOutcome {
        guard isOpen else { return .lost }
        let outcome = loop.calls.send(number, from: bytes, then: rest)
        if outcome == .wouldBlock { mayWrite = false }
        return outcome
    }

    /// Takes the next connection of a listening socket.
    func accept() -> AcceptOutcome {
        guard isOpen else { return .exhausted }
        let outcome = loop.calls.accept(from: number)
        if outcome.isWouldBlock { mayRead = false }
        return outcome
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

    /// Closes the descriptor, with which epoll forgets it; an event that is on its way finds no channel with its token.
    func close() {
        guard isOpen else { return }
        endWaits()
        loop.forget(self)
        token = nil
        task = nil
        descriptor = nil
    }

    private static let brokenEvents = UInt32(clinux_failed | clinux_hung_up)
    private static let endEvents = brokenEvents | UInt32(clinux_ended)
    private static let interest = UInt32(clinux_readable | clinux_writable | clinux_ended) | CLINUX_EDGE_TRIGGERED

    /// Registers at the first wait: a connection that is answered at once and closed never is. What is ready by then is reported too.
    /// Returns whether there is anything to wait for.
    private func register() -> Bool {
        guard isOpen, !isCut else { return false }
        if !isRegistered, let token { isRegistered = loop.watch(number, for: Self.interest, token) }
        return isRegistered
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
