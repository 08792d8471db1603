import Glibc

/// A moment on the clock that no one sets: nanoseconds since the machine's start.
package struct MonotonicTime: Sendable, Comparable {
    package let nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    package static let distantFuture = MonotonicTime(nanoseconds: .max)

    package static var now: MonotonicTime { MonotonicTime(clock: CLOCK_MONOTONIC) }

    /// As of the kernel's last tick, some milliseconds ago at the most; a fifth of the cost of `now`.
    package static var recently: MonotonicTime { MonotonicTime(clock: CLOCK_MONOTONIC_COARSE) }

    private init(clock: clockid_t) {
        var time = timespec()
        clock_gettime(clock, &time)
        self.init(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    package static func < (one: MonotonicTime, other: MonotonicTime) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        time.advanced(byNanoseconds: nanoseconds(in: duration))
    }

    /// The moment so much later; `distantFuture` where that does not fit.
    package func advanced(byNanoseconds added: UInt64) -> MonotonicTime {
        let (sum, overflows) = nanoseconds.addingReportingOverflow(added)
        return overflows ? .distantFuture : MonotonicTime(nanoseconds: sum)
    }

    /// A length of time, worked out once where it is added for each request: `Duration` counts in 128 bits. 0 for a negative one.
    package static func nanoseconds(in duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds / 1_000_000_000))
    }
}
