internal import CLinux
internal import Glibc
internal import HTTP
internal import Locks
internal import Synchronization

/// One thread, one epoll descriptor: waits for readiness, resumes the tasks that wait for it, and runs every task that prefers this
/// executor.
///
/// A round: `epoll_wait`, resume what is ready or overdue, run the jobs for a bounded time. Tasks suspend by a continuation in a `Channel`;
/// a request that waits for nothing never leaves its job.
///
/// - Invariant: but for `epoll`, `alarm`, `thread`, `isAsleep`, `inbox`, `lateness` and `counters`, which are safe from anywhere,
///   everything is touched on the loop's own thread, before that thread exists, or after its end under `lateness`. That is what makes
///   `@unchecked Sendable` sound.
final class EventLoop: TaskExecutor, @unchecked Sendable {
    let calls: SystemCalls
    let counters = LoopCounters()
    /// When the last round began, or later: as exact as any deadline needs.
    var now = Moment.now
    var timers = TimerHeap()
    /// Where every connection of this loop reads to; what it does not use up before it suspends, it must take away.
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 65_536)
    /// Where every connection of this loop puts its answers; sent at the latest at the end of the round.
    var outbox = Outbox()
    var identifiers: RequestIdentifiers
    /// What ends the loop; nil while it serves.
    private(set) var drain: Drain?

    private let epoll: FileDescriptor
    private let alarm: FileDescriptor
    private let thread = Atomic<UInt>(0)
    /// Set before the loop may block; who clears it must ring. Racing enqueuers ring once.
    private let isAsleep = Atomic<Bool>(false)
    /// Jobs from other threads.
    private let inbox = Lock(Inbox())
    private let lateness = Lock<Void>(())
    private let events = UnsafeMutableBufferPointer<clinux_event>.allocate(capacity: 64)
    /// What is to run, in order. Those before `nextJob` have run.
    private var jobs: [UnownedJob] = []
    private var nextJob = 0
    private var channels: [Channel?] = []
    private var freeSlots: [UInt32] = []
    private var generation: UInt32 = 0
    private var openingOfSecond: [UInt8] = []
    private var dateStaleAt = Moment(nanoseconds: .min)

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var isClosed = false
    }

    /// How a loop comes to its end.
    struct Drain {
        /// Idle connections are closed from then on.
        var idleUntil: Moment
        /// Requests that are still coming are read no further from then on: their clients are told.
        var readUntil: Moment
        var hasEndedReading = false
        /// What is still open is cut then, when those answers have had the time to leave.
        var cutAt: Moment { readUntil + 200_000_000 }
        var hasCut = false
        /// The thread ends then, whatever hangs.
        var endAt: Moment { cutAt + 1_000_000_000 }

        /// When there is something to do next.
        var next: Moment { hasCut ? endAt : hasEndedReading ? cutAt : readUntil }
    }

    init(calls: SystemCalls) throws(SystemError) {
        self.calls = calls
        var random = SystemRandomNumberGenerator()
        identifiers = RequestIdentifiers(using: &random)
        epoll = try FileDescriptor("epoll_create1", clinux_poll_descriptor())
        alarm = try FileDescriptor("eventfd", clinux_alarm_descriptor())
        // Edge-triggered, so that it is never read: each ring is an edge, and a 64-bit count does not overflow.
        let events = UInt32(clinux_readable) | CLINUX_EDGE_TRIGGERED
        let code = clinux_poll_add(epoll.rawValue, alarm.rawValue, events, Self.alarmBits)
        guard code == 0 else { throw SystemError("epoll_ctl", -code) }
    }

    deinit {
        input.deallocate()
        events.deallocate()
    }

    /// Never a channel's: slots stay far below.
    private static let alarmBits = UInt64.max

    /// Runs until a drain has ended everything.
    func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        repeat {
            poll()
            expire()
            runJobs()
        } while !isAtEnd
        end()
    }

    var isOnThread: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }
    var isDraining: Bool { drain != nil }
    /// Whether the drain's time is up for requests that are still coming.
    var hasEndedReading: Bool { drain?.hasEndedReading ?? false }

    /// The time to the nanosecond, for durations; the loop's own moment moves along.
    func readClock() -> Moment {
        now = Moment.now
        return now
    }

    /// Reads what there is, into `input`.
    func receive(from socket: CInt) -> ReadOutcome { calls.receive(socket, into: UnsafeMutableRawBufferPointer(input)) }

    /// Sends what has been put out, as far as the kernel takes it at once.
    func sendOutbox() {
        outbox.send()
        outbox.settle()
    }

    /// What answers begin with, made once a second: it holds the date.
    var opening: [UInt8] {
        if now >= dateStaleAt { renewOpening() }
        return openingOfSecond
    }

    private func renewOpening() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        openingOfSecond = ResponseSerializer.opening(at: HTTPDate(secondsSince1970: Int64(time.tv_sec)))
        dateStaleAt = now + (1_000_000_000 - Int64(time.tv_nsec))
    }
}

