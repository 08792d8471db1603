/// How a conflict was settled, with the question that it settles: what the log keeps of it, and what an export tells.
package struct RecordedResolution: Sendable {
    package var resolution: ConflictResolution
    package var question: ConflictID

    package init(_ resolution: ConflictResolution, of question: ConflictID) {
        self.resolution = resolution
        self.question = question
    }

    /// What is wrong with one that comes from elsewhere; its texts are brought into shape.
    ///
    /// - Parameter now: nothing was settled later than that.
    package mutating func settle(at now: Instant) -> [MemberFailure] {
        var check = DraftCheck()
        check.optional(&resolution.value, .claimValue, at: "/value")
        var how = resolution.how ?? ""
        check.required(&how, .reason, at: "/how")
        resolution.how = how
        if resolution.resolvedAt > now { check.fail("/resolved_at", .invalidValue, "must not be in the future") }
        return check.failures
    }

    /// Whether it says what another says that has its id.
    package func isSaid(by other: RecordedResolution) -> Bool {
        question == other.question && resolution.value == other.resolution.value && resolution.how == other.resolution.how
            && resolution.basis == other.resolution.basis
    }
}
