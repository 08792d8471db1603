extension Proposal where Draft: ResourceDraft {
    /// The draft settled by the rules of its kind, with the failures of both: those that were there first, and what the rules find besides.
    ///
    /// References are resolved first, so that two names for one target are seen to be the same.
    package func settled(after previous: Draft?, at now: Instant) -> Proposal {
        var settled = draft.settled(after: previous, at: now)
        let found = settled.failures
        settled.failures = failures
        for failure in found { settled.add(failure) }
        return settled
    }

    /// Adds a failure, unless one is known for the same member, for what holds it, or for another item of the same list: an item that
    /// could not be read is not in the draft, so places behind it are not those of the document.
    package mutating func add(_ failure: MemberFailure) {
        guard failures.count < MemberFailure.countMax else { return }
        let list = failure.listPath
        let isKnown = failures.contains { known in
            known.path == failure.path || failure.path.hasPrefix(known.path + "/") || (list != nil && known.listPath == list)
        }
        if !isKnown { failures.append(failure) }
    }
}

extension MemberFailure {
    /// `/people` of `/people/3/role`; nil where the path does not lead into a list.
    fileprivate var listPath: Substring? {
        let parts = path.split(separator: "/", maxSplits: 2)
        guard parts.count > 1, parts[1].utf8.allSatisfy(\.isDigit) else { return nil }
        return parts[0]
    }
}
