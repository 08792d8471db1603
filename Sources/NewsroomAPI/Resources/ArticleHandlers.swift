internal import Documents
internal import Newsroom

typealias ArticleHandlers = ResourceHandlers<ArticleDocument>

/// Articles come newest first, and their lists leave out what makes them long.
extension ArticleDocument: ServedDocument {
    static var sortDefault: Sort<Article.SortMember> { Sort(.publishedAt, descending: true) }
    static var longMemberNames: [String] { ["body"] }

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Article> { newsroom.articles }
}
