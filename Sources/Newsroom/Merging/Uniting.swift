// What a survivor gains of what is merged into it, and loses again when the merge is undone.

/// Two drafts becoming one, with all that is in the way.
struct Uniting {
    private(set) var failures: [MemberFailure] = []

    mutating func fail(_ path: String, _ rule: MemberFailure.Rule, _ message: String) {
        failures.append(MemberFailure(path: path, rule: rule, message: message))
    }

    /// Values by name, of each name one: the same, or the one that is to be kept.
    mutating func values(
        _ own: [String: String], _ others: [String: String], kept: [String: String], at member: String, of what: String
    ) -> [String: String] {
        var united = own
        for (name, value) in others.sorted(by: { $0.key < $1.key }) {
            guard let ours = own[name], ours != value else {
                united[name] = value
                continue
            }
            guard let choice = kept[name] else {
                let message = "both have one, `\(ours)` and `\(value)`: name the \(what) that stays"
                fail("/keep/\(member)/\(name)", .conflict, message)
                continue
            }
            united[name] = choice
        }
        for (name, choice) in kept.sorted(by: { $0.key < $1.key }) where choice != own[name] && choice != others[name] {
            fail("/keep/\(member)/\(name)", .invalidValue, "must be what one of the two has")
        }
        return united
    }

    /// The survivor's aliases, and the other's name and aliases as far as they are new.
    func aliases(_ own: [Alias], of name: String, _ others: [Alias], of otherName: String) -> [Alias] {
        var united = own
        let named = [Alias(name: otherName)] + others
        for alias in named {
            let isNamed = alias.from == nil && alias.to == nil && ([name] + united.map(\.name)).contains { $0.isIdentical(to: alias.name) }
            if !isNamed, !united.contains(where: alias.isIdentical) { united.append(alias) }
        }
        return united
    }
}

/// What is left of a member when a merge is undone: what it gained goes, what it lost comes back, and what others did since stays.
enum GivingBack {
    static func value<Value: ByteComparable>(_ current: inout Value, after: Value, before: Value) {
        if current.isIdentical(to: after) { current = before }
    }

    static func value<Value: Equatable>(plain current: inout Value, after: Value, before: Value) {
        if current == after { current = before }
    }

    static func list<Item: ByteComparable>(_ current: inout [Item], after: [Item], before: [Item]) {
        guard !current.isIdentical(to: after) else {
            current = before
            return
        }
        func holds(_ items: [Item], _ item: Item) -> Bool { items.contains { $0.isIdentical(to: item) } }
        current.removeAll { holds(after, $0) && !holds(before, $0) }
        current += before.filter { !holds(after, $0) && !holds(current, $0) }
    }

    static func values(_ current: [String: String], after: [String: String], before: [String: String]) -> [String: String] {
        var left = current
        for name in Set(after.keys).union(before.keys) where after[name] != before[name] && current[name] == after[name] {
            left[name] = before[name]
        }
        return left
    }
}

extension Person.Draft {
    package func united(with other: Person.Draft, by move: ReferenceMove, keeping kept: KeptValues) -> (Person.Draft, [MemberFailure]) {
        var (united, uniting) = (self, Uniting())
        united.externalIDs = ExternalIDs(
            bySource: uniting.values(
                externalIDs.bySource, other.externalIDs.bySource, kept: kept.externalIDs, at: "external_ids", of: "id"))
        united.identifiers = Identifiers(
            byScheme: uniting.values(
                identifiers.byScheme, other.identifiers.byScheme, kept: kept.identifiers, at: "identifiers", of: "identifier"))
        united.aliases = uniting.aliases(aliases, of: name, other.aliases, of: other.name)
        united.description = description ?? other.description
        united.born = Person.Draft.moreExact(born, other.born)
        united.roles += other.roles.filter { role in !roles.contains { $0.covers(role) } }
        united.links += other.links.filter { link in !links.contains { $0.url.text == link.url.text } }
        return (united, uniting.failures)
    }

    /// One date, or of two that do not contradict each other the one that says more; else the first.
    private static func moreExact(_ own: PartialDate?, _ other: PartialDate?) -> PartialDate? {
        guard let own, let other else { return own ?? other }
        return other.text.hasPrefix(own.text) ? other : own
    }

    package mutating func giveBack(after: Person.Draft, before: Person.Draft) {
        externalIDs = ExternalIDs(
            bySource: GivingBack.values(
                externalIDs.bySource, after: after.externalIDs.bySource, before: before.externalIDs.bySource))
        identifiers = Identifiers(
            byScheme: GivingBack.values(
                identifiers.byScheme, after: after.identifiers.byScheme, before: before.identifiers.byScheme))
        GivingBack.list(&aliases, after: after.aliases, before: before.aliases)
        GivingBack.value(&description, after: after.description, before: before.description)
        GivingBack.value(plain: &born, after: after.born, before: before.born)
        GivingBack.list(&roles, after: after.roles, before: before.roles)
        GivingBack.list(&links, after: after.links, before: before.links)
    }

