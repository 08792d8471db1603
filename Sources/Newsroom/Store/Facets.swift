/// How often the values of some members occur among the resources that filters leave.
package struct FacetQuery<R: Resource>: Sendable, Equatable {
    package var filters: [Filter<R.FilterMember>]
    /// What is looked for in the words of each; nil: nothing. Of now alone: not beside `asOf`.
    package var search: SearchExpression?
    /// The instant as of which all of it is meant; nil: now.
    package var asOf: Instant?
    /// Each of them `isFacet`.
    package var members: [R.FilterMember]
    /// How many values of each member are told.
    package var valueCountMax: Int
    /// How long all of them together may be counted.
    package var within: Duration

    package init(
        filters: [Filter<R.FilterMember>], search: SearchExpression? = nil, asOf: Instant? = nil, members: [R.FilterMember],
        valueCountMax: Int = 20, within: Duration = .milliseconds(500)
    ) {
        self.filters = filters
        self.search = search
        self.asOf = asOf
        self.members = members
        self.valueCountMax = valueCountMax
        self.within = within
    }
}

/// The values of one member, the most frequent first, equals in the order of their texts or numbers.
package struct Facet<R: Resource>: Sendable, Equatable {
    package var member: R.FilterMember
    package var values: [FacetValue]
    /// False where the time was up, or there were too many values to count: then the counts are of what had been looked at by then.
    package var isComplete: Bool

    package init(member: R.FilterMember, values: [FacetValue], isComplete: Bool) {
        self.member = member
        self.values = values
        self.isComplete = isComplete
    }
}

package struct FacetValue: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int64)
        /// The id of a resource, and what it is called; nil where the viewer is not to know that.
        case reference(id: String, caption: String?)
    }

    package var value: Value
    /// How many resources have it.
    package var count: Int

    package init(_ value: Value, count: Int) {
        self.value = value
        self.count = count
    }
}

// What is counted: members with values that many resources share.
extension Article.FilterMember {
    package var isFacet: Bool {
        switch self {
        case .type, .section, .tag, .place, .language, .urgency, .status, .source, .author, .person, .organization, .event: true
        case .id, .slug, .headline, .createdAt, .updatedAt, .publishedAt, .firstPublishedAt, .embargoedUntil, .externalID, .needsReview:
            false
        }
    }
}

extension Person.FilterMember {
    package var isFacet: Bool {
        switch self {
        case .role, .organization: true
        case .id, .slug, .name, .born, .sortName, .createdAt, .updatedAt, .externalID, .at: false
        }
    }
}

extension Organization.FilterMember {
    package var isFacet: Bool {
        switch self {
        case .kind, .country, .parent: true
        case .id, .slug, .name, .createdAt, .updatedAt, .externalID: false
        }
    }
}

extension Statement.FilterMember {
    package var isFacet: Bool {
        switch self {
        case .outlet, .article, .event, .manner, .form, .status, .hops, .unnamed, .claimAbout, .claimProperty, .claimValue: true
        case .id, .speaker, .corrects, .saidAt, .earliest, .latest, .createdAt, .updatedAt, .externalID: false
        }
    }
}

extension Event.FilterMember {
    package var isFacet: Bool {
        switch self {
        case .kind, .status, .country, .person, .organization, .partOf: true
        case .id, .slug, .title, .earliest, .latest, .window, .overdue, .createdAt, .updatedAt, .externalID, .needsReview: false
        }
    }
}
