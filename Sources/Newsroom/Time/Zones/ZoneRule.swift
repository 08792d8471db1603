/// What a time zone does in every year: a standard offset and, where there is one, a summer time with the days on which it begins and ends.
///
/// It is read from a POSIX TZ text, `EST5EDT,M3.2.0,M11.1.0` (POSIX.1-2017, section 8.3), as RFC 9636 §3.3 has it at the end of TZif
/// files: times of change may be -167…167 hours.
package struct ZoneRule: Sendable, Equatable {
    /// Seconds east of UTC.
    package let standardOffset: Int
    /// Nil where the clock never changes.
    package let summer: Summer?

    package struct Summer: Sendable, Equatable {
        /// Seconds east of UTC.
        package let offset: Int
        /// By the standard time before it.
        package let begin: Moment
        /// By the summer time before it.
        package let end: Moment
    }

    /// A day of each year, and when on it.
    package struct Moment: Sendable, Equatable {
        package let day: Day
        /// Seconds since that day's midnight by the clock before the change; before that day where negative.
        package let seconds: Int
    }

    package enum Day: Sendable, Equatable {
        /// 1…365; 29 February is never counted.
        case julian(Int)
        /// 0…365, 29 February counted where there is one.
        case ofYear(Int)
        /// The week 1…5 (5: the last) in which a weekday (0: Sunday) falls in a month.
        case weekday(month: Int, week: Int, Int)
    }

    /// The offset at an instant, in seconds since 1970.
    package func offset(at instant: Int) -> Int {
        guard summer != nil else { return standardOffset }
        let year = CivilDate(daysSince1970: dayNumber(instant + standardOffset)).year
        var offset = standardOffset
        for change in changes(in: year - 1...year + 1) where change.at <= instant { offset = change.offset }
        return offset
    }

    /// The changes of some years, by the order of their instants (in seconds since 1970), each with the offset from then on. Where summer
    /// time begins as it ends, it goes on.
    package func changes(in years: ClosedRange<Int>) -> [ZoneChange] {
        guard let summer else { return [] }
        var changes: [(change: ZoneChange, isBegin: Bool)] = []
        for year in years {
            let begin = summer.begin.localSeconds(in: year) - standardOffset
            let end = summer.end.localSeconds(in: year) - summer.offset
            changes.append((ZoneChange(at: begin, offset: summer.offset), true))
            changes.append((ZoneChange(at: end, offset: standardOffset), false))
        }
        changes.sort { ($0.change.at, $0.isBegin ? 1 : 0) < ($1.change.at, $1.isBegin ? 1 : 0) }
        return changes.map(\.change)
    }
}

/// An instant from which on another offset counts.
package struct ZoneChange: Sendable, Equatable {
    /// In seconds since 1970.
    package let at: Int
    /// Seconds east of UTC.
    package let offset: Int
}

extension ZoneRule.Moment {
    /// Seconds since 1970 by the local clock.
    fileprivate func localSeconds(in year: Int) -> Int {
        day.daysSince1970(in: year) * 86_400 + seconds
    }
}

extension ZoneRule.Day {
    fileprivate func daysSince1970(in year: Int) -> Int {
        let newYear = CivilDate.daysSince1970(year: year, month: 1, day: 1)
        switch self {
        case .julian(let number): return newYear + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
        case .ofYear(let number): return newYear + number
        case .weekday(let month, let week, let weekday):
            let first = CivilDate.daysSince1970(year: year, month: month, day: 1)
            // 1970-01-01 was a Thursday.
            let toFirst = (weekday - (first + 4)) % 7
            let day = first + (toFirst < 0 ? toFirst + 7 : toFirst) + (week - 1) * 7
            return day < first + CivilDate.dayCount(year: year, month: month) ? day : day - 7
        }
    }
}

/// The day that a second belongs to, both counted since 1970.
func dayNumber(_ seconds: Int) -> Int {
    seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
}
