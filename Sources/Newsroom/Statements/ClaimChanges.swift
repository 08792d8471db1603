/// Whether somebody's position changed: what one speaker claimed, one statement after the other.
package enum ClaimChanges {
    /// For each of some statements of one speaker, in time order, whether it claims another value than the last one before it that was
    /// about the same question. False for the first; nil for what claims nothing, or no longer counts: what was corrected or withdrawn is
    /// neither judged nor compared with.
    package static func changes(in statements: [Statement]) -> [Bool?] {
        struct Question: Hashable {
            let about: Reference<Event>
            let property: String
        }
        var last: [Question: String] = [:]
        return statements.map { statement in
            guard let claim = statement.draft.claim, statement.draft.status == .live else { return nil }
            let question = Question(about: claim.about, property: claim.property)
            defer { last[question] = claim.value }
            return last[question].map { $0 != claim.value } ?? false
        }
    }
}
