/// A correction with the article that it is about.
package struct IssuedCorrection: Sendable, Equatable {
    package var article: ID<Article>
    package var headline: String
    package var correction: Correction

    package init(article: ID<Article>, headline: String, correction: Correction) {
        self.article = article
        self.headline = headline
        self.correction = correction
    }
}

/// One page of corrections, asked for: the newest first, of articles that the viewer may see.
package struct CorrectionQuery: Sendable, Equatable {
    /// Of one article alone, which has to be there; nil: of all.
    package var of: ResourceKey<Article>?
    /// Of the article that this names, if there is one.
    package var article: FilterValue?
    /// Of these kinds; empty: of all.
    package var kinds: [CorrectionKind] = []
    /// Of articles in this section.
    package var section: String?
    /// Issued at the earliest, and at the latest.
    package var from: Instant?
    package var to: Instant?
    package var after: CorrectionPosition?
    /// 1…200.
    package var limit: Int

    package init(limit: Int = 20) {
        self.limit = limit
    }
}

/// A place in a list of corrections: the one before it, by when it was issued and its unique number.
package struct CorrectionPosition: Sendable, Equatable {
    package var issuedAt: Instant
    package var key: Int64

    package init(issuedAt: Instant, key: Int64) {
        self.issuedAt = issuedAt
        self.key = key
    }
}

package struct CorrectionPage: Sendable, Equatable {
    package var items: [IssuedCorrection]
    /// Where the next page begins; nil at the end.
    package var next: CorrectionPosition?

    package init(items: [IssuedCorrection], next: CorrectionPosition?) {
        self.items = items
        self.next = next
    }
}
