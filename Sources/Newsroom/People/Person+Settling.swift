extension Person.Draft {
    /// See `ResourceDraft.settled(after:at:)`.
    ///
    /// A `sort_name` that is not given is made from the name, and follows the name as long as nobody writes another.
    package func settled(after previous: Person.Draft?, at now: Instant) -> Proposal<Person.Draft> {
        var settled = self
        var check = DraftCheck()
        check.required(&settled.name, .name, at: "/name")
        check.optional(&settled.sortName, .name, at: "/sort_name")
        settled.settleSortName(after: previous)
        check.optional(&settled.description, .description, at: "/description")
        check.aliases(&settled.aliases)
        check.identifiers(&settled.identifiers)
        check.count(settled.roles.count, CountRule.roles, at: "/roles")
        for index in settled.roles.indices {
            check.required(&settled.roles[index].title, .office, at: "/roles/\(index)/title")
            check.order(settled.roles[index].from, settled.roles[index].to, at: "/roles/\(index)")
        }
        check.count(settled.links.count, CountRule.links, at: "/links")
        for index in settled.links.indices {
            check.optional(&settled.links[index].title, .linkTitle, at: "/links/\(index)/title")
        }
        check.count(externalIDs.bySource.count, CountRule.externalIDs, at: "/external_ids")
        return Proposal(settled, failures: check.failures)
    }

    private mutating func settleSortName(after previous: Person.Draft?) {
        if let previous, !previous.name.isIdentical(to: name), sortName.isIdentical(to: previous.sortName),
            sortName.isIdentical(to: Person.sortName(of: previous.name))
        {
            sortName = nil
        }
        sortName = sortName ?? Person.sortName(of: name)
    }
}

extension Person {
    /// A name as it is sorted: the last word first, `Gallant, Yoav`; `Jr.`, `Sr.`, `II`, `III` and `IV` stay behind the other names.
    ///
    /// Particles (`von der Leyen`) and family names that come first are not known to it: give a `sort_name` for those.
    package static func sortName(of name: String) -> String {
        var words = name.split(separator: " ")
        guard words.count > 1, !name.contains(",") else { return name }
        var suffix: Substring?
        if words.count > 2, let last = words.last, generations.contains(last) { suffix = words.removeLast() }
        let family = words.removeLast()
        let given = words.joined(separator: " ")
        return "\(family), \(given)" + (suffix.map { " \($0)" } ?? "")
    }

    private static let generations: Set<Substring> = ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"]
}

extension DraftCheck {
    /// Other names, each with a name, and each once.
    mutating func aliases(_ aliases: inout [Alias]) {
        count(aliases.count, CountRule.aliases, at: "/aliases")
        for index in aliases.indices {
            required(&aliases[index].name, .name, at: "/aliases/\(index)/name")
            order(aliases[index].from, aliases[index].to, at: "/aliases/\(index)")
        }
        keepFirst(of: &aliases)
    }

    mutating func identifiers(_ identifiers: inout Identifiers) {
        count(identifiers.byScheme.count, CountRule.identifiers, at: "/identifiers")
        for (scheme, value) in identifiers.all {
            var shaped = value
            required(&shaped, .identifier, at: "/identifiers/\(scheme)")
            if shaped != value { identifiers[scheme] = shaped }
        }
    }
}
