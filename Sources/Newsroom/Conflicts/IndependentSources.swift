/// How many sources stand behind some statements, if each is counted once however often it is heard.
package enum IndependentSources {
    /// Two statements are of one source when anybody has a part in both: as the one who speaks, or as one through whom it came. So two
    /// that came through the same unnamed source count once, as do two that one outlet brought, and an outlet beside another that quotes
    /// it. This holds on: where the first shares somebody with the second and the second with the third, all three are one.
    ///
    /// - Parameter tellsSourcesApart: false for whoever may not know which unnamed source is which. To them all of these may be one and the
    ///   same, so that no more are counted than there are for certain.
    package static func count(_ statements: [Statement], tellsSourcesApart: Bool) -> Int {
        // Union-find: each statement points on towards the one that stands for its source.
        var standIns = Array(statements.indices)
        func standIn(_ index: Int) -> Int {
            var index = index
            while standIns[index] != index { index = standIns[index] }
            return index
        }
        var firstWith: [Party: Int] = [:]
        for (index, statement) in statements.enumerated() {
            for attribution in statement.draft.attributions {
                let party = Party(attribution, tellsSourcesApart: tellsSourcesApart)
                if let first = firstWith[party] {
                    standIns[standIn(index)] = standIn(first)
                } else {
                    firstWith[party] = index
                }
            }
        }
        return standIns.indices.count { standIns[$0] == $0 }
    }
}

/// Who has a part in a statement, whatever they are called there.
enum Party: Hashable {
    case person(Reference<Person>)
    case organization(Reference<Organization>)
    case source(SourceID)
    /// One whose name is not told, and who may be any of them.
    case someSource
    case named(Attribution.PartyName)

    init(_ attribution: Attribution, tellsSourcesApart: Bool) {
        switch attribution {
        case .person(let person): self = .person(person)
        case .organization(let organization): self = .organization(organization)
        case .unnamed(let source):
            if tellsSourcesApart, let id = source.id { self = .source(id) } else { self = .someSource }
        case .party(let name): self = .named(name)
        }
    }
}
