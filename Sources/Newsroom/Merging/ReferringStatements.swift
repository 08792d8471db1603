// What a statement refers to: how that moves with a merge, and goes back when it is undone.

extension Statement.Draft {
    package mutating func moveReferences(by move: ReferenceMove) {
        speaker?.follow(move)
        chain = move.movedApart(chain)
        events = move.moved(events.map(Subject.init)).map(\.event)
        if var about = claim?.about {
            move.move(&about)
            claim?.about = about
        }
    }

    package mutating func returnReferences(by move: ReferenceMove, before: Statement.Draft, after: Statement.Draft) {
        if before.speaker?.leads(move) == .from, speaker?.leads(move) == .into { speaker?.followBack(move) }
        chain = move.returned(chain, before: before.chain, after: after.chain)
        events = move.returned(events.map(Subject.init), before: before.events.map(Subject.init), after: after.events.map(Subject.init))
            .map(\.event)
        if var about = claim?.about, move.isFrom(before.claim?.about), move.isInto(about) {
            move.moveBack(&about)
            claim?.about = about
        }
    }

    /// An event that the statement is about.
    private struct Subject: ReferringItem {
        var event: Reference<Event>

        func isIdentical(to other: Subject) -> Bool { self == other }
        func leads(_ move: ReferenceMove) -> ReferenceMove.Direction? { move.direction(of: event) }
        mutating func follow(_ move: ReferenceMove) { move.move(&event) }
        mutating func followBack(_ move: ReferenceMove) { move.moveBack(&event) }
    }
}

extension Attribution: ReferringItem {
    func leads(_ move: ReferenceMove) -> ReferenceMove.Direction? {
        switch self {
        case .person(let person): move.direction(of: person)
        case .organization(let organization): move.direction(of: organization)
        case .unnamed(let source): move.direction(of: source.organization)
        case .party: nil
        }
    }

    mutating func follow(_ move: ReferenceMove) {
        switch self {
        case .person(var person):
            move.move(&person)
            self = .person(person)
        case .organization(var organization):
            move.move(&organization)
            self = .organization(organization)
        case .unnamed(var source):
            move.move(&source.organization)
            self = .unnamed(source)
        case .party: break
        }
    }

    mutating func followBack(_ move: ReferenceMove) {
        switch self {
        case .person(var person):
            move.moveBack(&person)
            self = .person(person)
        case .organization(var organization):
            move.moveBack(&organization)
            self = .organization(organization)
        case .unnamed(var source):
            guard var organization = source.organization else { return }
            move.moveBack(&organization)
            source.organization = organization
            self = .unnamed(source)
        case .party: break
        }
    }
}

extension EventTransition {
    /// What led to it is the same event under its survivor's name.
    mutating func follow(_ move: ReferenceMove) { cause?.follow(move) }

    mutating func followBack(_ move: ReferenceMove, before: EventTransition?) {
        if before?.cause?.leads(move) == .from, cause?.leads(move) == .into { cause?.followBack(move) }
    }
}
