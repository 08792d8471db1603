/// The kinds of resource, in the order in which an export writes them, so that references point backwards.
package enum Kind: String, Sendable, CaseIterable {
    case organization, person, event, article, statement

    /// The prefix of the kind's ids, without the underscore.
    package var idPrefix: String {
        switch self {
        case .article: "art"
        case .person: "per"
        case .organization: "org"
        case .event: "evt"
        case .statement: "sta"
        }
    }

    /// The kind's name in paths: `/v1/people`.
    package var pathName: String {
        switch self {
        case .article: "articles"
        case .person: "people"
        case .organization: "organizations"
        case .event: "events"
        case .statement: "statements"
        }
    }

    /// Whether its resources have an address beside their id. What is only linked to from others has none.
    package var hasSlugs: Bool { self != .statement }

    /// Whether two of the kind can turn out to be one.
    package var isMergeable: Bool {
        switch self {
        case .person, .organization, .event: true
        case .article, .statement: false
        }
    }
}
