internal import CLinux
internal import Glibc
internal import Locks

/// The threads of a server's loops, from their start to the end of the last.
final class LoopThreads: Sendable {
    private let state = Lock(State())

    private struct State {
        var handles: [pthread_t] = []
        var runningCount = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Threads that nobody waited for are told to clear up after themselves.
    deinit {
        state.withLock { state in
            for handle in state.handles { pthread_detach(handle) }
        }
    }

    /// Starts a thread that runs the loop to its end.
    ///
    /// The entry is a plain function, and no closure of a caller's: one that was formed on the main actor would trap on any other thread.
    func start(_ loop: EventLoop) throws(SystemError) {
        let start = Unmanaged.passRetained(Start(loop, self))
        let code = state.withLock { state in
            var handle = pthread_t()
            let code = pthread_create(&handle, nil, runLoop, start.toOpaque())
            guard code == 0 else { return code }
            state.handles.append(handle)
            state.runningCount += 1
            return code
        }
        guard code == 0 else {
            start.release()
            throw SystemError("pthread_create", code)
        }
    }

    /// Waits for the end of all threads. The loops must have been told to end.
    func end() async {
        await withCheckedContinuation { waiter in
            let hasEnded = state.withLock { state in
                if state.runningCount > 0 { state.waiters.append(waiter) }
                return state.runningCount == 0
            }
            if hasEnded { waiter.resume() }
        }
        // Each has told its end as the last thing that it does, so that nothing blocks here.
        let handles = state.withLock { state in
            defer { state.handles = [] }
            return state.handles
        }
        for handle in handles { pthread_join(handle, nil) }
    }

    fileprivate func threadEnded() {
        let waiters = state.withLock { state in
            state.runningCount -= 1
            guard state.runningCount == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

private final class Start {
    let loop: EventLoop
    let threads: LoopThreads

    init(_ loop: EventLoop, _ threads: LoopThreads) {
        self.loop = loop
        self.threads = threads
    }
}

private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
    blockSignals()
    clinux_name_this_thread("dateline-loop")
    start.loop.run()
    start.threads.threadEnded()
    return nil
}

/// Signals are the main thread's business; but those of a fault of this thread must reach whoever reports crashes.
private func blockSignals() {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGPROF] { sigdelset(&signals, fault) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
}
