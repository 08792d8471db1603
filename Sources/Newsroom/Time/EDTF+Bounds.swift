/// How exactly something is dated. A decade or a century counts as a year, a season as a month, and an unspecified part is not counted.
package enum WindowPrecision: String, Sendable, CaseIterable, Comparable {
    case year, month, day, time

    private var rank: Int {
        switch self {
        case .year: 0
        case .month: 1
        case .day: 2
        case .time: 3
        }
    }

    /// The coarser is the smaller.
    package static func < (one: WindowPrecision, other: WindowPrecision) -> Bool {
        one.rank < other.rank
    }
}

extension EDTF {
    /// The first day it can be (`2024-04-01`), or the moment where a time of day is known; nil where the start is open or unknown.
    package var earliest: String? { earliest(in: .utc) }

    /// The last day it can be, or the moment; nil where the end is open or unknown.
    package var latest: String? { latest(in: .utc) }

    /// The first millisecond it can be; nil where the start is open or unknown. Days and times without an offset are counted in UTC.
    package var first: Instant? { first(in: .utc) }

    /// The last millisecond it can be; nil where the end is open or unknown. A time of day is a point: its first and last are the same.
    package var last: Instant? { last(in: .utc) }

    /// `earliest`, times without an offset by the clock of a zone. A day is the same day everywhere.
    package func earliest(in rules: ZoneRules) -> String? { start?.earliest(in: rules) }

    /// `latest`, times without an offset by the clock of a zone.
    package func latest(in rules: ZoneRules) -> String? { end?.latest(in: rules) }

    /// `first`, days and times without an offset by the clock of a zone; of a time that its clock shows twice the first.
    package func first(in rules: ZoneRules) -> Instant? { start?.first(in: rules) }

    /// `last`, days and times without an offset by the clock of a zone; of a time that its clock shows twice the second. Never before the
    /// first, also where rules that came later turn an interval round.
    package func last(in rules: ZoneRules) -> Instant? {
        guard let last = end?.last(in: rules) else { return nil }
        return max(last, first(in: rules) ?? last)
    }

    /// Whether the start is not after the end by the clock of a zone.
    package func isInOrder(in rules: ZoneRules) -> Bool {
        guard let start, let end else { return true }
        return start.first(in: rules) <= end.last(in: rules)
    }

    /// Of an interval that of its coarser end; what is open or unknown has none.
    package var precision: WindowPrecision {
        switch (start, end) {
        case (let start?, let end?): min(start.precision, end.precision)
        case (let one?, nil), (nil, let one?): one.precision
        case (nil, nil): .year
        }
    }

    /// The start; a single date is its own.
    package var start: EDTFDate? {
        switch shape {
        case .date(let date), .interval(.date(let date), _): date
        case .interval: nil
        }
    }

    /// The end; a single date is its own.
    package var end: EDTFDate? {
        switch shape {
        case .date(let date), .interval(_, .date(let date)): date
        case .interval: nil
        }
    }
}

extension EDTFDate {
    func earliest(in rules: ZoneRules) -> String {
        guard case .time = form else { return CivilDate(daysSince1970: days.lowerBound).text }
        return first(in: rules).rfc3339
    }

    func latest(in rules: ZoneRules) -> String {
        guard case .time = form else { return CivilDate(daysSince1970: days.upperBound).text }
        return last(in: rules).rfc3339
    }

    func first(in rules: ZoneRules) -> Instant {
        guard case .time(let time) = form else { return rules.start(ofDay: days.lowerBound) }
        return time.instants(in: rules).first
    }

    func last(in rules: ZoneRules) -> Instant {
        guard case .time(let time) = form else { return rules.end(ofDay: days.upperBound) }
        return time.instants(in: rules).last
    }

    var precision: WindowPrecision {
        switch form {
        case .decade, .century, .year, .unspecifiedMonth, .unspecifiedMonthAndDay: .year
        case .season, .month, .unspecifiedDay: .month
        case .day: .day
        case .time: .time
        }
    }

    /// The days that it covers, counted since 1970-01-01. Qualifiers do not widen them: how far off `~` may be, nobody says.
    ///
    /// Seasons are those of meteorology in the north: spring is March to May, winter December to the February after it.
    private var days: ClosedRange<Int> {
        switch form {
        case .decade(let year): EDTFDate.days(from: (year, 1), through: (year + 9, 12))
        case .century(let year): EDTFDate.days(from: (year, 1), through: (year + 99, 12))
        case .year(let year), .unspecifiedMonth(let year), .unspecifiedMonthAndDay(let year):
            EDTFDate.days(from: (year, 1), through: (year, 12))
        case .season(let year, 24): EDTFDate.days(from: (year, 12), through: (year + 1, 2))
        case .season(let year, let season): EDTFDate.days(from: (year, season * 3 - 60), through: (year, season * 3 - 58))
        case .month(let year, let month), .unspecifiedDay(let year, let month):
            EDTFDate.days(from: (year, month), through: (year, month))
        case .day(let date): date.daysSince1970...date.daysSince1970
        case .time(let time): time.instant.daysSince1970...time.instant.daysSince1970
        }
    }

    private static func days(from first: (year: Int, month: Int), through last: (year: Int, month: Int)) -> ClosedRange<Int> {
        let start = CivilDate.daysSince1970(year: first.year, month: first.month, day: 1)
        let lastDay = CivilDate.dayCount(year: last.year, month: last.month)
        return start...CivilDate.daysSince1970(year: last.year, month: last.month, day: lastDay)
    }
}

extension EDTFTime {
    /// What it can mean: one instant, or two of which it is not known which, where the clock of the zone is put back.
    func instants(in rules: ZoneRules) -> (first: Instant, last: Instant) {
        guard offset == nil else { return (instant, instant) }
        return rules.instants(of: Int64(date.daysSince1970) * Instant.millisecondsPerDay + Int64(milliseconds))
    }
}
