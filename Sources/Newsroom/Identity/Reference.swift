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

/// What references are shown with, by the target's id as text.
package struct Captions: Sendable, Equatable {
    package private(set) var byID: [String: Caption]

    package init(_ byID: [String: Caption] = [:]) {
        self.byID = byID
    }

    package subscript(id: String) -> Caption? {
        get { byID[id] }
        set { byID[id] = newValue }
    }

    /// About how much of memory they take.
    package var byteCount: Int {
        byID.values.reduce(0) { $0 + 200 + $1.name.utf8.count + ($1.roleAt?.utf8.count ?? 0) }
    }
}

/// What a reference tells of its target.
package struct Caption: Sendable, Equatable {
    /// The name, or an event's title.
    package var name: String
    /// Of a person: the office held at the date of the article or event that refers.
    package var roleAt: String?
    /// Of an event: its status.
    package var status: EventStatus?
    /// Of an event: when it begins, as far as that is known.
    package var earliest: String?
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
