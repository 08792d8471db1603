/// The conflicts of statements, and how they were settled.
package protocol ConflictStore: Sendable {
    /// One page of conflicts, the newest event first, then by property.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func page(_ query: ConflictQuery, as viewer: Viewer) async throws(StoreError) -> ConflictPage

    /// One conflict. Former ids of the event lead to it as well. The newsroom is shown what was recorded also where it is no conflict any
    /// more.
    ///
    /// - Parameter instant: see `Conflict.init`.
    /// - Throws: `notFound`; `overloaded`, `deadline`, `unavailable`.
    func find(_ id: ConflictID, knownBy instant: Instant?, as viewer: Viewer) async throws(StoreError) -> Conflict

    /// Records how a conflict was settled, with a row of the log. Where it is settled in these words already, nothing is written.
    ///
    /// - Returns: the conflict as the newsroom sees it then.
    /// - Throws: `notFound` where there is no such conflict; `invalid`, also for a value that nobody gave; `keyReused`, `keysFull`.
    func resolve(
        _ id: ConflictID, _ proposal: Proposal<ConflictResolution.Draft>, by actor: Actor, isRehearsal: Bool,
        receipt: ReceiptTerms<Conflict>?
    ) async throws(StoreError) -> ResolvedConflict
}

/// What settling a conflict came to.
package enum ResolvedConflict: Sendable {
    case conflict(Conflict)
    /// The answer that is kept under the write's key: made by this write, or by an earlier one, and then nothing was written now.
    case receipt(Receipt, isRepeated: Bool)
}

package struct ConflictQuery: Sendable, Equatable {
    /// About this event, if there is one of that name.
    package var event: Reference<Event>?
    package var property: String?
    package var status: ConflictStatus?
    package var knownBy: Instant?
    package var after: ConflictPosition?
    /// 1…200.
    package var limit: Int

    package init(limit: Int = 20) {
        self.limit = limit
    }
}

/// A place in a list of conflicts: the question before it, by the number of its event and its property.
package struct ConflictPosition: Sendable, Equatable {
    package var key: Int64
    package var property: String

    package init(key: Int64, property: String) {
        self.key = key
        self.property = property
    }
}

package struct ConflictPage: Sendable {
    package var items: [Conflict]
    /// Where the next page begins; nil at the end. There may be one though this one is not full: a page ends also when much was looked at.
    package var next: ConflictPosition?

    package init(items: [Conflict], next: ConflictPosition?) {
        self.items = items
        self.next = next
    }
}
