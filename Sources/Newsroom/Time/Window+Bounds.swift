extension Window: CustomStringConvertible {
    package var description: String { edtf.text }

    /// The first day it can be, by the calendar of its zone, or the moment where a time of day is known; nil where the start is open or
    /// unknown.
    package var earliest: String? { edtf.earliest(in: rules) }

    /// The last day it can be, or the moment; nil where the end is open or unknown.
    package var latest: String? { edtf.latest(in: rules) }

    package var precision: WindowPrecision { edtf.precision }

    /// The first millisecond it can be; nil where the start is open or unknown. Days and times without an offset are those of the zone, or
    /// of UTC where there is none, or none that this machine knows.
    package var first: Instant? { edtf.first(in: rules) }

    /// The last millisecond it can be, inclusive; nil where the end is open or unknown. Counted as `first` is.
    package var last: Instant? { edtf.last(in: rules) }

    /// `first`, where it has a text as an instant: in the years 0001…9999.
    package var earliestAt: Instant? { first.flatMap { $0.isWritten ? $0 : nil } }

    /// `last`, where it has a text as an instant: in the years 0001…9999.
    package var latestAt: Instant? { last.flatMap { $0.isWritten ? $0 : nil } }

    /// The rules that its bounds are worked out by.
    package var rules: ZoneRules { zone.flatMap { TimeZoneDatabase.system.rules(of: $0) } ?? .utc }

    /// Whether some of it may lie in a span of time, both ends of which belong to it.
    package func overlaps(_ from: Instant, _ through: Instant) -> Bool {
        (first.map { $0 <= through } ?? true) && (last.map { from <= $0 } ?? true)
    }

    /// Whether all of it lies where an ordering comparison with a span asks: over before the span begins (`less`) or by its end
    /// (`lessOrEqual`), begun after its end (`greater`) or not before it begins (`greaterOrEqual`). Not so where the end that is asked
    /// about is open or unknown, of either.
    package func isOrdered(by comparison: Comparison, to span: EDTF) -> Bool {
        guard let bound = span.bound(of: comparison) else { return false }
        switch comparison {
        case .less: return last.map { $0 < bound } ?? false
        case .lessOrEqual: return last.map { $0 <= bound } ?? false
        case .greater: return first.map { $0 > bound } ?? false
        case .greaterOrEqual: return first.map { $0 >= bound } ?? false
        case .equal, .notEqual, .oneOf, .contains, .startsWith, .isNull, .overlaps: return false
        }
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

extension EDTF {
    /// The end of a span (in UTC) that an ordering comparison with it is about; nil where that is open or unknown.
    package func bound(of comparison: Comparison) -> Instant? {
        switch comparison {
        case .less, .greaterOrEqual: first
        case .lessOrEqual, .greater: last
        case .equal, .notEqual, .oneOf, .contains, .startsWith, .isNull, .overlaps: nil
        }
    }
}
