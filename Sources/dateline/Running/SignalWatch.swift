internal import CLinux
internal import Dispatch
internal import Glibc
internal import HTTPServer
internal import Synchronization

/// SIGTERM, SIGINT and SIGHUP, taken by a thread that reads them (signalfd(2)), since nearly nothing may be done in a signal handler.
///
/// Before `arm` a signal ends the process at once: there is nothing to drain yet. After it, `SignalOrder` says what each one means. Ended
/// at once, the status is 128 and the signal's number, as a shell shows it; SQLite's file survives that. SIGHUP never ends it: what comes
/// before `arm` waits.
final class SignalWatch: Sendable {
    /// What a signal asks for.
    enum Wish {
        case drain, settings
    }

    private let isArmed = Atomic(false)
    private let isToDrain = Atomic(false)
    private let arrived = DispatchSemaphore(value: 0)
    private let descriptor: FileDescriptor
    private let queue = DispatchQueue(label: "dateline.signals")

    /// To be made before any other thread, so that all of them inherit the blocked signals.
    init() throws(SystemError) {
        let rawValue = clinux_signal_descriptor([SIGTERM, SIGINT, SIGHUP], 3)
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

    /// Waits for a signal, for so many milliseconds; nil when none has come. A drain goes before whatever else was asked for.
    func wait(milliseconds: Int) -> Wish? {
        guard arrived.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return nil }
        return isToDrain.load(ordering: .acquiring) ? .drain : .settings
    }

    private func watch() -> Never {
        var order = SignalOrder()
        while true {
            let number = clinux_next_signal(descriptor.rawValue)
            guard number > 0 else { continue }
            if number == SIGHUP {
                arrived.signal()
                continue
            }
            guard isArmed.load(ordering: .acquiring) else { _exit(128 + number) }
            switch order.meaning(at: .now) {
            case .drain:
                isToDrain.store(true, ordering: .releasing)
                arrived.signal()
            case .same: break
            case .end: _exit(128 + number)
            }
        }
    }
}

/// What the signals after one another mean: drain, and then end at once.
///
/// Supervisors and timeout(1) send one wish twice, to the process and to its group: what comes within a second of the first is the same.
struct SignalOrder {
    enum Meaning {
        case drain, same, end
    }

    private var firstAt: ContinuousClock.Instant?
    private static let sameWithin = Duration.seconds(1)

    mutating func meaning(at now: ContinuousClock.Instant) -> Meaning {
        guard let firstAt else {
            firstAt = now
            return .drain
        }
        return now - firstAt < Self.sameWithin ? .same : .end
    }
}
