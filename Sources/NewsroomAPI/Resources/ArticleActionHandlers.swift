internal import Documents
internal import Newsroom

typealias ArticleActionHandlers = ActionHandlers<ArticleDocument>

extension ArticleActionHandlers {
    /// One move of an article's life.
    func callAsFunction(_ action: ArticleAction) -> Writing<ArticleDocument> {
        answering { object in
            let body = ArticleMoveBody(object, as: action)
            return { article, now throws(StoreError) in try body.proposal(for: article, at: now) }
        }
    }
}
