/// A mark for review with what it is on, and what became of it: what the log keeps of it, and what an export tells.
package struct RecordedReview: Sendable {
    package var mark: ReviewMark
    /// The id of the article or event.
    package var subject: String
    /// When it was cleared; nil: not yet.
    package var clearedAt: Instant?
    package var note: String?

    package init(_ mark: ReviewMark, of subject: String, clearedAt: Instant? = nil, note: String? = nil) {
        self.mark = mark
        self.subject = subject
        self.clearedAt = clearedAt
        self.note = note
    }

    /// What is wrong with one that comes from elsewhere; its text is brought into shape.
    ///
    /// - Parameter now: nothing was marked or cleared later than that.
    package mutating func settle(at now: Instant) -> [MemberFailure] {
        var check = DraftCheck()
        check.optional(&note, .note, at: "/note")
        if note != nil, clearedAt == nil { check.fail("/note", .invalidValue, "goes with `cleared_at`: it says what was found") }
        if (mark.event == nil) != (mark.basis != .event) {
            check.fail("/event", .invalidValue, "is given where `basis` is `event`, and nowhere else")
        }
        if mark.since > now { check.fail("/since", .invalidValue, "must not be in the future") }
        if let clearedAt, clearedAt > now || clearedAt < mark.since {
            check.fail("/cleared_at", .invalidValue, "must be between `since` and now")
        }
        return check.failures
    }
}
