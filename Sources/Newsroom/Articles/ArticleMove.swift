/// A move that somebody wants to make.
package struct ArticleMove: Sendable, Equatable {
    package var action: ArticleAction
    /// What the log is to say of it; for the newsroom alone.
    package var note: String?
    /// When it is published, which may lie ahead; nil: when it was before, or now.
    package var publishedAt: Instant?
    /// Until when it is kept back; `.some(nil)`: no longer. Nil: as it is.
    package var embargo: Instant??
    /// What readers are told: why it is retracted, or what is corrected. Without an instant it is issued with the move.
    package var notice: Notice?

    package struct Notice: Sendable, Equatable {
        package var kind: CorrectionKind
        package var text: String
        package var issuedAt: Instant?
        /// The id of the statement that it is about.
        package var statement: String?

        package init(_ kind: CorrectionKind, _ text: String, issuedAt: Instant? = nil, statement: String? = nil) {
            self.statement = statement
            self.kind = kind
            self.text = text
            self.issuedAt = issuedAt
        }
    }

    package init(
        _ action: ArticleAction, note: String? = nil, publishedAt: Instant? = nil, embargo: Instant?? = nil, notice: Notice? = nil
    ) {
        self.action = action
        self.note = note
        self.publishedAt = publishedAt
        self.embargo = embargo
        self.notice = notice
    }

    /// What is wrong with the move of an article in some state; its texts are brought into shape.
    package mutating func settle(from status: ArticleStatus, at now: Instant) -> [MemberFailure] {
        var check = DraftCheck()
        check.optional(&note, .note, at: "/note")
        if var notice {
            check.required(&notice.text, .correction, at: action == .retract ? "/reason" : "/text")
            if let issuedAt = notice.issuedAt, issuedAt > now { check.fail("/issued_at", .outOfRange, "must not lie in the future") }
            if action == .correct, notice.kind == .retraction, status != .retracted {
                check.fail("/kind", .invalidValue, "is for what is retracted: the action `retract` does that")
            }
            self.notice = notice
        }
        return check.failures
    }
}

extension Article.Draft {
    /// The article after a move, or nil where the table has no such move from its status.
    ///
    /// What is published once more keeps the date that it had, unless the move has another.
    package func moved(by move: ArticleMove, at now: Instant) -> Article.Draft? {
        guard move.action.from.contains(status ?? .draft) else { return nil }
        var moved = self
        moved.status = move.action.to ?? status
        if let publishedAt = move.publishedAt { moved.publishedAt = publishedAt }
        if let embargo = move.embargo { moved.embargoedUntil = embargo }
        if let notice = move.notice {
            let issuedAt = notice.issuedAt ?? now
            moved.corrections.append(Correction(notice.kind, notice.text, issuedAt: issuedAt, statement: notice.statement))
        }
        return moved
    }
}
