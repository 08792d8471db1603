extension Proposal where Draft: ResourceDraft {
    /// The draft settled by the rules of its kind, with the failures of both: those that were there first, and what the rules find besides.
    ///
    /// References are resolved first, so that two names for one target are seen to be the same.
    package func settled(after previous: Draft?, at now: Instant) -> Proposal {
        let settled = draft.settled(after: previous, at: now)
        var proposal = self
        for failure in settled.failures { proposal.add(failure) }
        proposal.draft = settled.draft
        return proposal
    }

    /// Adds what is wrong with the draft, told of the place in the document, unless a failure is known for that or for what holds it.
    ///
    /// - Parameter isOfDraft: false for what is wrong with the document beside the draft; then its path is that in the document.
    package mutating func add(_ failure: MemberFailure, isOfDraft: Bool = true) {
        guard failures.count < MemberFailure.countMax else { return }
        var failure = failure
        if isOfDraft { failure.path = root + documentPath(failure.path) }
        let isKnown = failures.contains { $0.path == failure.path || failure.path.hasPrefix($0.path + "/") }
        if !isKnown { failures.append(failure) }
    }

    /// `/people/3/role` for the draft's `/people/1/role` where two items before it could not be read.
    private func documentPath(_ path: String) -> String {
        let parts = path.split(separator: "/", maxSplits: 2)
        guard parts.count > 1, let positions = positions["/" + parts[0]], let index = Int(parts[1]), positions.indices.contains(index)
        else {
            return path
        }
        return (["", String(parts[0]), String(positions[index])] + parts.dropFirst(2).map(String.init)).joined(separator: "/")
    }
}
