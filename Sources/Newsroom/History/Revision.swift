/// What a row of the log says happened. A deleted resource that comes back is `created` once more, under its id.
package enum LogOperation: String, Sendable, CaseIterable {
    case created, updated, transitioned, deleted, merged
}

/// One version of a resource as the log has it, without its document.
package struct Revision: Sendable, Equatable {
    /// 1, 2, 3 …; a deletion has a version of its own.
    package var version: Int
    package var operation: LogOperation
    package var actor: Actor
    package var recordedAt: Instant
    package var note: String?

    package init(version: Int, operation: LogOperation, actor: Actor, recordedAt: Instant, note: String? = nil) {
        self.version = version
        self.operation = operation
        self.actor = actor
        self.recordedAt = recordedAt
        self.note = note
    }
}

/// One version with the resource as it was then, its references called what they were called then; nil for a deletion.
package struct PastVersion<R: Resource>: Sendable, Equatable {
    package var id: ID<R>
    package var revision: Revision
    package var resource: R?

    package init(id: ID<R>, revision: Revision, resource: R?) {
        self.id = id
        self.revision = revision
        self.resource = resource
    }
}

/// One page of a resource's revisions, asked for.
package struct RevisionQuery: Sendable, Equatable {
    package var isDescending: Bool
    /// The version of the last revision of the page before; nil for the first page.
    package var after: Int?
    /// 1…200.
    package var limit: Int

    package init(isDescending: Bool = true, after: Int? = nil, limit: Int = 20) {
        self.isDescending = isDescending
        self.after = after
        self.limit = limit
    }
}

/// One page of the revisions of a resource.
package struct RevisionPage<R: Resource>: Sendable, Equatable {
    package var id: ID<R>
    package var items: [Revision]
    /// The version behind which the next page begins; nil at the end.
    package var next: Int?

    package init(id: ID<R>, items: [Revision], next: Int?) {
        self.id = id
        self.items = items
        self.next = next
    }
}

/// Which version is to come back, and why.
package struct Restoration: Sendable, Equatable {
    package var version: Int
    package var note: String?

    package init(version: Int, note: String? = nil) {
        self.version = version
        self.note = note
    }

    /// What the log says of it.
    package var logNote: String {
        "restored from version \(version)" + (note.map { ": \($0)" } ?? "")
    }
}
