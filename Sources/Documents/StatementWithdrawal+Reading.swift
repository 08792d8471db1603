package import JSON
package import Newsroom

extension StatementWithdrawal {
    /// Reads the body of the action, `{"reason"}`.
    ///
    /// - Returns: the withdrawal, and all that is wrong with it as far as the body goes.
    package static func read(_ object: JSONObject) -> (withdrawal: StatementWithdrawal, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .create)
        var withdrawal = StatementWithdrawal()
        for (name, value) in object.members {
            switch name {
            case "reason": reader.text(value, into: &withdrawal.reason, at: "/reason")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ["reason"])
            }
        }
        return (withdrawal, reader.failures)
    }
}
