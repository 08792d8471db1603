/// One entry of the change feed: that a resource changed, and how, without what it says. Whoever wants that asks for it, and is shown what
/// may be shown by then.
///
/// The newsroom is told of each version as the log has it. Everybody else is told what became of what they may see (`PublicChange`), with
/// the operations `created`, `updated` and `deleted` alone, and neither by whom nor why.
package struct Change: Sendable, Equatable {
    /// The number of its row in the log: 1, 2, 3 …; those that a viewer is not told of are left out.
    package var sequence: Int64
    package var operation: LogOperation
    package var kind: Kind
    /// The id of the resource.
    package var id: String
    /// The resource's version then; a deletion has one of its own. An article whose embargo ends, and the statements that come and go with
    /// an article, have the version that they had.
    package var version: Int
    /// When it was written. Never before that of an entry in front of it.
    package var recordedAt: Instant
    /// For the newsroom alone.
    package var actor: Actor?
    /// For the newsroom alone.
    package var note: String?
    /// Of the end of what was merged: the id of what it was merged into.
    package var mergedInto: String?

    package init(
        sequence: Int64, operation: LogOperation, kind: Kind, id: String, version: Int, recordedAt: Instant, actor: Actor? = nil,
        note: String? = nil, mergedInto: String? = nil
    ) {
        self.sequence = sequence
        self.operation = operation
        self.kind = kind
        self.id = id
        self.version = version
        self.recordedAt = recordedAt
        self.actor = actor
        self.note = note
        self.mergedInto = mergedInto
    }
}
