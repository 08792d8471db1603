/// A thing that the newsroom keeps, with one id and one URL for good: an article, a person, an organization, an event, a statement.
package protocol Resource: Sendable, Equatable {
    /// What a client may say about it: every member that can be written, each checked by its own type.
    associatedtype Draft: ResourceDraft
    /// The members that lists can filter by.
    associatedtype FilterMember: FilteringMember
    /// The members that lists can be sorted by.
    associatedtype SortMember: SortingMember
    /// The references that can be asked for as whole resources.
    associatedtype Relation: RelationName

    static var kind: Kind { get }

    /// What the store says about it.
    var record: Record<Self> { get }
    /// What a client said about it. Its references are all by id (`Reference.id`).
    var draft: Draft { get }
    /// What the references are called: a caption for each id that occurs in `draft`.
    var captions: Captions { get }
    /// Why it is to be looked at again, as far as the newsroom was shown it; of most kinds nothing ever is.
    var review: [ReviewMark] { get set }

    init(record: Record<Self>, draft: Draft, captions: Captions)

    /// Adds what it refers to by this name.
    func addTargets(of relation: Relation, to ids: inout RelatedIDs)
}

extension Resource {
    package var review: [ReviewMark] {
        get { [] }
        set {}
    }
}

/// The writable part of a resource.
package protocol ResourceDraft: Sendable, Equatable {
    /// The slug that is wished for; nil asks for one made from the caption.
    var slug: Slug? { get set }
    var externalIDs: ExternalIDs { get set }
    /// What it is called: headline, name or title.
    var caption: String { get }

    /// A draft in which nothing has been said: what POST and PUT begin from.
    init()

    /// The draft as it is to be kept after `previous` (nil: a new resource): checked by the rules that tie members together, and with
    /// what follows from the rest filled in, such as `published_at`. Settling twice gives the same.
    func settled(after previous: Self?, at now: Instant) -> Proposal<Self>

    /// Takes over what an older version cannot bring back, because it happened.
    mutating func keepLife(of last: Self)
    /// Whether it came from another version by a move of its life.
    func isTransition(from previous: Self) -> Bool

    /// Lets each reference to what was merged lead to the survivor; of references to both one is left.
    mutating func moveReferences(by move: ReferenceMove)
    /// Undoes that where nobody has changed it since.
    ///
    /// - Parameters:
    ///   - before: the draft from before the references moved.
    ///   - after: the draft as it was then.
    mutating func returnReferences(by move: ReferenceMove, before: Self, after: Self)
    /// The draft with what another one has, which is merged into it, and all that is in the way of that.
    func united(with other: Self, by move: ReferenceMove, keeping kept: KeptValues) -> (Self, [MemberFailure])
    /// Takes away what it gained by that, as far as it is as it was left; `before` and `after` are of that time.
    mutating func giveBack(after: Self, before: Self)
    /// What it says of itself alone.
    var withoutReferences: Self { get }
    /// By what it is found to look like another one; nil for a kind that is not compared.
    var likeness: LikenessTraits? { get }
}

/// What has no life of its own.
extension ResourceDraft {
    package mutating func keepLife(of last: Self) {}
    package func isTransition(from previous: Self) -> Bool { false }
}

/// What is not merged.
extension ResourceDraft {
    package func united(with other: Self, by move: ReferenceMove, keeping kept: KeptValues) -> (Self, [MemberFailure]) {
        (self, [MemberFailure(path: "/from", rule: .invalidValue, message: "is of a kind that is not merged")])
    }

    package mutating func giveBack(after: Self, before: Self) {}
    package var withoutReferences: Self { self }
    package var likeness: LikenessTraits? { nil }
}

/// What the store keeps about every resource, whatever its kind.
package struct Record<R: Resource>: Sendable, Equatable {
    package var id: ID<R>
    /// Of a kind without slugs the id in that form (`Slug(of:)`).
    package var slug: Slug
    /// 1, 2, 3 …: one more with each write that changes something.
    package var version: Int
    package var createdAt: Instant
    package var updatedAt: Instant

    package init(id: ID<R>, slug: Slug, version: Int, createdAt: Instant, updatedAt: Instant) {
        self.id = id
        self.slug = slug
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
