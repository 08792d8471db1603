extension Statement.Draft {
    /// See `ResourceDraft.settled(after:at:)`. That it does not correct itself, however far back, is `Hierarchy`'s business.
    package func settled(after previous: Statement.Draft?, at now: Instant) -> Proposal<Statement.Draft> {
        var settled = self
        var check = DraftCheck()
        if settled.speaker == nil { check.fail("/speaker", .required, "must be given: who said it") }
        check.attribution(&settled.speaker, at: "/speaker")
        check.count(settled.chain.count, CountRule.chain, at: "/chain")
        for index in settled.chain.indices {
            var entry: Attribution? = settled.chain[index]
            check.attribution(&entry, at: "/chain/\(index)")
            if let entry { settled.chain[index] = entry }
        }
        check.required(&settled.text, .statementText, at: "/text")
        check.window(&settled.saidAt, at: "/said_at")
        settled.settleAnchor(&check)
        settled.settleClaim(&check)
        check.count(settled.events.count, CountRule.statementEvents, at: "/events")
        var seen: Set<Reference<Event>> = []
        settled.events.removeAll { !seen.insert($0).inserted }
        check.count(externalIDs.bySource.count, CountRule.externalIDs, at: "/external_ids")
        settled.settleStatus(after: previous)
        return Proposal(settled, failures: check.failures)
    }

    /// See `ResourceDraft.keepLife(of:)`: what was corrected or withdrawn stays so.
    package mutating func keepLife(of last: Statement.Draft) {
        status = last.status
    }

    /// See `ResourceDraft.isTransition(from:)`. That others correct it is no move of its own.
    package func isTransition(from previous: Statement.Draft) -> Bool {
        status == .withdrawn && previous.status != .withdrawn
    }

    /// What is withdrawn stays so, and what is corrected is not live again by being written anew.
    private mutating func settleStatus(after previous: Statement.Draft?) {
        guard let previous else { return }
        if previous.status == .withdrawn || (previous.status == .corrected && status == .live) { status = previous.status }
    }

    private mutating func settleAnchor(_ check: inout DraftCheck) {
        guard var anchor else { return }
        check.required(&anchor.exact, .anchorExact, at: "/anchor/exact")
        check.context(&anchor.prefix, at: "/anchor/prefix")
        check.context(&anchor.suffix, at: "/anchor/suffix")
        if article == nil { check.fail("/article", .required, "must be given with an `anchor`, which is a place in its body") }
        self.anchor = anchor
    }

    private mutating func settleClaim(_ check: inout DraftCheck) {
        guard var claim else { return }
        if !Claim.isProperty(claim.property) {
            check.fail("/claim/property", .invalidValue, "must be 1 to 100 of a-z, 0-9, `_`, `.` and `-`, a letter first")
        }
        check.required(&claim.value, .claimValue, at: "/claim/value")
        self.claim = claim
    }
}

extension DraftCheck {
    /// What is said of an unnamed source.
    fileprivate mutating func attribution(_ attribution: inout Attribution?, at path: String) {
        guard case .unnamed(var source)? = attribution else { return }
        // One that is named by its id alone is called as it was last, if there is such a source: the store knows.
        if source.id != nil, source.description == nil { return }
        var description = source.description ?? ""
        required(&description, .sourceDescription, at: path + "/unnamed/description")
        source.description = description
        attribution = .unnamed(source)
    }

    /// The words beside an anchor: white space counts there, and none is none.
    fileprivate mutating func context(_ text: inout String?, at path: String) {
        guard var words = text else { return }
        self.text(&words, .anchorContext, at: path)
        text = words.isEmpty ? nil : words
    }
}

/// What somebody says who withdraws a statement.
package struct StatementWithdrawal: Sendable, Equatable {
    package var reason: String?

    package init(reason: String? = nil) {
        self.reason = reason
    }

    /// What is wrong with it; its text is brought into shape.
    package mutating func settle() -> [MemberFailure] {
        var check = DraftCheck()
        check.optional(&reason, .reason, at: "/reason")
        if reason == nil { check.fail("/reason", .required, "must be given: why it is no longer held") }
        return check.failures
    }
}

extension Statement.Draft {
    /// The statement withdrawn, or nil where it is already.
    package var withdrawn: Statement.Draft? {
        guard status != .withdrawn else { return nil }
        var draft = self
        draft.status = .withdrawn
        return draft
    }

    /// The statement after an unnamed source has turned out to be a person, in whatever part it has.
    package func revealing(_ source: SourceID, as person: Reference<Person>) -> Statement.Draft {
        func revealed(_ attribution: Attribution) -> Attribution {
            attribution.source?.id == source ? .person(person) : attribution
        }
        var draft = self
        draft.speaker = speaker.map(revealed)
        draft.chain = chain.map(revealed)
        return draft
    }
}
