internal import Documents
internal import Newsroom

/// `POST /v1/statements/{id}/actions/withdraw`: a statement that is no longer held stays on the record.
struct WithdrawalHandlers: Sendable {
    let context: HandlerContext

    /// 200 with the statement after it, 409 where it is withdrawn already, 422 without a reason.
    var withdraw: Writing<StatementDocument> {
        Writing(
            context, .action, answering: .changed,
            .changing { target, object in
                let (withdrawal, failures) = StatementWithdrawal.read(object)
                return .revise(target.key, if: target.precondition) { statement, _ throws(StoreError) in
                    try statement.draft.proposal(withdrawnBy: withdrawal, failures)
                }
            })
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
