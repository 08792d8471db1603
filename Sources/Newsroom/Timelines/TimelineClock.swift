/// By which of its instants an entry of a timeline is ordered, and bounded.
package enum TimelineClock: String, Sendable, CaseIterable {
    /// When it came about in the world: a move took effect, words were said, an article was published first.
    case occurred
    /// When it was said, as far as that is known: of statements alone.
    case said
    /// When readers got it: of an article, and of a statement with the article that reports it.
    case published
    /// When the newsroom took it down.
    case recorded
}

/// The instants that one entry has, by clock.
package struct TimelineClocks: Sendable, Equatable {
    package var occurred: Instant?
    package var said: Instant?
    package var published: Instant?
    package var recorded: Instant

    package init(occurred: Instant?, said: Instant? = nil, published: Instant? = nil, recorded: Instant) {
        self.occurred = occurred
        self.said = said
        self.published = published
        self.recorded = recorded
    }

    package subscript(clock: TimelineClock) -> Instant? {
        switch clock {
        case .occurred: occurred
        case .said: said
        case .published: published
        case .recorded: recorded
        }
    }
}
