/// One row of an import: which resource it is about, and how it changes it; or what a newsroom keeps beside its resources.
package enum ImportRow: Sendable {
    case article(ImportEntry<Article>)
    case person(ImportEntry<Person>)
    case organization(ImportEntry<Organization>)
    case event(ImportEntry<Event>)
    case statement(ImportEntry<Statement>)
    /// Takes the place of the note before.
    case sourceNote(SourceNote)
    /// One whose id is known is never changed.
    case resolution(RecordedResolution)
    /// One whose subject is marked for the same already is that mark: what is said of its clearing is done to it.
    case review(RecordedReview)
}

package struct ImportEntry<R: Resource>: Sendable {
    /// The id to keep, from an export; nil to have one made.
    package var id: ID<R>?
    package var externalIDs: ExternalIDs
    /// From what is stored (nil: nothing) to what shall be. Members that the row does not name stay as they are.
    package var change: @Sendable (R.Draft?) -> Proposal<R.Draft>
    /// What it was merged into: then the row is about a resource that is no more but under that one's name.
    package var mergedInto: Reference<R>?
    /// What it was judged different from.
    package var differentFrom: [Reference<R>]

    package init(
        id: ID<R>?, externalIDs: ExternalIDs, mergedInto: Reference<R>? = nil, differentFrom: [Reference<R>] = [],
        change: @escaping @Sendable (R.Draft?) -> Proposal<R.Draft>
    ) {
        self.id = id
        self.externalIDs = externalIDs
        self.mergedInto = mergedInto
        self.differentFrom = differentFrom
        self.change = change
    }
}

/// What a resource is called in rows: its id, or one of its external ids.
package struct ImportName: Sendable, Hashable {
    private let kind: Kind
    private let text: String

    package init<R: Resource>(_ id: ID<R>) {
        (kind, text) = (R.kind, id.text)
    }

    package init(_ id: ExternalID, of kind: Kind) {
        (self.kind, text) = (kind, id.description)
    }
}

/// How the rows of one call are written.
package struct ImportRules: Sendable {
    /// Whether the rows behind the first one whose outcome `endsImport` are left alone; then there are no outcomes for them.
    package var stopsAtRefusal: Bool
    /// What the resources are called of which earlier rows wait: rows of these wait as well, and so do those of rows that begin to wait.
    /// Nil: none waits; what lacks something is refused.
    package var waiting: Set<ImportName>?

    package init(stopsAtRefusal: Bool = false, waiting: Set<ImportName>? = nil) {
        self.stopsAtRefusal = stopsAtRefusal
        self.waiting = waiting
    }
}

package enum ImportOutcome: Sendable, Equatable {
    case created(id: String)
    case updated(id: String)
    case unchanged(id: String)
    /// `conflict`, `invalid`, `gone`: what the same write through the API would have thrown.
    case refused(StoreError)
    /// It is to be tried again later: it would be valid if all that it refers to were there, or (without a failure) an earlier row of the
    /// same resource waits. With all that the resource is called.
    case waits(ValidationFailure?, names: Set<ImportName>)

    /// Whether an import that ends at the first bad row ends here. What a row refers to may come behind it: that it is not there yet is no
    /// reason to end.
    package var endsImport: Bool {
        switch self {
        case .created, .updated, .unchanged, .waits: false
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
    /// How far the search index has read the log.
    package var indexedSequence: Int64
    package var writing: WritingFigures
    package var pageCache: PageCacheFigures

    package init(
        writeQueueDepth: Int, databaseByteCount: Int, walByteCount: Int, sequence: Int64, isSound: Bool, acceptsWrites: Bool,
        indexedSequence: Int64 = 0, writing: WritingFigures = WritingFigures(), pageCache: PageCacheFigures = PageCacheFigures()
    ) {
        self.writeQueueDepth = writeQueueDepth
        self.databaseByteCount = databaseByteCount
        self.walByteCount = walByteCount
        self.sequence = sequence
        self.isSound = isSound
        self.acceptsWrites = acceptsWrites
        self.indexedSequence = indexedSequence
        self.writing = writing
        self.pageCache = pageCache
    }
}
