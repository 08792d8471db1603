/// An office with its time, as little of a role as is needed to say who somebody was at a date.
package struct Office: Sendable, Equatable {
    package var title: String
    package var from: PartialDate?
    package var to: PartialDate?

    package init(title: String, from: PartialDate? = nil, to: PartialDate? = nil) {
        self.title = title
        self.from = from
        self.to = to
    }

    /// The office held on a day (counted since 1970-01-01): of those whose time covers the day, the first and the last day included, the
    /// one held for the shortest known time; of equals the one begun last, then the first in the list. Nil where none covers it.
    ///
    /// A date that is partial reaches as far as it can, one that is missing without end; such a time is longer than any known.
    package static func held(on day: Int, among offices: some Sequence<Office>) -> Office? {
        var best: (office: Office, rank: Rank)?
        for office in offices where office.isHeld(in: day...day) {
            let rank = office.rank
            if let best, best.rank <= rank { continue }
            best = (office, rank)
        }
        return best?.office
    }

    /// Whether it was, or may have been, held on one of some days.
    func isHeld(in days: ClosedRange<Int>) -> Bool {
        (from?.earliestDay ?? .min) <= days.upperBound && days.lowerBound <= (to?.latestDay ?? .max)
    }

    /// Whether it was held on all of these days, whatever day its partial dates mean. A date that is missing is no bound.
    func isCertain(throughout days: ClosedRange<Int>) -> Bool {
        (from?.latestDay ?? .min) <= days.lowerBound && days.upperBound <= (to?.earliestDay ?? .max)
    }

    /// How specific it is, the more so the smaller.
    var rank: Rank {
        let start = from?.earliestDay ?? .min
        guard from != nil, let end = to?.latestDay else { return Rank(length: .max, start: start) }
        return Rank(length: end - start, start: start)
    }

    struct Rank: Comparable {
        /// Days; the greatest number where one of its ends is not known.
        let length: Int
        let start: Int

        static func < (one: Rank, other: Rank) -> Bool {
            one.length == other.length ? one.start > other.start : one.length < other.length
        }
    }
}

// The day at which the offices of those who are mentioned count.
extension Article {
    /// The day of publication in UTC; of what is not published the day of its last change.
    package static func officeDay(publishedAt: Instant?, firstPublishedAt: Instant?, updatedAt: Instant) -> Int {
        (publishedAt ?? firstPublishedAt ?? updatedAt).daysSince1970
    }
}

extension Event {
    /// The first day of the window in UTC; where that is open or unknown its last day, and without a window the day of the last change.
    package static func officeDay(window: Window?, updatedAt: Instant) -> Int {
        (window?.first ?? window?.last ?? updatedAt).daysSince1970
    }
}
