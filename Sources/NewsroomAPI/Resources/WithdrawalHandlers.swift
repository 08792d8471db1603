internal import Documents
internal import HTTP
internal import JSON
internal import Newsroom
internal import Routing

/// `POST /v1/statements/{id}/actions/withdraw`: a statement that is no longer held stays on the record.
struct WithdrawalHandlers: Sendable {
    let context: HandlerContext

    /// 200 with the statement after it, 409 where it is withdrawn already, 422 without a reason.
    func withdraw(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writer(of: request, of: .statement)
        let wishes = try WriteWishes<StatementDocument>(of: request)
        let (key, precondition) = (try path.key(of: StatementDocument.self), try request.precondition())
        let (object, body) = try await request.actionWithBody(limits: context.limits)
        let (withdrawal, failures) = StatementWithdrawal.read(object)
        let terms = try wishes.terms(of: request, body: body) { wishes.changed($0) }
        let shelf = context.shelf(of: StatementDocument.self, for: request)
        let written = try await shelf.revise(key, if: precondition, by: writer, on: terms) { statement, _ throws(StoreError) in
            try statement.draft.proposal(withdrawnBy: withdrawal, failures)
        }
        return wishes.changed(written)
    }
}

extension Statement.Draft {
    /// - Throws: `moveNotAllowed`, whatever else is wrong.
    fileprivate func proposal(
        withdrawnBy withdrawal: StatementWithdrawal, _ failures: [MemberFailure]
    ) throws(StoreError) -> Proposal<Statement.Draft> {
        guard let withdrawn else { throw .moveNotAllowed(status: status.rawValue, allowed: []) }
        var withdrawal = withdrawal
        var proposal = Proposal(withdrawn, failures: failures)
        for failure in withdrawal.settle() { proposal.add(failure) }
        proposal.note = withdrawal.reason
        return proposal
    }
}
