internal import HTTPTypes

extension Request {
    /// Whether a reader has this very representation already, so that the answer is 304. `If-Match` goes first (RFC 9110 §13.2.2).
    ///
    /// A representation without a tag is one too: `*` is about it, and no list names it (§13.1.1, §13.1.2).
    /// Dates are not compared: there is no Last-Modified, and then they MUST be ignored (§13.1.3, §13.1.4).
    /// - Throws: 412 `stale_version` when `If-Match` names other representations, 400 `malformed_request` for what is no list of tags.
    package func alreadyHas(_ tag: EntityTag?) throws(Problem) -> Bool {
        if let wanted = try EntityTagCondition.read(.ifMatch, from: fields), !wanted.matchesStrongly(tag) { throw .otherRepresentation }
        guard let known = try EntityTagCondition.read(.ifNoneMatch, from: fields) else { return false }
        return known.matchesWeakly(tag)
    }
}

extension Problem {
    fileprivate static var otherRepresentation: Problem {
        Problem(
            .staleVersion, detail: "The precondition does not hold: If-Match names no representation that there is now.",
            hint: "Leave If-Match out to read what there is now.")
    }
}
