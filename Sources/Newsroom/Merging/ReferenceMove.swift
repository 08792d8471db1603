/// What a merge does to references: each that leads to what was merged leads to the survivor.
package struct ReferenceMove: Sendable, Equatable {
    /// The kind of the two.
    package let kind: Kind
    private let from: ULID
    private let into: ULID

    package init<R: Resource>(from: ID<R>, into: ID<R>) {
        kind = R.kind
        (self.from, self.into) = (from.ulid, into.ulid)
    }

    /// Whether a reference leads to what was merged.
    package func isFrom<R: Resource>(_ reference: Reference<R>?) -> Bool { leads(reference, to: from) }

    /// Whether a reference leads to the survivor.
    package func isInto<R: Resource>(_ reference: Reference<R>?) -> Bool { leads(reference, to: into) }

    package func move<R: Resource>(_ reference: inout Reference<R>) {
        if isFrom(reference) { reference = .id(ID(into)) }
    }

    package func move<R: Resource>(_ reference: inout Reference<R>?) {
        if isFrom(reference) { reference = .id(ID(into)) }
    }

    func moveBack<R: Resource>(_ reference: inout Reference<R>) {
        if isInto(reference) { reference = .id(ID(from)) }
    }

    /// A single reference after the merge is undone: it goes back where it came from there, and still leads to the survivor.
    func moveBack<R: Resource>(_ reference: inout Reference<R>?, before: Reference<R>?) {
        if isFrom(before), isInto(reference) { reference = .id(ID(from)) }
    }

    private func leads<R: Resource>(_ reference: Reference<R>?, to ulid: ULID) -> Bool {
        guard R.kind == kind, case .id(let id)? = reference else { return false }
        return id.ulid == ulid
    }
}

/// An item of a list that has one reference, of whatever kind.
protocol ReferringItem: ByteComparable, Equatable {
    func leads(_ move: ReferenceMove) -> ReferenceMove.Direction?
    mutating func follow(_ move: ReferenceMove)
    mutating func followBack(_ move: ReferenceMove)
}

extension ReferenceMove {
    enum Direction { case from, into }

    func direction<R: Resource>(of reference: Reference<R>?) -> Direction? {
        isFrom(reference) ? .from : isInto(reference) ? .into : nil
    }

    /// A list whose references have moved. Of those that led to the two only the first stays, with its role.
    func moved<Item: ReferringItem>(_ items: [Item]) -> [Item] {
        guard items.contains(where: { $0.leads(self) == .from }) else { return items }
        let namesBoth = items.contains { $0.leads(self) == .into }
        var isSeen = false
        return items.compactMap { item in
            guard item.leads(self) != nil else { return item }
            if namesBoth, isSeen { return nil }
            isSeen = true
            var item = item
            item.follow(self)
            return item
        }
    }

    /// A list of which each item says something of its own beside its reference: only what is the same then is there once.
    func movedApart<Item: ReferringItem>(_ items: [Item]) -> [Item] {
        guard items.contains(where: { $0.leads(self) == .from }) else { return items }
        var moved: [Item] = []
        for var item in items {
            item.follow(self)
            if !moved.contains(where: item.isIdentical) { moved.append(item) }
        }
        return moved
    }

    /// A list after the merge is undone.
    ///
    /// - Parameters:
    ///   - before: the list as it was before the merge.
    ///   - after: as the merge left it. Where it is still that, it becomes what it was.
    func returned<Item: ReferringItem>(_ items: [Item], before: [Item], after: [Item]) -> [Item] {
        guard before.contains(where: { $0.leads(self) == .from }) else { return items }
        if items.isIdentical(to: after) { return before }
        guard let place = items.firstIndex(where: { $0.leads(self) == .into }) else { return items }
        guard before.contains(where: { $0.leads(self) == .into }) else {
            return items.map { item in
                var item = item
                item.followBack(self)
                return item
            }
        }
        // One stands for both: they stand there again.
        let both = before.filter { $0.leads(self) != nil }
        return Array(items[..<place]) + both + items[place...].filter { $0.leads(self) != .into }
    }
}

extension RoleReference: ReferringItem {
    func leads(_ move: ReferenceMove) -> ReferenceMove.Direction? { move.direction(of: target) }
    mutating func follow(_ move: ReferenceMove) { move.move(&target) }
    mutating func followBack(_ move: ReferenceMove) { move.moveBack(&target) }
}

extension EventCause: ReferringItem {
    func leads(_ move: ReferenceMove) -> ReferenceMove.Direction? { move.direction(of: event) }
    mutating func follow(_ move: ReferenceMove) { move.move(&event) }
    mutating func followBack(_ move: ReferenceMove) { move.moveBack(&event) }
}

extension Event.Participant: ReferringItem {
    func leads(_ move: ReferenceMove) -> ReferenceMove.Direction? {
        switch target {
        case .person(let person): move.direction(of: person)
        case .organization(let organization): move.direction(of: organization)
        }
    }

    mutating func follow(_ move: ReferenceMove) {
        change {
            move.move(&$0)
        } organization: {
            move.move(&$0)
        }
    }
    mutating func followBack(_ move: ReferenceMove) {
        change {
            move.moveBack(&$0)
        } organization: {
            move.moveBack(&$0)
        }
    }

    private mutating func change(
        person changePerson: (inout Reference<Person>) -> Void, organization changeOrganization: (inout Reference<Organization>) -> Void
    ) {
        switch target {
        case .person(var person):
            changePerson(&person)
            target = .person(person)
        case .organization(var organization):
            changeOrganization(&organization)
            target = .organization(organization)
        }
    }
}

extension Person.Role: ReferringItem {
    func leads(_ move: ReferenceMove) -> ReferenceMove.Direction? { move.direction(of: organization) }
    mutating func follow(_ move: ReferenceMove) { move.move(&organization) }

    mutating func followBack(_ move: ReferenceMove) {
        guard var reference = organization else { return }
        move.moveBack(&reference)
        organization = reference
    }
}
