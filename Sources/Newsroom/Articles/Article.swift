/// A piece of journalism: what was written, under which byline, in which state, and whom it is about.
package struct Article: Resource {
    package static let kind = Kind.article

    package var record: Record<Article>
    package var draft: Draft
    package var captions: Captions
    /// Words in the body. Kept beside it, because a list has articles without their bodies.
    package var wordCount: Int
    package var review: [ReviewMark] = []

    package init(record: Record<Article>, draft: Draft, captions: Captions) {
        self.init(
            record: record, draft: draft, captions: captions, wordCount: WordCount.words(in: draft.body, draft.bodyFormat))
    }

    /// An article whose words were counted when its body was written.
    package init(record: Record<Article>, draft: Draft, captions: Captions, wordCount: Int) {
        self.record = record
        self.draft = draft
        self.captions = captions
        self.wordCount = wordCount
    }

    /// What a newsroom says about an article.
    package struct Draft: ResourceDraft {
        package var slug: Slug?
        package var externalIDs = ExternalIDs()
        package var type = ArticleType.news
        package var headline = ""
        package var subheadline: String?
        package var summary: String?
        package var body = ""
        package var bodyFormat = BodyFormat.text
        package var byline: String?
        package var authors: [RoleReference<Person>] = []
        /// The place and date as printed: `CHELSEA, Mass., April 8`.
        package var dateline: String?
        package var section: String?
        package var tags: [String] = []
        package var places: [String] = []
        package var language: LanguageTag?
        package var urgency: Urgency?
        package var status: ArticleStatus?
        package var embargoedUntil: Instant?
        package var publishedAt: Instant?
        /// Set at the first publication, and never again once it has come: the store carries it on, clients cannot write it.
        package var firstPublishedAt: Instant?
        package var source: String?
        package var canonicalURL: WebURL?
        package var usageTerms: String?
        package var people: [RoleReference<Person>] = []
        package var organizations: [RoleReference<Organization>] = []
        package var events: [RoleReference<Event>] = []
        /// What readers were told since, in order.
        package var corrections: [Correction] = []

        package init() {}

        package var caption: String { headline }
    }
}

package enum ArticleType: String, Sendable, CaseIterable {
    case news, analysis, opinion, feature, interview, brief, live
}

package enum BodyFormat: String, Sendable, CaseIterable {
    case text, markdown, html
}

package enum ArticleStatus: String, Sendable, CaseIterable {
    case draft, ready, published, retracted
}

extension Article {
    package enum FilterMember: String, FilteringMember {
        case id, slug, type, headline, section, tag, place, language, urgency, status, source
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case publishedAt = "published_at"
        case firstPublishedAt = "first_published_at"
        case embargoedUntil = "embargoed_until"
        case externalID = "external_id"
        case author, person, organization, event
        case needsReview = "needs_review"

        package var valueType: ListValueType {
            switch self {
            case .id, .slug, .headline, .section, .tag, .place, .language, .source: .text
            case .type: .word(ArticleType.allCases.map(\.rawValue))
            case .status: .word(ArticleStatus.allCases.map(\.rawValue))
            case .urgency: .integer
            case .createdAt, .updatedAt, .publishedAt, .firstPublishedAt, .embargoedUntil: .instant
            case .externalID: .externalID
            case .author, .person: .reference(.person)
            case .organization: .reference(.organization)
            case .event: .reference(.event)
            case .needsReview: .mark
            }
        }
    }

    package enum SortMember: String, SortingMember {
        case publishedAt = "published_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case headline

        package var keyType: SortKeyType {
            switch self {
            case .headline: .text
            case .publishedAt, .createdAt, .updatedAt: .integer
            }
        }
    }
}
