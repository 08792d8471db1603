/// One page of a timeline, asked for: of what the viewer may see.
package struct TimelineQuery: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        case all
        /// An event and its parts, theirs included: their moves, the statements about them, the articles that refer to them.
        case event(ResourceKey<Event>)
        /// What a person said, the articles that name the person, the moves of events that the person takes part in.
        case person(ResourceKey<Person>)
    }

    package var subject: Subject
    package var clock: TimelineClock
    /// Of these kinds; empty: of all.
    package var kinds: [TimelineKind] = []
    /// At the earliest, and at the latest, both inclusive, by `clock`.
    package var from: Instant?
    package var to: Instant?
    /// Only what had taken effect, been said or been published by then. Nil: all.
    package var knownBy: Instant?
    package var isDescending = false
    package var after: TimelinePosition?
    /// 1…200.
    package var limit: Int

    package init(of subject: Subject = .all, by clock: TimelineClock = .occurred, limit: Int = 20) {
        self.subject = subject
        self.clock = clock
        self.limit = limit
    }
}

/// A place in a timeline: the entry before it, by its instant, its kind, and its number, which is unique in its kind.
package struct TimelinePosition: Sendable, Equatable {
    package var at: Instant
    package var kind: TimelineKind
    package var key: Int64

    package init(at: Instant, kind: TimelineKind, key: Int64) {
        self.at = at
        self.kind = kind
        self.key = key
    }
}

extension TimelinePosition: Comparable {
    package static func < (one: TimelinePosition, other: TimelinePosition) -> Bool {
        (one.at, one.kind.rank, one.key) < (other.at, other.kind.rank, other.key)
    }
}

package struct TimelinePage: Sendable, Equatable {
    package var entries: [TimelineEntry]
    /// Where the next page begins; nil at the end.
    package var next: TimelinePosition?

    package init(entries: [TimelineEntry], next: TimelinePosition?) {
        self.entries = entries
        self.next = next
    }
}
