package import JSON
package import Newsroom

/// What the body of an article's action says: the move, the words that it changes, and all that is wrong with it as far as the body goes.
package struct ArticleMoveBody: Sendable {
    package var move: ArticleMove
    /// The members that are changed with it, as JSON Merge Patch (RFC 7396).
    package var changes: JSONObject?
    package var failures: [MemberFailure] = []

    /// What no change of words says.
    private static let lifeNames = ["status", "published_at", "embargoed_until", "corrections"]

    /// Reads `{"note"}`, and what the action takes beside that: `publish` `{"published_at", "embargoed_until"}`, `retract` `{"reason",
    /// "statement"}`, `correct` `{"kind", "text", "issued_at", "statement", "changes"}`.
    package init(_ object: JSONObject, as action: ArticleAction) {
        move = ArticleMove(action)
        var reader = DocumentReader(mode: .create)
        var kind: CorrectionKind?
        var text: String?
        var issuedAt: Instant?
        var statement: String?
        for (name, value) in object.members {
            switch (action, name) {
            case (_, "note"): reader.text(value, into: &move.note, at: "/note")
            case (.publish, "published_at"): reader.instant(value, into: &move.publishedAt, at: "/published_at")
            case (.publish, "embargoed_until"):
                var embargo: Instant?
                reader.instant(value, into: &embargo, at: "/embargoed_until")
                move.embargo = .some(embargo)
            case (.retract, "reason"): reader.text(value, into: &text, at: "/reason")
            case (.correct, "kind"): reader.word(value, into: &kind, at: "/kind")
            case (.correct, "text"): reader.text(value, into: &text, at: "/text")
            case (.correct, "issued_at"): reader.instant(value, into: &issuedAt, at: "/issued_at")
            case (.retract, "statement"), (.correct, "statement"): reader.statementID(value, into: &statement, at: "/statement")
            case (.correct, "changes") where value == .null: changes = nil
            case (.correct, "changes"): changes = reader.object(value, at: "/changes")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ArticleMoveBody.names(of: action))
            }
        }
        if action == .retract { kind = .retraction }
        if action == .retract || action == .correct {
            let isRead = Set(reader.failures.map(\.path))
            if kind == nil, !isRead.contains("/kind") { reader.fail("/kind", .required, "must be given: what kind of correction it is") }
            let path = action == .retract ? "/reason" : "/text"
            if text == nil, !isRead.contains(path) { reader.fail(path, .required, "must be given: what readers are told") }
        }
        for (name, _) in changes?.members ?? [] where ArticleMoveBody.lifeNames.contains(name) {
            reader.fail("/changes/" + name, .readOnly, "is no change of words: its life is moved by actions")
        }
        if let kind, let text { move.notice = ArticleMove.Notice(kind, text, issuedAt: issuedAt, statement: statement) }
        failures = reader.failures
    }

    private static func names(of action: ArticleAction) -> [String] {
        switch action {
        case .submit, .returnToDraft: ["note"]
        case .publish: ["published_at", "embargoed_until", "note"]
        case .retract: ["reason", "statement", "note"]
        case .correct: ["kind", "text", "issued_at", "statement", "changes", "note"]
        }
    }

    /// What the move makes of an article.
    ///
    /// - Throws: `moveNotAllowed`, whatever else is wrong with the move.
    package func proposal(for article: Article, at now: Instant) throws(StoreError) -> Proposal<Article.Draft> {
        let status = article.draft.status ?? .draft
        var proposal = Proposal(article.draft)
        if let changes {
            proposal = ArticleDocument.read(changes, over: article.draft, of: article.record, as: .merge)
            proposal.root = "/changes"
            for index in proposal.failures.indices { proposal.failures[index].path = proposal.root + proposal.failures[index].path }
        }
        // What a change of words says of the life is refused above, and no move begins from it.
        proposal.draft.keepLife(of: article.draft)
        var move = move
        for failure in failures + move.settle(from: status, at: now) { proposal.add(failure, isOfDraft: false) }
        guard let moved = proposal.draft.moved(by: move, at: now) else {
            throw .moveNotAllowed(status: status.rawValue, allowed: status.actions.map(\.rawValue))
        }
        proposal.draft = moved
        proposal.note = move.note
        return proposal
    }
}