// Jobs.
extension EventLoop {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOnThread {
            jobs.append(job)
            return
        }
        let isLate = inbox.withLock { inbox in
            if !inbox.isClosed { inbox.jobs.append(job) }
            return inbox.isClosed
        }
        if isLate { return runLate([job]) }
        // The lock orders this after the loop's last look into the inbox, if that look missed the job.
        if isAsleep.exchange(false, ordering: .acquiringAndReleasing) { _ = clinux_ring(alarm.rawValue) }
    }

    /// Runs jobs of tasks that outlived the loop, on the thread that brings them. Their connections were cut, so that they find their way
    /// to the end; one that only yields is given up after a second. One thread at a time: the lock stands for the loop's thread.
    private func runLate(_ late: [UnownedJob]) {
        lateness.withLock { _ in
            thread.store(UInt(pthread_self()), ordering: .relaxed)
            jobs.append(contentsOf: late)
            let end = readClock() + 1_000_000_000
            while hasJobs, readClock() < end { runJobs() }
            thread.store(0, ordering: .relaxed)
        }
    }

    private var hasJobs: Bool { nextJob < jobs.count }

    /// Runs what is queued, and what that queues, until sockets and deadlines are to get their turn again. The rest keeps its place.
    private func runJobs() {
        let roundEnd = now + Self.roundSpan
        var count = 0
        while hasJobs, now < roundEnd {
            let job = jobs[nextJob]
            nextJob += 1
            job.runSynchronously(on: asUnownedTaskExecutor())
            // Requests move the loop's moment along by themselves; other jobs may not.
            count += 1
            if count % 16 == 0 { lookForStall() }
        }
        if !outbox.isEmpty { sendOutbox() }
        if hasJobs { jobs.removeFirst(nextJob) } else { jobs.removeAll(keepingCapacity: true) }
        nextJob = 0
    }

    /// Counts what has held the loop up since the clock was read last. A request that ends does so by itself, and tells whose it was.
    private func lookForStall() {
        let before = now
        if readClock() - before > LoopStatistics.stallMin { counters.stalls.add(1) }
    }

    /// How long jobs are run before sockets and deadlines are looked at again. A poll costs about a microsecond.
    private static let roundSpan: Nanoseconds = 2_000_000

    /// Takes over the jobs of other threads. Returns whether the loop may block.
    private func takeInbox() -> Bool {
        if jobs.isEmpty { isAsleep.store(true, ordering: .releasing) }
        inbox.withLock { inbox in
            guard !inbox.jobs.isEmpty else { return }
            if jobs.isEmpty {
                swap(&jobs, &inbox.jobs)
            } else {
                jobs.append(contentsOf: inbox.jobs)
                inbox.jobs.removeAll(keepingCapacity: true)
            }
        }
        return jobs.isEmpty
    }
}

