/// What a timeline is made of. At one instant they come in this order: what happened, what was said of it, what was printed.
package enum TimelineKind: String, Sendable, CaseIterable {
    case transition, statement, publication

    package var rank: Int {
        switch self {
        case .transition: 0
        case .statement: 1
        case .publication: 2
        }
    }
}

/// One entry of a timeline, as a viewer may see it.
package struct TimelineEntry: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// A move of an event's life. The captions are those of the event, and of what the move rests on.
        case transition(EventTransition, of: ID<Event>, Captions)
        case statement(Statement)
        case publication(Publication)
    }

    /// Its instant by the clock that was asked for.
    package var at: Instant
    package var clocks: TimelineClocks
    package var content: Content

    package init(at: Instant, clocks: TimelineClocks, content: Content) {
        self.at = at
        self.clocks = clocks
        self.content = content
    }

    package var kind: TimelineKind {
        switch content {
        case .transition: .transition
        case .statement: .statement
        case .publication: .publication
        }
    }
}

/// That an article was published for the first time, with the article as it is now.
package struct Publication: Sendable, Equatable {
    package var article: ID<Article>
    package var slug: Slug
    package var headline: String
    package var type: ArticleType
    package var section: String?
    package var status: ArticleStatus
    package var firstPublishedAt: Instant
    package var publishedAt: Instant?
    package var createdAt: Instant

    package init(
        article: ID<Article>, slug: Slug, headline: String, type: ArticleType, section: String?, status: ArticleStatus,
        firstPublishedAt: Instant, publishedAt: Instant?, createdAt: Instant
    ) {
        self.article = article
        self.slug = slug
        self.headline = headline
        self.type = type
        self.section = section
        self.status = status
        self.firstPublishedAt = firstPublishedAt
        self.publishedAt = publishedAt
        self.createdAt = createdAt
    }
}
