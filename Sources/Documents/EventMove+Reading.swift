package import JSON
package import Newsroom

extension EventMove {
    private static let names = ["reason", "window", "effective_at", "cause", "basis"]

    /// Reads the body of an action, `{"reason", "window", "effective_at", "cause", "basis"}`, each of which may be missing as far as the
    /// action has it so.
    ///
    /// - Returns: the move, and all that is wrong with it as far as the body goes.
    package static func read(_ object: JSONObject, as action: EventAction) -> (move: EventMove, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .create)
        var move = EventMove(action)
        for (name, value) in object.members {
            switch name {
            case "reason": reader.text(value, into: &move.reason, at: "/reason")
            case "window": reader.window(value, into: &move.window, over: nil, at: "/window")
            case "effective_at": reader.instant(value, into: &move.effectiveAt, at: "/effective_at")
            case "cause" where value == .null: move.cause = nil
            case "cause": move.cause = EventDocument.readCause(&reader, value, at: "/cause")
            case "basis": move.basis = EventDocument.readBasis(&reader, value, at: "/basis")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        return (move, reader.failures)
    }
}
