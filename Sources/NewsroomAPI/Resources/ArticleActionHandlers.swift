internal import Documents
internal import Newsroom
internal import Routing

typealias ArticleActionHandlers = ActionHandlers<ArticleDocument>

extension ArticleActionHandlers {
    /// Answers one move of an article's life.
    func callAsFunction(_ action: ArticleAction) -> Handler {
        answering { object in
            let body = ArticleMoveBody(object, as: action)
            return { article, now throws(StoreError) in try body.proposal(for: article, at: now) }
        }
    }
}
