internal import CLinux
internal import Dispatch
internal import Glibc
internal import HTTPServer
internal import Synchronization

/// SIGTERM and SIGINT, taken by a thread that reads them (signalfd(2)), since nearly nothing may be done in a signal handler.
///
/// Before `arm` a signal ends the process at once: there is nothing to drain yet. The first one after it makes `wait` answer true; the next
/// ends the process at once. Ended at once, the status is 128 and the signal's number, as a shell shows it; SQLite's file survives that.
final class SignalWatch: Sendable {
    private let isArmed = Atomic(false)
    private let arrived = DispatchSemaphore(value: 0)
    private let descriptor: FileDescriptor
    private let queue = DispatchQueue(label: "dateline.signals")

    /// To be made before any other thread, so that all of them inherit the blocked signals.
    init() throws(SystemError) {
        let rawValue = clinux_signal_descriptor([SIGTERM, SIGINT], 2)
        guard rawValue >= 0 else { throw SystemError("signalfd", -rawValue) }
        descriptor = FileDescriptor(owning: rawValue)
        // A client that has gone is an outcome of `send`, not a reason to end.
        signal(SIGPIPE, SIG_IGN)
        queue.async { self.watch() }
    }

    /// From now on the first signal asks for a drain.
    func arm() {
        isArmed.store(true, ordering: .releasing)
    }

    /// Waits for the signal that asks for a drain, for so many milliseconds; false when it has not come.
    func wait(milliseconds: Int) -> Bool {
        arrived.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    private func watch() -> Never {
        while true {
            let number = clinux_next_signal(descriptor.rawValue)
            guard number > 0 else { continue }
            guard isArmed.exchange(false, ordering: .acquiringAndReleasing) else { _exit(128 + number) }
            arrived.signal()
        }
    }
}
