/// How a client points at another resource; a stored one is always `id`.
package enum Reference<R: Resource>: Sendable, Hashable {
    case id(ID<R>)
    case slug(Slug)
    case externalID(ExternalID)
}

/// A reference with the part that its target plays: `subject`, `mentioned`, `author`.
package struct RoleReference<R: Resource>: Sendable, Hashable {
    package var target: Reference<R>
    package var role: String?

    package init(target: Reference<R>, role: String? = nil) {
        self.target = target
        self.role = role
    }
}

/// What references are shown with, by their targets.
package struct Captions: Sendable, Equatable {
    private struct Target: Hashable {
        let kind: Kind
        let ulid: ULID
    }

    private var byTarget: [Target: Caption] = [:]

    package init() {}

    package subscript<R: Resource>(id: ID<R>) -> Caption? {
        get { byTarget[Target(kind: R.kind, ulid: id.ulid)] }
        set { byTarget[Target(kind: R.kind, ulid: id.ulid)] = newValue }
    }

    /// Those that a viewer may know of: what is said of an article or a statement is for those alone who may see it.
    package func seen(by viewer: Viewer, at now: Instant) -> Captions {
        guard viewer == .anonymous else { return self }
        var seen = self
        seen.byTarget = byTarget.filter { target, caption in
            switch target.kind {
            case .article, .statement: viewer.maySee(what: caption.publicFrom, at: now)
            case .organization, .person, .event: true
            }
        }
        return seen
    }

    /// Whether there is one of a target. References are by id.
    func tell<R: Resource>(of reference: Reference<R>) -> Bool {
        if case .id(let id) = reference { self[id] != nil } else { false }
    }

    /// In no order.
    package var all: some Collection<Caption> { byTarget.values }

    /// Adds those of other targets.
    package mutating func add(_ others: Captions) {
        byTarget.merge(others.byTarget) { own, _ in own }
    }

    /// About how much of memory they take.
    package var byteCount: Int {
        byTarget.values.reduce(0) { $0 + 200 + $1.name.utf8.count + ($1.roleAt?.utf8.count ?? 0) + ($1.speaker?.utf8.count ?? 0) }
    }
}

/// What a reference tells of its target.
package struct Caption: Sendable, Equatable {
    /// The name, an event's title, an article's headline, or the beginning of a statement's text.
    package var name: String
    /// Of a person: the office held at the date of the article or event that refers.
    package var roleAt: String?
    /// Of an event: its status.
    package var status: EventStatus?
    /// Of an event: when it begins, as far as that is known.
    package var earliest: String?
    /// Of an article or a statement: from when on everybody may see it; nil for what only the newsroom sees.
    package var publicFrom: Instant?
    /// Of a statement: who said it, by name or description.
    package var speaker: String?
    /// Of a statement: its status.
    package var standing: StatementStatus?
    /// The first of its external ids, where a query asks for it.
    package var externalID: ExternalID?

    package init(
        name: String, roleAt: String? = nil, status: EventStatus? = nil, earliest: String? = nil, externalID: ExternalID? = nil
    ) {
        self.name = name
        self.roleAt = roleAt
        self.status = status
        self.earliest = earliest
        self.externalID = externalID
    }
}
