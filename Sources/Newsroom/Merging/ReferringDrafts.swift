// What each kind refers to: how its references move with a merge, and go back when it is undone.

extension Article.Draft {
    package mutating func moveReferences(by move: ReferenceMove) {
        authors = move.moved(authors)
        people = move.moved(people)
        organizations = move.moved(organizations)
        events = move.moved(events)
    }

    package mutating func returnReferences(by move: ReferenceMove, before: Article.Draft, after: Article.Draft) {
        authors = move.returned(authors, before: before.authors, after: after.authors)
        people = move.returned(people, before: before.people, after: after.people)
        organizations = move.returned(organizations, before: before.organizations, after: after.organizations)
        events = move.returned(events, before: before.events, after: after.events)
    }
}

extension Person.Draft {
    package mutating func moveReferences(by move: ReferenceMove) {
        roles = move.movedApart(roles)
    }

    /// Offices are told apart by their titles and dates.
    package mutating func returnReferences(by move: ReferenceMove, before: Person.Draft, after: Person.Draft) {
        guard !roles.isIdentical(to: after.roles) else {
            roles = before.roles
            return
        }
        for former in before.roles where former.leads(move) == .from {
            var moved = former
            moved.follow(move)
            // An office that both had was one for both.
            guard !before.roles.contains(where: moved.isIdentical), let index = roles.firstIndex(where: moved.isIdentical) else { continue }
            roles[index] = former
        }
    }
}

extension Organization.Draft {
    package mutating func moveReferences(by move: ReferenceMove) {
        move.move(&parent)
    }

    package mutating func returnReferences(by move: ReferenceMove, before: Organization.Draft, after: Organization.Draft) {
        move.moveBack(&parent, before: before.parent)
    }
}

extension Event.Draft {
    package mutating func moveReferences(by move: ReferenceMove) {
        participants = move.moved(participants)
        causes = move.movedApart(causes)
        for index in transitions.indices { transitions[index].follow(move) }
        move.move(&partOf)
    }

    package mutating func returnReferences(by move: ReferenceMove, before: Event.Draft, after: Event.Draft) {
        participants = move.returned(participants, before: before.participants, after: after.participants)
        move.moveBack(&partOf, before: before.partOf)
        for index in transitions.indices {
            transitions[index].followBack(move, before: before.transitions.indices.contains(index) ? before.transitions[index] : nil)
        }
        guard causes != after.causes else {
            causes = before.causes
            return
        }
        for former in before.causes where former.leads(move) == .from {
            var moved = former
            moved.follow(move)
            guard let index = causes.firstIndex(of: moved) else { continue }
            if before.causes.contains(moved) { causes.append(former) } else { causes[index] = former }
        }
    }
}
