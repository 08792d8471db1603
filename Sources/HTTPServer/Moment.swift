internal import Glibc

/// A point of the monotonic clock, which no change of the wall clock moves: what every deadline is made of.
struct Moment: Comparable {
    /// Nanoseconds since an unspecified start.
    var nanoseconds: Int64

    /// Later than anything: no deadline.
    static let never = Moment(nanoseconds: .max)

    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }
    static func + (moment: Moment, span: Nanoseconds) -> Moment {
        let (sum, overflows) = moment.nanoseconds.addingReportingOverflow(span)
        return overflows ? .never : Moment(nanoseconds: sum)
    }
    static func - (left: Moment, right: Moment) -> Nanoseconds { left.nanoseconds - right.nanoseconds }
}

/// A length of time on the request path, where `Duration`'s 128 bits cost more than the sums that are made with it.
typealias Nanoseconds = Int64

extension Nanoseconds {
    /// The nearest length that fits; nothing is rounded away but what is below a nanosecond.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self = overflows ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
