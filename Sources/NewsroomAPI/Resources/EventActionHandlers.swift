internal import Documents
internal import Newsroom

typealias EventActionHandlers = ActionHandlers<EventDocument>

extension EventActionHandlers {
    /// One move of an event's life.
    func callAsFunction(_ action: EventAction) -> Writing<EventDocument> {
        answering { object in
            let (move, failures) = EventMove.read(object, as: action)
            return { event, now throws(StoreError) in try event.draft.proposal(moving: move, failures, at: now) }
        }
    }
}

extension Event.Draft {
    /// - Throws: `moveNotAllowed`, whatever else is wrong with the move.
    fileprivate func proposal(
        moving move: EventMove, _ failures: [MemberFailure], at now: Instant
    ) throws(StoreError) -> Proposal<Event.Draft> {
        var move = move
        var proposal = Proposal(self, failures: failures)
        for failure in move.settle(at: now) { proposal.add(failure) }
        guard let moved = moved(by: move, at: now) else {
            throw .moveNotAllowed(status: status.rawValue, allowed: status.actions.map(\.rawValue))
        }
        proposal.draft = moved
        return proposal
    }
}
