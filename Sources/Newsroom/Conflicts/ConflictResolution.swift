/// How a conflict was settled: a record that is never changed. Who settles it otherwise makes another one.
package struct ConflictResolution: Sendable {
    package var id: ResolutionID
    /// The value that holds; nil where none of them does, or the question turned out to be none.
    package var value: String?
    /// In words; nil for who is not of the newsroom.
    package var how: String?
    /// The statements that it rests on.
    package var basis: [ID<Statement>]
    /// The name of who settled it; nil for who is not of the newsroom.
    package var actor: String?
    package var resolvedAt: Instant
    /// The statements that stood against each other then, with what they claimed.
    package var settled: [ID<Statement>: String]
    /// Of its basis.
    package var captions: Captions

    package init(
        id: ResolutionID, value: String?, how: String?, basis: [ID<Statement>], actor: String?, resolvedAt: Instant,
        settled: [ID<Statement>: String], captions: Captions = Captions()
    ) {
        self.id = id
        self.value = value
        self.how = how
        self.basis = basis
        self.actor = actor
        self.resolvedAt = resolvedAt
        self.settled = settled
        self.captions = captions
    }

    /// Whether somebody says on a side what was not known when it was settled: another value than the one that held, or, where none did, a
    /// value that nobody had given.
    func isReopened(by side: Conflict.Side) -> Bool {
        if let value {
            guard side.value != value else { return false }
            return side.statements.contains { settled[$0.record.id] != side.value }
        }
        return !settled.values.contains(side.value)
    }

    /// The record as a viewer may see it: who is not of the newsroom is told what holds, and only where they may see all that it rests on
    /// and that value is on one of the sides that they see. How it was settled is the newsroom's own words, and has not been published.
    func seen(by viewer: Viewer, at now: Instant, among sides: [Conflict.Side]) -> ConflictResolution? {
        guard !viewer.isOfNewsroom else { return self }
        guard basis.allSatisfy({ viewer.maySee(what: captions[$0]?.publicFrom, at: now) }),
            value.map({ value in sides.contains { $0.value == value } }) ?? true
        else { return nil }
        var seen = self
        (seen.how, seen.actor) = (nil, nil)
        return seen
    }

    /// What somebody says who settles a conflict.
    package struct Draft: Sendable, Equatable {
        package var value: String?
        package var how = ""
        package var basis: [Reference<Statement>] = []

        package init() {}

        /// What is wrong with it; its texts are brought into shape.
        package mutating func settle() -> [MemberFailure] {
            var check = DraftCheck()
            check.optional(&value, .claimValue, at: "/value")
            check.required(&how, .reason, at: "/how")
            check.count(basis.count, CountRule.basis, at: "/basis")
            return check.failures
        }
    }
}

extension ConflictResolution.Draft {
    /// Whether it says what a record says already. Its references are by id.
    package func isSaid(by resolution: ConflictResolution) -> Bool {
        value == resolution.value && how == resolution.how && basis == resolution.basis.map { .id($0) }
    }
}
