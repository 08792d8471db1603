// On whose word an event's causes and moves are held.
extension Event.Draft {
    /// Settles what causes and transitions rest on after what was there before.
    ///
    /// Whoever says nothing of a basis keeps the one that is known, and so with a transition's cause; a cause that is named twice is one,
    /// on the word of both.
    mutating func settleBasis(after previous: Event.Draft?, _ check: inout DraftCheck) {
        for index in causes.indices where causes[index].basis == nil {
            causes[index].basis = previous?.causes.first { $0.isSame(as: causes[index]) }?.basis ?? []
        }
        var merged: [EventCause] = []
        for cause in causes {
            if let known = merged.firstIndex(where: { $0.isSame(as: cause) }) {
                merged[known].basis = (merged[known].basis ?? []) + (cause.basis ?? [])
            } else {
                merged.append(cause)
            }
        }
        causes = merged
        for index in causes.indices { check.basis(&causes[index].basis, at: "/causes/\(index)/basis") }
        for index in transitions.indices {
            let known = previous.flatMap { index < $0.transitions.count ? $0.transitions[index] : nil }
            if transitions[index].basis == nil { transitions[index].basis = known?.basis ?? [] }
            if transitions[index].cause == nil { transitions[index].cause = known?.cause }
            transitions[index].cause?.basis = []
            check.basis(&transitions[index].basis, at: "/transitions/\(index)/basis")
        }
    }
}

extension DraftCheck {
    /// Each statement once.
    fileprivate mutating func basis(_ basis: inout [Reference<Statement>]?, at path: @autoclosure () -> String) {
        guard var statements = basis, !statements.isEmpty else { return }
        var seen: Set<Reference<Statement>> = []
        statements.removeAll { !seen.insert($0).inserted }
        count(statements.count, CountRule.basis, at: path())
        basis = statements
    }
}

extension Event {
    /// The event as a viewer may see it: of the statements that it rests on those alone that the viewer may see.
    ///
    /// Its captions have all of these; to whoever compares versions a reference without one tells of a statement too.
    package func seen(by viewer: Viewer, at now: Instant) -> Event {
        guard viewer == .anonymous else { return self }
        var seen = self
        let captions = captions.seen(by: viewer, at: now)
        seen.captions = captions
        for index in draft.causes.indices { seen.draft.causes[index].basis?.removeAll { !captions.tell(of: $0) } }
        for index in draft.transitions.indices { seen.draft.transitions[index].basis?.removeAll { !captions.tell(of: $0) } }
        return seen
    }

    /// The statements that something of it rests on.
    package var basis: [Reference<Statement>] {
        draft.causes.flatMap { $0.basis ?? [] } + draft.transitions.flatMap { $0.basis ?? [] }
    }
}
