internal import Documents
internal import HTTP
internal import JSON
internal import Newsroom
internal import Routing

/// What answers the actions of an event: each a move of its life.
struct EventActionHandlers: Sendable {
    private let store: any ResourceStore<Event>
    private let report: FailureReport
    private let access: Access
    private let limits: APILimits

    init(_ newsroom: any NewsroomStore, access: Access, limits: APILimits, report: @escaping FailureReport) {
        store = newsroom.events
        self.report = report
        self.access = access
        self.limits = limits
    }

    /// Answers one action: 200 with the event after it, 409 with the moves that are open, 422 for a window that is missing.
    func callAsFunction(_ action: EventAction) -> Handler {
        { request, path async throws(Problem) in try await self.make(action, request, path) }
    }

    private func make(_ action: EventAction, _ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try access.writer(of: request, of: .event)
        let wishes = try WriteWishes<EventDocument>(of: request)
        let (key, precondition) = (try path.key(of: EventDocument.self), try request.precondition())
        let (object, body) = try await request.actionWithBody(limits: limits)
        let (move, failures) = EventMove.read(object, as: action)
        let terms = try wishes.terms(of: request, body: body) { wishes.changed($0) }
        let shelf = Shelf(store: store, requestID: request.id, report: report)
        let written = try await shelf.revise(key, if: precondition, by: writer, on: terms) { event, now throws(StoreError) in
            try event.draft.proposal(moving: move, failures, at: now)
        }
        return wishes.changed(written)
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
