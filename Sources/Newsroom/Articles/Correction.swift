/// What a newsroom tells its readers about an article after its publication. None is ever changed or taken away.
package struct Correction: Sendable, Equatable {
    package var kind: CorrectionKind
    package var text: String
    package var issuedAt: Instant
    /// The id of the statement that it is about: one that the article reports.
    package var statement: String?

    package init(_ kind: CorrectionKind, _ text: String, issuedAt: Instant, statement: String? = nil) {
        self.statement = statement
        self.kind = kind
        self.text = text
        self.issuedAt = issuedAt
    }
}

package enum CorrectionKind: String, Sendable, CaseIterable {
    /// Something was wrong.
    case correction
    /// Something could be understood wrongly.
    case clarification
    /// Something has come to be known since.
    case update
    /// The article is withdrawn.
    case retraction
}

extension Article.Draft {
    /// Settles the corrections after those that there were: whoever leaves them out keeps them, and more than those are issued now, or come
    /// from another newsroom.
    mutating func settleCorrections(after previous: Article.Draft?, at now: Instant, _ check: inout DraftCheck) {
        let known = previous?.corrections ?? []
        guard !corrections.isEmpty, corrections != known else {
            corrections = known
            return
        }
        guard corrections.starts(with: known) else {
            return check.fail("/corrections", .readOnly, "must begin with those that are known: none is ever changed or taken away")
        }
        corrections.replaceSubrange(..<known.count, with: known)
        check.count(corrections.count, CountRule.corrections, at: "/corrections")
        if status == .draft || status == .ready {
            check.fail("/corrections", .invalidValue, "must be empty: there is nothing to correct in what was never published")
        }
        for index in known.count..<min(corrections.count, CountRule.corrections) {
            check.required(&corrections[index].text, .correction, at: "/corrections/\(index)/text")
            if corrections[index].issuedAt > now {
                check.fail("/corrections/\(index)/issued_at", .outOfRange, "must not lie in the future")
            }
        }
    }
}
