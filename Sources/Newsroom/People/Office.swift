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
        var best: (office: Office, length: Int, start: Int)?
        for office in offices {
            let start = office.from?.earliestDay ?? .min
            let end = office.to?.latestDay ?? .max
            guard start <= day, day <= end else { continue }
            let length = office.from == nil || office.to == nil ? .max : end - start
            if let best, best.length < length || (best.length == length && best.start >= start) { continue }
            best = (office, length, start)
        }
        return best?.office
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
