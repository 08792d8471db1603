/// A search over all kinds, asked for.
package struct SearchQuery: Sendable, Equatable {
    package var expression: SearchExpression
    /// The kinds that are looked through.
    package var kinds: [Kind]
    /// Conditions on articles; with any, nothing else is looked through.
    package var filters: [Filter<Article.FilterMember>]
    /// When an article was published, at the earliest and at the latest; with either, nothing but articles is looked through.
    package var from: Instant?
    package var to: Instant?
    package var order: SearchOrder
    package var after: SearchPosition?
    package var limit: Int
    package var facets: [SearchFacet]
    /// How long all of them together may be counted.
    package var facetsWithin = Duration.milliseconds(500)

    package init(
        _ expression: SearchExpression, kinds: [Kind] = Kind.allCases, filters: [Filter<Article.FilterMember>] = [], from: Instant? = nil,
        to: Instant? = nil, order: SearchOrder = .relevance, after: SearchPosition? = nil, limit: Int = 20, facets: [SearchFacet] = []
    ) {
        self.expression = expression
        self.kinds = kinds
        self.filters = filters
        self.from = from
        self.to = to
        self.order = order
        self.after = after
        self.limit = limit
        self.facets = facets
    }
}

package enum SearchOrder: String, Sendable, CaseIterable {
    case relevance, newest
}

package enum SearchFacet: String, Sendable, CaseIterable {
    case kind, section, type, language, source, tag, place, person, organization, event
}

/// A place in the results, after a hit. Good for the search that it was given out for.
package struct SearchPosition: Sendable, Equatable {
    /// 0 in the order of time.
    package var score: Double
    package var key: Int64

    package init(score: Double, key: Int64) {
        self.score = score
        self.key = key
    }
}

/// One resource that was found.
package struct SearchHit: Sendable, Equatable {
    package var kind: Kind
    package var id: String
    /// The higher the better; 0 in the order of time. Comparable within one search.
    package var score: Double
    /// Headline, name or title.
    package var title: String
    /// The title as HTML: all is escaped but `<em>` around what was found.
    package var highlight: String
    /// The place in the text where it was found, as HTML like `highlight`; nil where there is no text.
    package var snippet: String?
    /// Of articles.
    package var publishedAt: Instant?
    package var section: String?
    package var status: String?
    package var updatedAt: Instant

    package init(kind: Kind, id: String, title: String, updatedAt: Instant) {
        self.kind = kind
        self.id = id
        self.score = 0
        self.title = title
        self.highlight = ""
        self.updatedAt = updatedAt
    }
}

/// How often the values of a member occur among all that was found, the most frequent first.
package struct FacetCounts: Sendable, Equatable {
    package struct Value: Sendable, Equatable {
        /// The value, or the id of the resource.
        package var value: String
        /// What the resource is called; nil for plain values.
        package var name: String?
        package var count: Int

        package init(value: String, name: String? = nil, count: Int) {
            self.value = value
            self.name = name
            self.count = count
        }
    }

    package var facet: SearchFacet
    package var values: [Value]
    /// False when the time was over before all was counted: then the counts are those of the newest.
    package var isComplete: Bool

    package init(facet: SearchFacet, values: [Value], isComplete: Bool) {
        self.facet = facet
        self.values = values
        self.isComplete = isComplete
    }
}

/// A word that nothing was found for, and the one that was looked for instead.
package struct SearchCorrection: Sendable, Equatable {
    package var from: String
    package var to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// How far a list's search went.
package struct SearchReach: Sendable, Equatable {
    /// How far into the log the index reaches, and whether that is all that was written before the list was asked.
    package var sequence: Int64
    package var isIndexComplete: Bool
    /// False where there were more words than are looked for, or a word's beginning has more endings.
    package var isUnderstoodWhole: Bool

    package init(sequence: Int64, isIndexComplete: Bool, isUnderstoodWhole: Bool) {
        self.sequence = sequence
        self.isIndexComplete = isIndexComplete
        self.isUnderstoodWhole = isUnderstoodWhole
    }
}

/// One page of what was found.
package struct SearchPage: Sendable, Equatable {
    package var hits: [SearchHit] = []
    package var next: SearchPosition?
    package var total = 0
    /// Whether there are as many, and not more.
    package var isTotalExact = true
    package var facets: [FacetCounts] = []
    /// As it was looked for, corrections included.
    package var expression = SearchExpression()
    package var corrections: [SearchCorrection] = []
    /// Where little was found: what more would be found with, and was not looked for.
    package var alternatives: [SearchCorrection] = []
    /// False where a word's beginning has more endings than are looked for.
    package var isExpansionComplete = true
    /// How far into the log the index reaches, and whether that is all that was written before the search was asked.
    package var sequence: Int64 = 0
    package var isIndexComplete = true

    package init() {}
}

/// What may have been meant by a beginning.
package struct Suggestion: Sendable, Equatable {
    package var kind: Kind
    package var id: String
    package var text: String
    /// As HTML: all is escaped but `<em>`.
    package var highlight: String

    package init(kind: Kind, id: String, text: String, highlight: String) {
        self.kind = kind
        self.id = id
        self.text = text
        self.highlight = highlight
    }
}
