extension Window: CustomStringConvertible {
    package var description: String { edtf.text }

    /// The first day it can be, or the moment where a time of day is known; nil where the start is open or unknown.
    package var earliest: String? { edtf.earliest }

    /// The last day it can be, or the moment; nil where the end is open or unknown.
    package var latest: String? { edtf.latest }

    package var precision: WindowPrecision { edtf.precision }

    /// The first millisecond it can be; nil where the start is open or unknown.
    ///
    /// Days and times without an offset are counted in UTC, also where the window names a `zone`: that is kept and shown, not yet
    /// reckoned with.
    package var first: Instant? { edtf.first }

    /// The last millisecond it can be, inclusive; nil where the end is open or unknown. Counted as `first` is.
    package var last: Instant? { edtf.last }

    /// Whether some of it may lie in a span of time, both ends of which belong to it.
    package func overlaps(_ from: Instant, _ through: Instant) -> Bool {
        (first.map { $0 <= through } ?? true) && (last.map { from <= $0 } ?? true)
    }

    /// Windows in order: the earlier first, then the narrower.
    package var sortKey: SortKey {
        let start = first?.milliseconds ?? .min
        guard first != nil, let end = last?.milliseconds else { return SortKey(start: start, width: .max) }
        let (width, overflows) = end.subtractingReportingOverflow(start)
        return SortKey(start: start, width: overflows ? .max : width)
    }

    package struct SortKey: Sendable, Hashable, Comparable {
        /// Milliseconds since 1970; the smallest number where the start is open or unknown.
        package let start: Int64
        /// Milliseconds; the greatest number where an end is open or unknown.
        package let width: Int64

        package static func < (one: SortKey, other: SortKey) -> Bool {
            (one.start, one.width) < (other.start, other.width)
        }
    }
}
