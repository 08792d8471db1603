/// That an article or an event is to be looked at again, because a statement that it rests on holds no longer as it did. For the newsroom
/// alone: readers are told by a correction, if an editor issues one.
package struct ReviewMark: Sendable, Equatable {
    package var id: ReviewID
    package var reason: ReviewReason
    /// The id of the statement.
    package var statement: String
    package var basis: ReviewBasis
    /// The id of the event through which an article rests on the statement.
    package var event: String?
    package var since: Instant

    package init(
        id: ReviewID, reason: ReviewReason, statement: String, basis: ReviewBasis, event: String? = nil, since: Instant
    ) {
        self.id = id
        self.reason = reason
        self.statement = statement
        self.basis = basis
        self.event = event
        self.since = since
    }
}

/// What became of the statement.
package enum ReviewReason: String, Sendable, CaseIterable {
    case corrected = "statement_corrected"
    case withdrawn = "statement_withdrawn"
    case deleted = "statement_deleted"
}

/// How something rests on a statement. Of several ways the first counts.
package enum ReviewBasis: String, Sendable, CaseIterable {
    /// The article reports it.
    case report
    /// A correction of the article refers to it.
    case correction
    /// The event is said to have a cause on its word.
    case cause
    /// The event was moved on its word.
    case transition
    /// The article refers to an event that rests on it.
    case event
}

/// What rests on a statement, and how.
package struct ReviewSubject: Sendable, Hashable {
    /// The id of the article or event.
    package var id: String
    package var basis: ReviewBasis
    package var event: String?

    package init(id: String, basis: ReviewBasis, event: String? = nil) {
        self.id = id
        self.basis = basis
        self.event = event
    }
}

package typealias ReviewID = RecordID<ReviewMark>

extension ReviewMark: Recorded {
    package static let idPrefix = "rev_"
}

/// What an editor says who has looked at it.
package struct ReviewClearance: Sendable, Equatable {
    /// What was found, or done.
    package var note: String?
    /// The marks that are meant; nil: all that there are. Whoever names them clears none that came while they looked.
    package var marks: [ReviewID]?

    package init(note: String? = nil, marks: [ReviewID]? = nil) {
        self.note = note
        self.marks = marks
    }

    /// What is wrong with it; its text is brought into shape.
    package mutating func settle() -> [MemberFailure] {
        var check = DraftCheck()
        check.optional(&note, .note, at: "/note")
        if note == nil { check.fail("/note", .required, "must be given: what was found, or done") }
        check.count(marks?.count ?? 0, CountRule.reviewMarks, at: "/marks")
        return check.failures
    }
}
