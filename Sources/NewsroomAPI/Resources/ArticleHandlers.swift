internal import Documents
internal import Newsroom

typealias ArticleHandlers = ResourceHandlers<ArticleDocument>

/// Articles come newest first, and their lists leave out what makes them long.
extension ArticleDocument: ServedDocument {
    static var sortDefault: Sort<Article.SortMember> { Sort(.publishedAt, descending: true) }
    static var longMemberNames: [String] { ["body"] }
    static let columnsDefault = [
        "id", "slug", "type", "status", "published_at", "updated_at", "section", "headline", "byline", "authors",
        "dateline", "language", "urgency", "source", "tags", "places", "people", "organizations", "events",
        "word_count", "canonical_url", "external_ids",
    ]

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Article> { newsroom.articles }

    static func perform(
        _ write: ResourceWrite<Article>, in transaction: any NewsroomTransaction, by actor: Actor
    ) throws(StoreError) -> Written<Article> {
        try transaction.perform(write, by: actor)
    }
}
