import Newsroom
import SQLite

extension Article: HistoricResource {
    static let updatedAtMember = FilterMember.updatedAt

    static func values(of member: FilterMember, in article: Article) -> MemberValues {
        let (record, draft) = (article.record, article.draft)
        switch member {
        case .id: return .text(record.id.text)
        case .slug: return .text(record.slug.text)
        case .type: return .text(draft.type.rawValue)
        case .headline: return .text(draft.headline)
        case .section: return .text(draft.section)
        case .tag: return .texts(draft.tags)
        case .place: return .texts(draft.places)
        case .language: return .text(draft.language?.text)
        case .urgency: return .integer(draft.urgency.map { Int64($0.value) })
        case .status: return .text(draft.status?.rawValue)
        case .source: return .text(draft.source)
        case .createdAt: return .instant(record.createdAt)
        case .updatedAt: return .instant(record.updatedAt)
        case .publishedAt: return .instant(draft.publishedAt)
        case .firstPublishedAt: return .instant(draft.firstPublishedAt)
        case .embargoedUntil: return .instant(draft.embargoedUntil)
        case .externalID: return .externalIDs(draft.externalIDs.all)
        case .author: return .references(draft.authors.map(\.target))
        case .person: return .references(draft.people.map(\.target))
        case .organization: return .references(draft.organizations.map(\.target))
        case .event: return .references(draft.events.map(\.target))
        case .needsReview: return .texts(article.review.isEmpty ? [] : ["true"])
        }
    }

    static func sortKey(_ member: SortMember, of article: Article) -> Position.SortKey {
        switch member {
        case .publishedAt: article.draft.publishedAt.map { .integer($0.milliseconds) } ?? .null
        case .createdAt: .integer(article.record.createdAt.milliseconds)
        case .updatedAt: .integer(article.record.updatedAt.milliseconds)
        case .headline: .text(article.draft.headline)
        }
    }

    func captioned(by captions: inout some CaptionSource) throws(SQLiteError) -> Article {
        let day = Article.officeDay(
            publishedAt: draft.publishedAt, firstPublishedAt: draft.firstPublishedAt, updatedAt: record.updatedAt)
        var article = self
        article.captions = Captions()
        for author in draft.authors { try captions.add(author.target, on: day, to: &article.captions) }
        for person in draft.people { try captions.add(person.target, on: day, to: &article.captions) }
        for organization in draft.organizations { try captions.add(organization.target, to: &article.captions) }
        for event in draft.events { try captions.add(event.target, to: &article.captions) }
        return article
    }

    var abridged: Article {
        var article = self
        article.draft.body = ""
        return article
    }

    static func partsFollow(from article: Article, _ stored: Stored<Article>, in database: Database) throws(SQLiteError) -> Bool {
        article.wordCount == stored.resource.wordCount
    }
}
