/// A question on which live statements of different speakers carry different values, as one viewer may see it.
///
/// It is stored nowhere: what statements claim makes it, and what was recorded of its settling stands beside it.
package struct Conflict: Sendable {
    package let id: ConflictID
    /// By value, the one that was taken first in front. Fewer than two where it is no conflict any more.
    package let sides: [Side]
    /// How it was settled, the newest first.
    package let resolutions: [ConflictResolution]
    /// Whether all statements on the question have been looked at: else the newest.
    package let isComplete: Bool
    /// Of the event.
    package let captions: Captions

    /// Those who hold one value.
    package struct Side: Sendable {
        package let value: String
        package let speakers: [Speaker]
        /// In the order in which they were said.
        package let statements: [Statement]
        /// See `IndependentSources`.
        package let independentSourceCount: Int
    }

    package struct Speaker: Sendable {
        package let attribution: Attribution
        package let captions: Captions
    }

    /// All that is known of one question.
    package struct Evidence: Sendable {
        /// Statements with a claim on it.
        package var statements: [Statement]
        package var isComplete: Bool
        /// The newest first.
        package var resolutions: [ConflictResolution]
        package var captions: Captions

        package init(
            statements: [Statement], isComplete: Bool = true, resolutions: [ConflictResolution] = [], captions: Captions = Captions()
        ) {
            self.statements = statements
            self.isComplete = isComplete
            self.resolutions = resolutions
            self.captions = captions
        }
    }

    /// What a viewer may know of a question; nil where it is no conflict among the statements that they may see, and the newsroom has no
    /// record of one either.
    ///
    /// - Parameter instant: what was said or published by then, and what was recorded; nil: all.
    package init?(_ id: ConflictID, _ evidence: Evidence, for viewer: Viewer, at now: Instant, knownBy instant: Instant? = nil) {
        let counted = evidence.statements.filter { statement in
            guard let claim = statement.draft.claim, claim.about == .id(id.about), claim.property == id.property else { return false }
            return statement.draft.status == .live
                && viewer.maySee(what: statement.publicFrom, at: now) && (instant.map { statement.isKnown(by: $0) } ?? true)
        }
        let sides = Positions(in: counted, tellsSourcesApart: viewer.isOfNewsroom).sides(as: viewer, at: now)
        let recorded = evidence.resolutions.filter { resolution in instant.map { resolution.resolvedAt <= $0 } ?? true }
        let shown = recorded.compactMap { $0.seen(by: viewer, at: now, among: sides) }
        guard sides.count > 1 || (viewer.isOfNewsroom && !shown.isEmpty) else { return nil }
        self.id = id
        self.sides = sides
        resolutions = shown
        isComplete = evidence.isComplete
        captions = evidence.captions
    }

    /// Whether it is a conflict still.
    package var isContested: Bool { sides.count > 1 }

    /// The record by which it is settled; nil where there is none, or where something else has been said since.
    package var holding: ConflictResolution? {
        resolutions.first.flatMap { newest in sides.contains { newest.isReopened(by: $0) } ? nil : newest }
    }

    package var status: ConflictStatus { holding == nil ? .open : .resolved }

    /// What each statement of it says.
    package var settled: [ID<Statement>: String] {
        var settled: [ID<Statement>: String] = [:]
        for side in sides { for statement in side.statements { settled[statement.record.id] = side.value } }
        return settled
    }
}

package enum ConflictStatus: String, Sendable, CaseIterable {
    case open, resolved
}

extension Statement {
    /// Whether it had been said for certain by an instant, or published: what was said "on Wednesday" has been by the end of that day.
    package func isKnown(by instant: Instant) -> Bool {
        if let said = draft.saidAt?.last, said <= instant { return true }
        return publicFrom.map { $0 <= instant } ?? false
    }
}