// Readiness and time.
extension EventLoop {
    private func poll() {
        let timeoutMilliseconds = takeInbox() ? timeout() : 0
        let count = clinux_poll_wait(epoll.rawValue, events.baseAddress, CInt(events.count), timeoutMilliseconds)
        precondition(count >= 0, "epoll_wait fails only when it is passed nonsense")
        isAsleep.store(false, ordering: .relaxed)
        now = Moment.now
        for event in events.prefix(Int(count)) {
            let bits = event.token
            guard bits != Self.alarmBits else { continue }
            // An event of this batch may be of a channel that an earlier one ended, its slot and number given away since.
            guard let channel = channels[Int(truncatingIfNeeded: bits & 0xFFFF_FFFF)], channel.token?.bits == bits else { continue }
            channel.report(event.events)
        }
    }

    /// How long `epoll_wait` may block, in milliseconds, rounded up so that a deadline has come when it wakes; -1 without a deadline.
    private func timeout() -> CInt {
        var next = timers.first
        if let drain { next = min(next, drain.next) }
        guard next != .never else { return -1 }
        lookForStall()
        return CInt(clamping: (max(0, next - now) + 999_999) / 1_000_000)
    }

    private func expire() {
        if let drain, !drain.hasEndedReading, drain.readUntil <= now { endReading() }
        if let drain, !drain.hasCut, drain.cutAt <= now { cutAll() }
        while let slot = timers.popDue(at: now) { channels[slot]?.expire(at: now) }
    }

    /// Gives a channel its slot: events and deadlines reach it from now on.
    func adopt(_ channel: Channel) {
        generation &+= 1
        let slot = freeSlots.popLast() ?? UInt32(channels.count)
        if Int(slot) == channels.count { channels.append(channel) } else { channels[Int(slot)] = channel }
        channel.adopted(as: Channel.Token(slot: slot, generation: generation))
    }

    /// Takes the channel's slot back.
    func forget(_ channel: Channel) {
        guard let token = channel.token else { return }
        timers.remove(Int(token.slot))
        channels[Int(token.slot)] = nil
        freeSlots.append(token.slot)
    }

    /// Has epoll watch one more descriptor. Fails only for want of memory or of watches.
    func watch(_ descriptor: CInt, for interest: UInt32, _ token: Channel.Token) -> Bool {
        clinux_poll_add(epoll.rawValue, descriptor, interest, token.bits) == 0
    }
}

// The end.
extension EventLoop {
    /// Begins the end: idle connections stay for a short grace, the others until they are done or the time is up. Then those that wait for
    /// the rest of a request answer that the server is stopping, and soon after all are cut.
    func beginDrain(idleGrace: Nanoseconds, within: Nanoseconds) {
        guard drain == nil else { return }
        let idleUntil = readClock() + idleGrace
        drain = Drain(idleUntil: idleUntil, readUntil: now + within)
        for case let channel? in channels where channel.isIdle { channel.hasten(to: idleUntil) }
    }

    private var isAtEnd: Bool {
        guard let drain else { return false }
        return channels.count == freeSlots.count && jobs.isEmpty || drain.hasCut && drain.endAt <= now
    }

    private func endReading() {
        drain?.hasEndedReading = true
        for case let channel? in channels { channel.hasten(to: now) }
    }

    private func cutAll() {
        drain?.hasCut = true
        for case let channel? in channels { channel.cut() }
    }

    private func end() {
        for case let channel? in channels { channel.close() }
        // The tasks that this woke get to their ends, and those that wait in the inbox. Whoever brings a job from now on runs it by itself,
        // so that nothing may be left here, and the handle is given up before anybody can be late: the next thread may be given the same.
        let rest = inbox.withLock { inbox in
            inbox.isClosed = true
            thread.store(0, ordering: .relaxed)
            defer { (jobs, inbox.jobs) = ([], []) }
            return jobs + inbox.jobs
        }
        runLate(rest)
    }
}
