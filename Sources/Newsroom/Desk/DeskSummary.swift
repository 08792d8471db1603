/// What an editor asks in the morning, at one moment. It is for the newsroom alone.
package struct DeskSummary: Sendable {
    /// The first few of something, and whether there are more.
    package struct Section<Item: Sendable>: Sendable {
        package var items: [Item]
        package var hasMore: Bool

        package init(items: [Item], hasMore: Bool) {
            self.items = items
            self.hasMore = hasMore
        }
    }

    package enum Reviewed: Sendable, Equatable {
        case article(Article)
        case event(Event)
    }

    /// The moment that it is of.
    package var now: Instant
    /// Scheduled or postponed events that may begin within the next days, the soonest first.
    package var due: Section<Event>
    /// Events that should have begun by now, the newest first.
    package var overdue: Section<Event>
    /// Articles whose embargo ends within the next days, the soonest first.
    package var embargoes: Section<Article>
    /// Articles and events with open marks for review, the newest mark first.
    package var needsReview: Section<Reviewed>
    /// Of each live claim that one speaker alone makes the newest statement, the newest first.
    package var singleSource: Section<Statement>
    /// Questions on which statements contradict each other, and that nobody has settled.
    package var openConflicts = Section<Conflict>(items: [], hasMore: false)

    /// How many a section has at the most.
    package static let sectionCountMax = 20
    /// How far ahead it looks: seven days.
    package static let horizonMilliseconds: Int64 = 7 * 86_400_000

    package init(
        now: Instant, due: Section<Event>, overdue: Section<Event>, embargoes: Section<Article>, needsReview: Section<Reviewed>,
        singleSource: Section<Statement>
    ) {
        self.now = now
        self.due = due
        self.overdue = overdue
        self.embargoes = embargoes
        self.needsReview = needsReview
        self.singleSource = singleSource
    }
}