    package var withoutReferences: Person.Draft {
        var draft = self
        for index in draft.roles.indices { draft.roles[index].organization = nil }
        return draft
    }
}

extension Person.Role {
    /// Whether it says all that another one says.
    fileprivate func covers(_ other: Person.Role) -> Bool {
        title.lowercased() == other.title.lowercased() && (other.organization == nil || other.organization == organization)
            && (other.from == nil || other.from == from) && (other.to == nil || other.to == to)
    }
}

extension Organization.Draft {
    package func united(
        with other: Organization.Draft, by move: ReferenceMove, keeping kept: KeptValues
    ) -> (Organization.Draft, [MemberFailure]) {
        var (united, uniting) = (self, Uniting())
        united.externalIDs = ExternalIDs(
            bySource: uniting.values(
                externalIDs.bySource, other.externalIDs.bySource, kept: kept.externalIDs, at: "external_ids", of: "id"))
        united.identifiers = Identifiers(
            byScheme: uniting.values(
                identifiers.byScheme, other.identifiers.byScheme, kept: kept.identifiers, at: "identifiers", of: "identifier"))
        united.aliases = uniting.aliases(aliases, of: name, other.aliases, of: other.name)
        united.country = country ?? other.country
        if kind == .other { united.kind = other.kind }
        if move.isFrom(parent) { united.parent = nil }
        if united.parent == nil, !move.isInto(other.parent) { united.parent = other.parent }
        return (united, uniting.failures)
    }

    package mutating func giveBack(after: Organization.Draft, before: Organization.Draft) {
        externalIDs = ExternalIDs(
            bySource: GivingBack.values(
                externalIDs.bySource, after: after.externalIDs.bySource, before: before.externalIDs.bySource))
        identifiers = Identifiers(
            byScheme: GivingBack.values(
                identifiers.byScheme, after: after.identifiers.byScheme, before: before.identifiers.byScheme))
        GivingBack.list(&aliases, after: after.aliases, before: before.aliases)
        GivingBack.value(plain: &country, after: after.country, before: before.country)
        GivingBack.value(plain: &kind, after: after.kind, before: before.kind)
        GivingBack.value(plain: &parent, after: after.parent, before: before.parent)
    }

    package var withoutReferences: Organization.Draft {
        var draft = self
        draft.parent = nil
        return draft
    }
}

extension Event.Draft {
    /// The survivor's life stays. What was promised, moved or called off of the other would be told no more but in its revisions: that has
    /// to be said.
    package func united(with other: Event.Draft, by move: ReferenceMove, keeping kept: KeptValues) -> (Event.Draft, [MemberFailure]) {
        var (united, uniting) = (self, Uniting())
        united.externalIDs = ExternalIDs(
            bySource: uniting.values(
                externalIDs.bySource, other.externalIDs.bySource, kept: kept.externalIDs, at: "external_ids", of: "id"))
        for (scheme, _) in kept.identifiers { uniting.fail("/keep/identifiers/\(scheme)", .invalidValue, "is none that events have") }
        if other.hasLived, !kept.keepsLife {
            let way = hasLived ? "both have transitions or former dates" : "it has transitions or former dates: merge the other way round"
            uniting.fail("/keep/life", .conflict, "\(way), or say `survivor` to keep the survivor's alone")
        }
        united.summary = summary ?? other.summary
        united.window = window ?? other.window
        united.place = place ?? other.place
        united.participants += other.participants.filter { participant in
            !participants.contains { $0.target == participant.target }
        }
        united.causes = causes.filter { !move.isFrom($0.event) }
        united.causes += other.causes.filter { !move.isInto($0.event) && !united.causes.contains($0) }
        if move.isFrom(partOf) { united.partOf = nil }
        if united.partOf == nil, !move.isInto(other.partOf) { united.partOf = other.partOf }
        return (united, uniting.failures)
    }

    private var hasLived: Bool { !transitions.isEmpty || !formerSlots.isEmpty }

    package mutating func giveBack(after: Event.Draft, before: Event.Draft) {
        externalIDs = ExternalIDs(
            bySource: GivingBack.values(
                externalIDs.bySource, after: after.externalIDs.bySource, before: before.externalIDs.bySource))
        GivingBack.value(&summary, after: after.summary, before: before.summary)
        // A date by which something has been done since stays.
        if transitions == after.transitions { GivingBack.value(&window, after: after.window, before: before.window) }
        GivingBack.value(plain: &place, after: after.place, before: before.place)
        GivingBack.list(&participants, after: after.participants, before: before.participants)
        GivingBack.list(&causes, after: after.causes, before: before.causes)
        GivingBack.value(plain: &partOf, after: after.partOf, before: before.partOf)
    }

    package var withoutReferences: Event.Draft {
        var draft = self
        (draft.participants, draft.causes, draft.partOf) = ([], [], nil)
        return draft
    }
}
