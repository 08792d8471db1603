/// One row of an import: which resource it is about, and how it changes it.
package enum ImportRow: Sendable {
    case article(ImportEntry<Article>)
    case person(ImportEntry<Person>)
    case organization(ImportEntry<Organization>)
    case event(ImportEntry<Event>)
}

package struct ImportEntry<R: Resource>: Sendable {
    /// The id to keep, from an export; nil to have one made.
    package var id: ID<R>?
    package var externalIDs: ExternalIDs
    /// From what is stored (nil: nothing) to what shall be. Members that the row does not name stay as they are.
    package var change: @Sendable (R.Draft?) -> Proposal<R.Draft>

    package init(
        id: ID<R>?, externalIDs: ExternalIDs, change: @escaping @Sendable (R.Draft?) -> Proposal<R.Draft>
    ) {
        self.id = id
        self.externalIDs = externalIDs
        self.change = change
    }
}

package enum ImportOutcome: Sendable, Equatable {
    case created(id: String)
    case updated(id: String)
    case unchanged(id: String)
    /// `conflict`, `invalid`, `gone`: what the same write through the API would have thrown.
    case refused(StoreError)

    /// Whether an import that ends at the first bad row ends here. What a row refers to may come behind it: that it is not there yet is no
    /// reason to end.
    package var endsImport: Bool {
        switch self {
        case .created, .updated, .unchanged: false
        case .refused(.invalid(let failure)): !failure.lacksReferencesAlone
        case .refused: true
        }
    }
}

extension ValidationFailure {
    /// Whether it would be valid if all that it refers to were there.
    package var lacksReferencesAlone: Bool {
        !failures.isEmpty && failures.allSatisfy { $0.rule == .unknownReference }
    }
}

/// What the store tells about itself.
package struct StoreStatistics: Sendable, Equatable {
    package var writeQueueDepth: Int
    package var databaseByteCount: Int
    package var walByteCount: Int
    /// The number of the newest log row that this process knows of.
    package var sequence: Int64
    /// False after a commit whose outcome nobody knows: reads go on, writes are refused for good. Only opening the file again tells.
    package var isSound: Bool
    /// Whether a write would be taken now: false also while the newest attempt found the disk full, until there is room again.
    package var acceptsWrites: Bool

    package init(
        writeQueueDepth: Int, databaseByteCount: Int, walByteCount: Int, sequence: Int64, isSound: Bool, acceptsWrites: Bool
    ) {
        self.writeQueueDepth = writeQueueDepth
        self.databaseByteCount = databaseByteCount
        self.walByteCount = walByteCount
        self.sequence = sequence
        self.isSound = isSound
        self.acceptsWrites = acceptsWrites
    }
}
