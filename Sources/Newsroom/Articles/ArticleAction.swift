/// A move in the life of an article. Which of them is open is said by the article's status alone: the table of moves.
package enum ArticleAction: String, Sendable, CaseIterable {
    /// It is written, and may be published.
    case submit
    /// It is to be worked on once more.
    case returnToDraft = "return_to_draft"
    case publish
    /// It is withdrawn, and readers see it no more.
    case retract
    /// Readers are told what was wrong; perhaps its words are changed with that.
    case correct

    /// The states that it leads out of.
    package var from: [ArticleStatus] {
        switch self {
        case .submit: [.draft]
        case .returnToDraft: [.ready]
        case .publish: [.draft, .ready, .retracted]
        case .retract: [.published]
        case .correct: [.published, .retracted]
        }
    }

    /// The state that it leads to; nil: it stays what it is.
    package var to: ArticleStatus? {
        switch self {
        case .submit: .ready
        case .returnToDraft: .draft
        case .publish: .published
        case .retract: .retracted
        case .correct: nil
        }
    }
}

extension ArticleStatus {
    /// The moves that are open, in the order of the table.
    package var actions: [ArticleAction] { ArticleAction.allCases.filter { $0.from.contains(self) } }

    /// What an article in this state can become.
    package var next: [ArticleStatus] { actions.compactMap(\.to) }
}
